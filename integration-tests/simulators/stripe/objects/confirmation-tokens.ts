import type Stripe from "stripe";
import type { Account } from "../account";
import type { ConfirmationTokenCreateParams } from "../contract/parameter-types";
import { invalidRequest } from "../errors";
import { newId } from "../ids";
import { methodFor } from "./intent-method";

/** Docs: ConfirmationToken, `expires_at`. */
const LIFETIME_SECONDS = 12 * 3600;

/** What Stripe.js makes of the shopper's form; with a secret key Stripe's test helper makes it. */
export function createConfirmationToken(
  account: Account,
  params: ConfirmationTokenCreateParams,
  from_elements: boolean,
): Stripe.ConfirmationToken {
  const method = methodFor(account, params);
  if (!method) {
    throw invalidRequest(
      "One of the following params should be provided: payment_method or payment_method_data.",
      {
        code: "parameter_missing",
      },
    );
  }
  const { type, billing_details, card, sepa_debit, allow_redisplay } = method.object;
  const created = account.clock.seconds();
  const token: Stripe.ConfirmationToken = {
    id: newId("ctoken"),
    object: "confirmation_token",
    created,
    expires_at: created + LIFETIME_SECONDS,
    livemode: false,
    metadata: null,
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: {
      type,
      allow_redisplay,
      billing_details,
      customer: method.object.customer,
      customer_account: null,
      ...(card ? { card: { ...card, generated_from: null } } : {}),
      ...(sepa_debit ? { sepa_debit } : {}),
    },
    return_url: params.return_url ?? null,
    setup_future_usage: params.setup_future_usage ?? null,
    setup_intent: null,
    shipping: null,
    use_stripe_sdk: true,
  };
  account.confirmation_tokens.set(token.id, { object: token, method, from_elements, used: false });
  return token;
}
