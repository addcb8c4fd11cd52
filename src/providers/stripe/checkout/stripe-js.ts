import type { Stripe, StripeElements } from "@stripe/stripe-js";
// The other entry loads Stripe's script as soon as it is imported.
import { loadStripe } from "@stripe/stripe-js/pure";
import type { Collected, GatewayAction } from "../../../checkout/gateway-form";
import { clientOf } from "./client";
import { stripeLocale } from "./elements-options";

const instances = new Map<string, Promise<Stripe>>();

/**
 * Stripe.js for an account, made once for each language. One that failed may be asked for again.
 * @throws Error when the script is blocked or cannot be reached
 */
export function stripeFor(publishable_key: string, locale: string): Promise<Stripe> {
  const key = `${publishable_key} ${locale}`;
  const made = instances.get(key) ?? load(publishable_key, locale);
  instances.set(key, made);
  made.catch(() => instances.delete(key));
  return made;
}

async function load(publishable_key: string, locale: string): Promise<Stripe> {
  const stripe = await loadStripe(publishable_key, { locale: stripeLocale(locale) });
  // Only where there is no window; nothing of this is drawn on a server.
  if (!stripe) throw new Error("Stripe.js runs in a browser only.");
  return stripe;
}

/** Turns what was typed or approved into a token that the server confirms with. Nothing is charged by it. */
export async function collectToken(stripe: Stripe, elements: StripeElements): Promise<Collected> {
  const submitted = await elements.submit();
  if (submitted.error) return notCollected(submitted.error);
  const { confirmationToken, error } = await stripe.createConfirmationToken({ elements });
  if (error) return notCollected(error);
  // `use_stripe_sdk`: 3-D Secure is shown over this page instead of leaving it.
  return { type: "data", data: { confirmation_token: confirmationToken.id, use_stripe_sdk: true } };
}

/** Stripe's elements show what is missing or mistyped beside its field; everything else is for the page to tell. */
function notCollected({ type }: Readonly<{ type: string }>): Collected {
  return { type: type === "validation_error" ? "incomplete" : "failed" };
}

/** Shows what the payment waits for, such as 3-D Secure, over the page. */
export async function act({ attempt, option, locale }: GatewayAction): Promise<void> {
  const client = clientOf(option);
  const clientSecret = attempt.client["client_secret"];
  if (!client || typeof clientSecret !== "string") return;
  const stripe = await stripeFor(client.publishable_key, locale);
  // Its answer, an error of Stripe's included, is not the outcome: the server reads that from Stripe.
  await stripe.handleNextAction({ clientSecret });
}
