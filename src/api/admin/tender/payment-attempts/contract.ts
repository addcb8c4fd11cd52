import { z } from "@medusajs/framework/zod";
import {
  ATTEMPT_STATUSES,
  DECLINE_CATEGORIES,
  type AttemptStatus,
  type FindingKind,
} from "../../../../gateway";
import type { AdminDecline, AdminPaymentAttempt, AdminPaymentOperation } from "../../../admin-contract";
import { pageOf } from "../paging/schemas";

const amount = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,8})?$/, "An amount in the currency's main unit, such as 69.80.")
  .optional();
const time = z.iso.datetime({ offset: true }).optional();

const FILTERS = {
  /** A refused attempt is `declined`, also once its payment was cleared away at the gateway. */
  status: z.enum(ATTEMPT_STATUSES).optional(),
  provider_id: z.string().max(200).optional(),
  method: z.string().max(100).optional(),
  region_id: z.string().max(100).optional(),
  currency_code: z
    .string()
    .regex(/^[a-z]{3}$/i, "Three letters, such as eur.")
    .optional(),
  decline_category: z.enum(DECLINE_CATEGORIES).optional(),
  /** Begun at this time or later. */
  from: time,
  /** Begun before. */
  to: time,
  /** In the currency's main unit; needs `currency_code`. Both ends are in. */
  amount_min: amount,
  amount_max: amount,
  /** An order's number or id, a cart's or attempt's id, an e-mail address, or how a gateway's reference begins. */
  q: z.string().trim().min(1).max(200).optional(),
};

type Amounts = Readonly<{ amount_min?: string; amount_max?: string; currency_code?: string }>;

const amountsHaveCurrency = ({ amount_min, amount_max, currency_code }: Amounts): boolean =>
  currency_code !== undefined || (amount_min === undefined && amount_max === undefined);
const CURRENCY_IS_MISSING = {
  path: ["currency_code"],
  message: "Say the currency of the amounts.",
};

export const PaymentAttemptsQuery = pageOf(FILTERS).refine(amountsHaveCurrency, CURRENCY_IS_MISSING);
export type PaymentAttemptsQuery = z.infer<typeof PaymentAttemptsQuery>;

export const PaymentAttemptsFileQuery = z
  .strictObject(FILTERS)
  .refine(amountsHaveCurrency, CURRENCY_IS_MISSING);
export type PaymentAttemptsFileQuery = z.infer<typeof PaymentAttemptsFileQuery>;

/** The language findings are told in. */
export const PaymentAttemptQuery = z.strictObject({ locale: z.enum(["en", "ar"]).default("en") });
export type PaymentAttemptQuery = z.infer<typeof PaymentAttemptQuery>;

export type AdminOrderName = Readonly<{ id: string; display_id: number; email: string | null }>;

/** One try to pay a cart, as it is listed. */
export type AdminListedAttempt = Readonly<{
  id: string;
  created_at: string;
  /** A refused attempt stays `declined`, also once its payment was cleared away at the gateway. */
  status: AttemptStatus;
  provider_id: string;
  method: string;
  region_id: string | null;
  amount: number;
  currency_code: string;
  instrument: AdminPaymentAttempt["instrument"];
  /** Its latest refusal, also where it was approved afterwards. */
  decline: AdminDecline | null;
  /** When it was first approved; kept whatever becomes of the money. */
  approved_at: string | null;
  /** The order it pays. */
  order: AdminOrderName | null;
  cart_id: string | null;
  gateway_reference: string | null;
  fallback_of: string | null;
}>;

/** `GET /admin/tender/payment-attempts`: newest first. */
export type AdminPaymentAttemptsResult = Readonly<{
  payment_attempts: readonly AdminListedAttempt[];
  /** Leads to older ones. */
  next_cursor: string | null;
  /** Leads back to newer ones. */
  previous_cursor: string | null;
}>;

/** Something that happened to an attempt. */
export type AdminAttemptEvent = Readonly<{ at: string }> &
  (
    | Readonly<{ type: "begun" }>
    | Readonly<{ type: "operation"; operation: AdminPaymentOperation }>
    | Readonly<{ type: "refused"; decline: AdminDecline | null; recovery: AdminPaymentAttempt["recovery"] }>
    | Readonly<{ type: "approved" }>
    | Readonly<{ type: "order_placed"; order: AdminOrderName }>
    | Readonly<{
        type: "webhook";
        webhook: Readonly<{
          id: string;
          event_type: string;
          status: "received" | "retrying" | "done" | "dead";
          tries: number;
          error: string | null;
        }>;
      }>
    | Readonly<{ type: "finding_opened" | "finding_resolved"; finding: AdminAttemptFinding }>
    | Readonly<{ type: "changed"; action: string; actor_id: string }>
  );

export type AdminAttemptFinding = Readonly<{
  id: string;
  kind: FindingKind;
  severity: "high" | "medium" | "low";
  status: "open" | "resolved";
  title: string;
  meaning: string;
  detail: string;
  resolution: string | null;
}>;

/** Another try to pay the same cart. */
export type AdminAttemptOfCart = Readonly<{
  id: string;
  number: number;
  status: AttemptStatus;
  provider_id: string;
  method: string;
  created_at: string;
}>;

/** `GET /admin/tender/payment-attempts/:id` */
export type AdminPaymentAttemptDetail = AdminListedAttempt &
  Readonly<{
    recovery: AdminPaymentAttempt["recovery"];
    payment_collection_id: string | null;
    /** Where the gateway's own site shows the payment. */
    payment_page: string | null;
    authorization_expires_at: string | null;
    /** Every try to pay the cart, this one included, first to last. */
    attempts_of_cart: readonly AdminAttemptOfCart[];
    /** First to last. */
    timeline: readonly AdminAttemptEvent[];
  }>;

export type AdminPaymentAttemptResult = Readonly<{ payment_attempt: AdminPaymentAttemptDetail }>;
