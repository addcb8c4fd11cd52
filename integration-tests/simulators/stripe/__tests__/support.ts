import Stripe from "stripe";
import { startEndpoint as listen, type Endpoint } from "../../shared/endpoint";

export const DAY_MS = 86_400_000;

/** Payments that never send the shopper elsewhere by a redirect. */
export const STAYS = { automatic_payment_methods: { enabled: true, allow_redirects: "never" } } as const;

export type Refusal = InstanceType<typeof Stripe.errors.StripeError>;

/** Creates an intent of 20.00 EUR and confirms it. */
export function payWith(
  stripe: Stripe,
  payment_method: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> {
  const methods = more.allowed_payment_method_types || more.automatic_payment_methods ? {} : STAYS;
  return stripe.paymentIntents.create({
    amount: 2000,
    currency: "eur",
    payment_method,
    confirm: true,
    ...methods,
    ...more,
  });
}

/** What the SDK throws. Fails the test when it throws nothing. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Stripe.errors.StripeError) {
    return error;
  }
  throw new Error(`The SDK did not throw an error of Stripe's: ${String(error)}`);
}

export type Received = Readonly<{ body: string; signature: string; event: Stripe.Event }>;

/** An endpoint for webhooks that keeps what it receives. */
export function startEndpoint(): Promise<Endpoint<Received>> {
  return listen((body, headers) => ({
    body,
    signature: String(headers["stripe-signature"]),
    event: JSON.parse(body) as Stripe.Event,
  }));
}
