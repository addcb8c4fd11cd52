import type Stripe from "stripe";
import { found, type Account, type MethodRecord, type TokenRecord } from "../account";
import { invalidRequest } from "../errors";
import { idOf } from "../ids";
import { methodNamed, newPaymentMethod, type MethodData } from "./new-method";

/**
 * The payment method that a request brings with it, by id or as data.
 * @throws StripeRefusal 404 for an unknown one, 400 or 402 for data that does not do
 */
export function methodFor(
  account: Account,
  params: Readonly<{ payment_method?: string; payment_method_data?: MethodData }>,
): MethodRecord | undefined {
  if (params.payment_method_data !== undefined) {
    return newPaymentMethod(account, params.payment_method_data);
  }
  return params.payment_method === undefined ? undefined : methodNamed(account, params.payment_method);
}

/** The payment method the intent has. */
export function methodOf(
  account: Account,
  intent: Pick<Stripe.PaymentIntent | Stripe.SetupIntent, "payment_method">,
): MethodRecord | undefined {
  return account.payment_methods.get(idOf(intent.payment_method) ?? "");
}

/** A confirmation token that can be used still. @throws StripeRefusal for an unknown, used or expired one */
export function findToken(account: Account, id: string | undefined): TokenRecord | undefined {
  if (id === undefined) {
    return undefined;
  }
  const token = found(account.confirmation_tokens, "confirmation_token", id, "confirmation_token");
  if (token.used) {
    throw invalidRequest("The provided ConfirmationToken has already been used to confirm an intent.", {
      param: "confirmation_token",
    });
  }
  if ((token.object.expires_at ?? Infinity) <= account.clock.seconds()) {
    throw invalidRequest("The provided ConfirmationToken has expired.", { param: "confirmation_token" });
  }
  return token;
}
