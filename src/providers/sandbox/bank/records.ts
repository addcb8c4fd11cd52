import { z } from "@medusajs/framework/zod";

/** What the bank writes down. Amounts are counts of minor units: `bigint` in memory, strings in JSON. */

const Minor = z
  .union([z.bigint(), z.string().regex(/^\d{1,20}$/)])
  .transform((amount) => (typeof amount === "bigint" ? amount : BigInt(amount)));

export const METHODS = ["card", "apple_pay", "google_pay", "bank_redirect"] as const;

export const STATUSES = [
  "requires_confirmation",
  "action_required",
  "pending",
  "authorized",
  "captured",
  "canceled",
] as const;
export type Status = (typeof STATUSES)[number];

export const BankDeclineSchema = z.object({
  code: z.string(),
  network_code: z.string().optional(),
  advice_code: z.string().optional(),
});
export type BankDecline = Readonly<z.infer<typeof BankDeclineSchema>>;

export const InstrumentSchema = z.object({
  /** Which row of the test-card table it is. The number itself is never kept. */
  test_token: z.string(),
  fingerprint: z.string().optional(),
  brand: z.string(),
  last4: z.string(),
  wallet: z.string().optional(),
});
export type BankInstrument = Readonly<z.infer<typeof InstrumentSchema>>;

const Expiry = z.object({ exp_month: z.number(), exp_year: z.number() });

/** A page of the bank that the shopper has to decide on. */
const ChallengeSchema = z.object({
  id: z.string(),
  reason: z.enum(["three_d_secure", "bank_page"]),
  return_url: z.string().optional(),
});

const RefundSchema = z.object({
  id: z.string(),
  amount_minor: Minor,
  status: z.enum(["succeeded", "failed"]),
  /** Unix ms at which a refund to a card that cannot take it comes back. */
  fails_at: z.number().optional(),
});

export const PaymentRecordSchema = z.object({
  reference: z.string(),
  provider: z.string(),
  method: z.enum(METHODS),
  currency: z.string(),
  amount_minor: Minor,
  capture: z.enum(["manual", "automatic"]),
  status: z.enum(STATUSES),
  authorized_minor: Minor,
  captured_minor: Minor,
  refunded_minor: Minor,
  voided_minor: Minor,
  metadata: z.record(z.string(), z.string()),
  customer_id: z.string().optional(),
  return_url: z.string().optional(),
  /** What confirm uses when it brings no instrument of its own. */
  source: z.object({ token: z.string().optional(), saved_method_id: z.string().optional() }).optional(),
  instrument: InstrumentSchema.optional(),
  /** Expiry of the card to keep for the customer once it is authorized. */
  save_on_success: Expiry.optional(),
  challenge: ChallengeSchema.optional(),
  decline: BankDeclineSchema.optional(),
  refunds: z.array(RefundSchema),
  disputed_minor: Minor,
  /** Unix ms. */
  created_at: z.number(),
  authorization_expires_at: z.number().optional(),
});
export type BankPayment = Readonly<z.infer<typeof PaymentRecordSchema>>;

export const CustomerRecordSchema = z.object({
  id: z.string(),
  provider: z.string(),
  /** The store's own id of the customer. */
  external_id: z.string().optional(),
  email: z.string().optional(),
});
export type BankCustomer = Readonly<z.infer<typeof CustomerRecordSchema>>;

export const SavedMethodRecordSchema = Expiry.extend({
  id: z.string(),
  provider: z.string(),
  customer_id: z.string(),
  instrument: InstrumentSchema,
});
export type BankSavedMethod = Readonly<z.infer<typeof SavedMethodRecordSchema>>;

export const AnswerRecordSchema = z.object({
  provider: z.string(),
  key: z.string(),
  /** Keyed hash of method, path and body; the body itself may hold a card number. */
  params: z.string(),
  status: z.number(),
  body: z.string(),
  /** Unix ms. */
  at: z.number(),
});
export type BankAnswer = Readonly<z.infer<typeof AnswerRecordSchema>>;

export const EVENT_TYPES = [
  "payment.authorized",
  "payment.captured",
  "payment.declined",
  "payment.pending",
  "payment.canceled",
  "payment.refunded",
  "payment.refund_failed",
  "payment.disputed",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const EventRecordSchema = z.object({
  id: z.string(),
  type: z.enum(EVENT_TYPES),
  provider: z.string(),
  reference: z.string(),
  /** Unix ms. */
  created_at: z.number(),
});
export type BankEvent = Readonly<z.infer<typeof EventRecordSchema>>;

/** One thing that changed. Several that belong together are written as one line. */
export const ChangeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("payment"), value: PaymentRecordSchema }),
  z.object({ kind: z.literal("customer"), value: CustomerRecordSchema }),
  z.object({ kind: z.literal("saved_method"), value: SavedMethodRecordSchema }),
  z.object({ kind: z.literal("saved_method_removed"), id: z.string() }),
  z.object({ kind: z.literal("answer"), value: AnswerRecordSchema }),
  z.object({ kind: z.literal("event"), value: EventRecordSchema }),
  z.object({ kind: z.literal("event_closed"), id: z.string() }),
]);
export type Change = Readonly<z.infer<typeof ChangeSchema>>;

/** JSON in which every `bigint` is a string of digits. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
}
