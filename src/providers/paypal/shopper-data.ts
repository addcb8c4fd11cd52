import { z } from "@medusajs/framework/zod";
import { InvalidPaymentData } from "../../gateway/errors";
import { parseShopperInput } from "../../gateway/shopper-input";
import { METHOD_IDS, isPayPalMethod, type PayPalMethod } from "./methods";

/** What data must be that names no field. */
const EXPECTED = "an object";

/**
 * The only fields a shopper's browser may hand to PayPal. Objects drop what they do not name, so that an `intent` or an
 * `amount` of the shopper's own making goes nowhere. Card numbers have no field: they go from PayPal's fields to PayPal.
 */

const Create = z.object({
  /** Keep the wallet or card for next time, which needs a logged-in customer and has to be asked for from the start. */
  save: z.boolean().optional(),
});

const Confirm = z.object({
  /** One of the logged-in customer's own: PayPal's payment token. */
  saved_method_id: z
    .string()
    .regex(/^[0-9a-zA-Z_-]{1,36}$/)
    .optional(),
});

export type CreateData = Readonly<z.output<typeof Create>>;
export type ConfirmData = Readonly<z.output<typeof Confirm>>;

/** What may be sent with a new payment. @throws InvalidPaymentData naming the field, never its value */
export function createDataOf(data: unknown): CreateData {
  return parseShopperInput(Create, data, EXPECTED);
}

/** Whether the shopper wants to keep what they pay with; what cannot be read wants nothing. */
export function asksToKeep(data: unknown): boolean {
  return Create.safeParse(data).data?.save === true;
}

/** What may be sent with confirm. @throws InvalidPaymentData naming the field, never its value */
export function confirmDataOf(data: unknown): ConfirmData {
  return parseShopperInput(Confirm, data, EXPECTED);
}

/** @throws InvalidPaymentData for a method this gateway does not know */
export function knownMethod(method: string): PayPalMethod {
  if (!isPayPalMethod(method)) {
    throw new InvalidPaymentData(`PayPal's methods are ${METHOD_IDS.join(", ")}, and this is none of them.`);
  }
  return method;
}
