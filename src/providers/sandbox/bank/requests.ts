import { code as iso4217 } from "currency-codes";
import { z } from "@medusajs/framework/zod";
import { METHODS } from "./records";
import { invalid } from "./refusal";

/** What the merchant API takes, parsed at the edge. Messages name fields, never values: a value may be a card. */

/** A positive count of minor units as a string of digits. */
const MinorString = z
  .string()
  .regex(/^[1-9]\d{0,19}$/)
  .transform(BigInt);

const Currency = z.string().refine((code) => /^[A-Z]{3}$/.test(code) && iso4217(code) !== undefined);
const ShortText = z.string().min(1).max(200);
/** A language tag (BCP 47). */
const LocaleTag = z.string().regex(/^[A-Za-z0-9-]{2,35}$/);
const ReturnUrl = z.string().max(2000).refine(isWebAddress);

export const CreateSchema = z.object({
  amount_minor: MinorString,
  currency: Currency,
  method: z.enum(METHODS),
  capture: z.enum(["manual", "automatic"]).default("manual"),
  metadata: z
    .record(ShortText, z.string().max(500))
    .refine((entries) => Object.keys(entries).length <= 50)
    .default({}),
  customer_id: ShortText.optional(),
  token: ShortText.optional(),
  saved_method_id: ShortText.optional(),
  locale: LocaleTag.optional(),
  return_url: ReturnUrl.optional(),
});
export type CreateRequest = z.infer<typeof CreateSchema>;

/** Amount of an update, capture or refund; the currency is compared with the payment's when given. */
export const AmountSchema = z.object({ amount_minor: MinorString, currency: Currency.optional() });
export type AmountRequest = z.infer<typeof AmountSchema>;

export const ConfirmSchema = z.object({
  amount_minor: MinorString.optional(),
  currency: Currency.optional(),
  card: z
    .object({
      number: z.string().max(40),
      exp_month: z.number().int(),
      exp_year: z.number().int().min(0).max(9999),
      cvc: z.string().max(10),
      save: z.boolean().optional(),
    })
    .optional(),
  token: ShortText.optional(),
  saved_method_id: ShortText.optional(),
  wallet: z.object({ token: ShortText.optional() }).optional(),
  /** The merchant wants the payer to prove who they are, whether or not the issuer asks for it. */
  authenticate: z.literal(true).optional(),
  locale: LocaleTag.optional(),
  return_url: ReturnUrl.optional(),
});
export type ConfirmRequest = z.infer<typeof ConfirmSchema>;

export const CustomerSchema = z.object({
  external_id: ShortText.optional(),
  email: z.string().max(320).optional(),
});

/** Parses a request's body; throws a 400 {@link Refusal} that names the first field that does not fit. */
export function parseRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".");
    throw invalid(field ? `"${field}" is missing or not valid.` : "The body must be a JSON object.");
  }
  return parsed.data;
}

/**
 * Parses what the control API is sent, and says what is wrong with the first field that does not fit: no cards come
 * this way.
 * @throws Refusal 400
 */
export function parseControl<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".");
    throw invalid(
      field ? `"${field}": ${issue?.message ?? "not valid"}.` : "The body must be a JSON object.",
    );
  }
  return parsed.data;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}
