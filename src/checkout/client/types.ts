import type {
  ConfirmResult,
  DeclinedResult,
  PaymentAttemptView,
  PaymentOptionsResult,
} from "../../api/store-contract";

export type {
  DeclinedOptionView,
  DeclineView,
  NextActionView,
  PaymentAttemptView,
  PaymentOptionView,
  SavedMethodView,
} from "../../api/store-contract";

/** The order a confirmed payment became. */
export type OrderView = Extract<ConfirmResult, { type: "order" }>["order"];

/** A line of the order summary. Amounts are decimals in the currency's main unit, as everywhere in Medusa. */
export type CartItemView = Readonly<{
  id: string;
  title: string;
  variant_title: string | null;
  quantity: number;
  /** Without taxes and before discounts, as in the cart's `item_subtotal`. */
  subtotal: number;
}>;

/**
 * What the page shows of a cart. Amounts are decimals in the currency's main unit. Whether the region's prices
 * include taxes or not, `total` is what Medusa makes of them: item_subtotal + shipping_subtotal + tax_total -
 * discount_subtotal - credit_line_total.
 */
export type CartView = Readonly<{
  id: string;
  currency_code: string;
  email: string | null;
  completed_at: string | null;
  total: number;
  item_subtotal: number;
  shipping_subtotal: number;
  discount_subtotal: number;
  tax_total: number;
  /** What gift cards and store credit pay. */
  credit_line_total: number;
  items: readonly CartItemView[];
  shipping_address: AddressView | null;
  billing_address: AddressView | null;
}>;

/** An address as Medusa keeps it. */
export type AddressView = Readonly<{
  first_name: string | null;
  last_name: string | null;
  address_1: string | null;
  address_2: string | null;
  city: string | null;
  /** A code such as `us-ca`, or whatever the storefront asked for. */
  province: string | null;
  postal_code: string | null;
  /** ISO 3166-1 alpha-2, lower case. */
  country_code: string | null;
}>;

/** The cart was paid, or cannot be paid any more. */
export type CompletedOutcome = Readonly<{ type: "completed" }>;
/** The attempt's amount is no longer the cart's total; `payment_attempt` is a fresh one, where there is one. */
export type ChangedOutcome = Readonly<{ type: "changed"; payment_attempt: PaymentAttemptView | null }>;
/** The attempt cannot be used any more; start another. Nothing was charged by this request. */
export type ClosedOutcome = Readonly<{ type: "closed" }>;
/** The cart cannot become an order as it is, so no bank was asked. */
export type CartUnfitOutcome = Readonly<{
  type: "cart_unfit";
  reason: "cart_incomplete" | "item_unavailable";
}>;
/** The payment was approved, the order could not be placed, and the money is being returned. */
export type ReturnedOutcome = Readonly<{ type: "returned" }>;
/** Nothing was asked of anybody: the cart has used up its attempts, or a limit holds for so many seconds. */
export type LimitedOutcome = Readonly<{ type: "limited"; retry_after_s: number | null }>;
/** Another payment of this cart may still succeed, so a second one must wait for it. */
export type PendingOutcome = Readonly<{ type: "pending"; payment_attempt: PaymentAttemptView }>;

/** What became of a request to start an attempt. A refusal is a value here, never an exception. */
export type StartOutcome =
  | Readonly<{ type: "started"; payment_attempt: PaymentAttemptView }>
  | Readonly<{ type: "option_gone" }>
  | RefusedOutcome;

/** What became of a confirmation. A decline is a value here, never an exception. */
export type ConfirmOutcome = ConfirmResult | DeclinedResult | RefusedOutcome;

/** What became of placing an order that nothing is to be paid for. */
export type PlaceOutcome =
  | Readonly<{ type: "order"; order: OrderView }>
  /** Medusa did not place it, e.g. because something is to be paid for after all. */
  | Readonly<{ type: "not_placed" }>
  | RefusedOutcome;

/** Refusals that starting, confirming and placing can meet. */
export type RefusedOutcome =
  | PendingOutcome
  | ChangedOutcome
  | ClosedOutcome
  | CartUnfitOutcome
  | ReturnedOutcome
  | CompletedOutcome
  | LimitedOutcome;

export type { ConfirmResult, DeclinedResult, PaymentOptionsResult };
