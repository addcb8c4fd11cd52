import { z } from "@medusajs/framework/zod";
import { InvalidPaymentData } from "../../gateway/errors";
import { parseShopperInput } from "../../gateway/shopper-input";

/** What data must be that names no field. */
const EXPECTED = "an object with one of card, token and saved_method_id";

/**
 * The only fields a shopper's browser may hand to the bank. Objects drop what they do not name, so that a
 * `capture_method` or an `amount` of the shopper's own making goes nowhere.
 */

/** People's forms send numbers as text. */
const Digits = z
  .union([z.number().int().nonnegative(), z.string().regex(/^\s*\d{1,4}\s*$/)])
  .transform(Number);
const Id = z.string().min(1).max(200);
const Text = z.union([z.string(), z.number().int().nonnegative()]).transform(String);

const Card = z.object({
  number: Text.pipe(z.string().regex(/^[\d\s-]{1,40}$/)),
  exp_month: Digits,
  exp_year: Digits,
  cvc: Text.pipe(z.string().trim().max(10)),
  save: z.boolean().optional(),
});

const CardConfirm = z
  .object({ card: Card.optional(), token: Id.optional(), saved_method_id: Id.optional() })
  .refine((data) => Object.values(data).filter((value) => value !== undefined).length <= 1);
const WalletConfirm = z.object({
  wallet: z.object({ token: Id.optional() }).optional(),
  token: Id.optional(),
});
const Nothing = z.object({});

export type ConfirmData = Partial<z.output<typeof CardConfirm> & z.output<typeof WalletConfirm>>;
export type CreateData = Readonly<{ token?: string; saved_method_id?: string }>;
export type SandboxMethod = "card" | "apple_pay" | "google_pay" | "bank_redirect";

const CREATE: Readonly<Record<SandboxMethod, z.ZodType<CreateData>>> = {
  card: z.object({ token: Id.optional(), saved_method_id: Id.optional() }),
  apple_pay: z.object({ token: Id.optional() }),
  google_pay: z.object({ token: Id.optional() }),
  bank_redirect: Nothing,
};
const CONFIRM: Readonly<Record<SandboxMethod, z.ZodType<ConfirmData>>> = {
  card: CardConfirm,
  apple_pay: WalletConfirm,
  google_pay: WalletConfirm,
  bank_redirect: Nothing,
};

/** What may be sent with a new payment. @throws InvalidPaymentData naming the field, never its value */
export function createDataOf(method: string, data: unknown): CreateData {
  return parseShopperInput(CREATE[knownMethod(method)], data, EXPECTED);
}

/** What may be sent with confirm. @throws InvalidPaymentData naming the field, never its value */
export function confirmDataOf(method: string, data: unknown): ConfirmData {
  return parseShopperInput(CONFIRM[knownMethod(method)], data, EXPECTED);
}

/** @throws InvalidPaymentData for a method the sandbox does not offer */
export function knownMethod(method: string): SandboxMethod {
  if (!isKnown(method)) {
    throw new InvalidPaymentData(
      `The sandbox offers ${Object.keys(CONFIRM).join(", ")}, and not this method.`,
    );
  }
  return method;
}

function isKnown(method: string): method is SandboxMethod {
  return Object.hasOwn(CONFIRM, method);
}
