import { z } from "@medusajs/framework/zod";
import { InvalidPaymentData } from "../../gateway/errors";
import { parseShopperInput } from "../../gateway/shopper-input";
import { METHOD_IDS, isStripeMethod, type StripeMethod } from "./methods";

/** What data must be that names no field. */
const EXPECTED = "an object with one of confirmation_token, payment_method and saved_method_id";

/**
 * The only fields a shopper's browser may hand to Stripe. Objects drop what they do not name, so that a
 * `capture_method` or an `amount` of the shopper's own making goes nowhere. Card numbers have no field: they go from
 * Stripe's form to Stripe.
 */

const PaymentMethodId = z.string().regex(/^(pm|card|src)_\w{1,200}$/);
const TokenId = z.string().regex(/^ctoken_\w{1,200}$/);

const Create = z.object({ payment_method: PaymentMethodId.optional() });

const Confirm = z
  .object({
    /** Made by `stripe.createConfirmationToken` from the Payment Element or the Express Checkout Element. */
    confirmation_token: TokenId.optional(),
    /** Made by `stripe.createPaymentMethod`. */
    payment_method: PaymentMethodId.optional(),
    /** One of the logged-in customer's own. */
    saved_method_id: PaymentMethodId.optional(),
    /** Keep it for next time, which needs a logged-in customer. */
    save: z.boolean().optional(),
    /** The page runs Stripe.js and shows 3-D Secure itself (`stripe.handleNextAction`), instead of being left. */
    use_stripe_sdk: z.boolean().optional(),
  })
  .refine(
    ({ confirmation_token, payment_method, saved_method_id }) =>
      [confirmation_token, payment_method, saved_method_id].filter((id) => id !== undefined).length <= 1,
  );

export type CreateData = Readonly<z.output<typeof Create>>;
export type ConfirmData = Readonly<z.output<typeof Confirm>>;

/** What may be sent with a new payment. @throws InvalidPaymentData naming the field, never its value */
export function createDataOf(data: unknown): CreateData {
  return parseShopperInput(Create, data, EXPECTED);
}

/** What may be sent with confirm. @throws InvalidPaymentData naming the field, never its value */
export function confirmDataOf(data: unknown): ConfirmData {
  return parseShopperInput(Confirm, data, EXPECTED);
}

/** @throws InvalidPaymentData for a method this gateway does not know */
export function knownMethod(method: string): StripeMethod {
  if (!isStripeMethod(method)) {
    throw new InvalidPaymentData(`Stripe's methods are ${METHOD_IDS.join(", ")}, and this is none of them.`);
  }
  return method;
}
