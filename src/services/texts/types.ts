import type { DeclineCategory } from "../../gateway/declines";
import type { RecoveryAction } from "../recovery/types";

export const LOCALES = ["en", "ar"] as const;

/** A language every text exists in. */
export type Locale = (typeof LOCALES)[number];

export type MethodTitle = Readonly<{ title: string; description: string | null }>;

/** Methods that go by a common name at every gateway. */
export const COMMON_METHODS = [
  "card",
  "apple_pay",
  "google_pay",
  "bank_redirect",
  "paypal",
  "pay_later",
  "venmo",
  "link",
  "bitcoin",
  "litecoin",
  "pp_system_default",
] as const;

export type CommonMethod = (typeof COMMON_METHODS)[number];

/** Refusals whose cause the shopper can act on better with its own sentence than with its category's. */
export const SPECIFIC_REASONS = [
  "card_number",
  "security_code",
  "expiry_date",
  "postal_code",
  "expired_card",
  "insufficient_funds",
  "spending_limit",
  "authentication_failed",
] as const;

export type SpecificReason = (typeof SPECIFIC_REASONS)[number];

/** What somebody may have had too much of. */
export type Limit = "refused_payments" | "requests";

/** What a promotion can bring. */
export type Benefit = "free_shipping" | "off_shipping" | "off_goods" | "discount";

/** Why a request about a payment cannot be carried out as asked, though nothing is broken. */
export type PaymentProblemCode =
  /** The cart has its order already. */
  | "cart_completed"
  /** The total is not what the attempt was made for. */
  | "cart_total_changed"
  /** Another request is paying the cart at this moment. */
  | "payment_in_progress"
  /** An earlier attempt may have moved money; it is being looked into. */
  | "payment_unknown"
  /** The attempt can no longer be used. */
  | "attempt_closed"
  /** The cart's total is zero: it is completed without a payment. */
  | "nothing_to_pay"
  /** Medusa would make no order of the cart: nothing in it, or something that is not shipped in any way. */
  | "cart_incomplete"
  /** Something in the cart has been sold meanwhile. */
  | "item_unavailable"
  /** An Idempotency-Key came again with another request. */
  | "idempotency_mismatch"
  /** The cart made as many attempts as it may. */
  | "attempts_used_up"
  /** No provider of the method can be reached. */
  | "method_unavailable"
  /** The payment was approved, but Medusa could not place the order; the money was returned. */
  | "order_not_placed";

/** All texts of one language. The compiler refuses a language with a gap. */
export type Texts = Readonly<{
  methods: Readonly<Record<CommonMethod, Readonly<{ title: string; description: string }>>>;
  /** One sentence or two for what happened. Whether anything was charged, the page says beside it. */
  declines: Readonly<Record<DeclineCategory, string>>;
  reasons: Readonly<Record<SpecificReason, string>>;
  /** What stands in the way, and what to do; whole sentences, as nothing stands beside them. */
  problems: Readonly<Record<PaymentProblemCode, string>>;
  /** `{when}` reads "in 12 minutes". */
  limits: Readonly<Record<Limit, string>>;
  /** What paying with an option brings. `{off}` is an amount or a share, such as "5%". */
  benefits: Readonly<Record<Benefit, string>>;
}>;

/** A refusal as the shopper may see it: the Store API's `decline`. */
export type DeclineView = Readonly<{
  category: string;
  code: string;
  message: string;
  recovery: RecoveryAction;
}>;
