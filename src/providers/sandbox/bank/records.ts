import { z } from "@medusajs/framework/zod";

/** What the bank writes down. Amounts are counts of minor units: `bigint` in memory, strings in JSON. */

const Minor = z
  .union([z.bigint(), z.string().regex(/^\d{1,20}$/)])
  .transform((amount) => (typeof amount === "bigint" ? amount : BigInt(amount)));

/** How long a merchant may answer a dispute. */
export const DISPUTE_RESPONSE_MS = 7 * 24 * 60 * 60 * 1000;

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
  locale: z.string().optional(),
  return_url: z.string().optional(),
});

const RefundSchema = z.object({
  id: z.string(),
  amount_minor: Minor,
  status: z.enum(["succeeded", "failed"]),
  /** Unix ms at which a refund to a card that cannot take it comes back. */
  fails_at: z.number().optional(),
});

/** Why a payer contests a payment (Stripe's words, docs: Dispute reason codes). */
export const DISPUTE_REASONS = [
  "fraudulent",
  "unrecognized",
  "duplicate",
  "product_not_received",
  "product_unacceptable",
  "credit_not_processed",
  "subscription_canceled",
  "general",
] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

const DisputeSchema = z.object({
  id: z.string(),
  amount_minor: Minor,
  reason: z.enum(DISPUTE_REASONS),
  status: z.enum(["open", "won", "lost"]),
  /** Unix ms until which the merchant may answer. */
  respond_by: z.number(),
});
export type BankDispute = Readonly<z.infer<typeof DisputeSchema>>;

/** Everything that changes a payment. */
export const OPERATION_KINDS = [
  "create",
  "update",
  "challenge",
  "wait",
  "authorize",
  "decline",
  "capture",
  "refund",
  "refund_failed",
  "cancel",
  "expire",
  "dispute",
  "dispute_won",
  "dispute_lost",
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

const OperationSchema = z.object({
  kind: z.enum(OPERATION_KINDS),
  amount_minor: Minor,
  /** The merchant's; null for what happened without a call of theirs. */
  idempotency_key: z.string().nullable(),
  /** Unix ms by the bank's clock. */
  at: z.number(),
});

const StoredPaymentSchema = z.object({
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
  locale: z.string().optional(),
  return_url: z.string().optional(),
  /** What confirm uses when it brings no instrument of its own. */
  source: z.object({ token: z.string().optional(), saved_method_id: z.string().optional() }).optional(),
  instrument: InstrumentSchema.optional(),
  /** Expiry of the card to keep for the customer once it is authorized. */
  save_on_success: Expiry.optional(),
  challenge: ChallengeSchema.optional(),
  decline: BankDeclineSchema.optional(),
  refunds: z.array(RefundSchema),
  disputes: z.array(DisputeSchema).optional(),
  /** How often money was reserved. */
  authorizations: z.number().int().optional(),
  /** What changed it, oldest first; the oldest are forgotten when there are too many. */
  operations: z.array(OperationSchema).default([]),
  operations_forgotten: z.number().int().default(0),
  /** Written by banks that kept one sum instead of disputes. */
  disputed_minor: Minor.optional(),
  /** Unix ms. */
  created_at: z.number(),
  authorization_expires_at: z.number().optional(),
});

export const PaymentRecordSchema = StoredPaymentSchema.transform(
  ({ disputed_minor = 0n, disputes, authorizations, ...payment }) => ({
    ...payment,
    disputes: disputes ?? earlierDisputes(payment, disputed_minor),
    authorizations: authorizations ?? (payment.authorized_minor > 0n ? 1 : 0),
  }),
);
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
  "payment.expired",
  "payment.refunded",
  "payment.refund_failed",
  "payment.disputed",
  "payment.dispute_closed",
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

/** How the delivery of an event ended. `dropped`: by a fault, or there is nowhere to send it. */
export const NEWS_ENDS = ["delivered", "dropped", "given_up"] as const;

/** An event's end; banks before wrote the id alone. */
const EventClosedSchema = z.object({
  kind: z.literal("event_closed"),
  id: z.string(),
  state: z.enum(NEWS_ENDS).optional(),
  tries: z.number().int().default(0),
  /** HTTP status of the last try; null when there was no answer. */
  last_status: z.number().int().nullable().default(null),
});
export type EventClosed = Readonly<z.infer<typeof EventClosedSchema>>;

/** One thing that changed. Several that belong together are written as one line. */
export const ChangeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("payment"), value: PaymentRecordSchema }),
  z.object({ kind: z.literal("customer"), value: CustomerRecordSchema }),
  z.object({ kind: z.literal("saved_method"), value: SavedMethodRecordSchema }),
  z.object({ kind: z.literal("saved_method_removed"), id: z.string() }),
  z.object({ kind: z.literal("answer"), value: AnswerRecordSchema }),
  z.object({ kind: z.literal("event"), value: EventRecordSchema }),
  EventClosedSchema,
  /** By how much the bank's clock is ahead of the real one in all. */
  z.object({ kind: z.literal("clock"), advanced_ms: z.number().int().nonnegative() }),
]);
export type Change = Readonly<z.infer<typeof ChangeSchema>>;

/** JSON in which every `bigint` is a string of digits. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
}

function earlierDisputes(
  { reference, created_at }: Readonly<{ reference: string; created_at: number }>,
  amount_minor: bigint,
): BankDispute[] {
  const respond_by = created_at + DISPUTE_RESPONSE_MS;
  const id = `sbx_dp_of_${reference}`;
  return amount_minor > 0n ? [{ id, amount_minor, reason: "general", status: "open", respond_by }] : [];
}
