import type {
  CartView,
  DeclinedOptionView,
  DeclineView,
  OrderView,
  PaymentAttemptView,
  PaymentOptionView,
} from "../client";
import type { GatewayForm } from "../gateway-form";

/** Where the shopper stands. */
export type Phase =
  | "loading"
  | "choosing"
  /** A request that may move money is on its way; nothing can be pressed. */
  | "paying"
  /** The bank wants to ask the shopper something; the page says so before it opens. */
  | "stepping_up"
  /** The gateway's own script asks the shopper something over this page, such as 3-D Secure. */
  | "acting"
  /** The browser is on its way to the bank's page. */
  | "leaving"
  | "declined"
  /** Money may have moved; the page looks until it knows. */
  | "checking"
  | "done"
  | "blocked";

/** Why nothing can be paid here. */
export type BlockedReason = "not_found" | "unreachable" | "limited" | "wait" | "failed";

/** Something to tell above the options; the texts are in the locales under `notice.*`. */
export type Notice =
  | "unreachable_nothing_charged"
  | "lost_nothing_charged"
  | "form_failed"
  | "details_again"
  | "step_up_unfinished"
  | "payment_failed"
  | "option_gone"
  | "total_changed"
  | "cart_incomplete"
  | "item_unavailable"
  | "first_payment_returned"
  | "payment_returned"
  | "order_not_placed"
  | "order_not_answered";

export type CheckoutState = Readonly<{
  phase: Phase;
  cart: CartView | null;
  options: readonly PaymentOptionView[];
  declinedOptions: readonly DeclinedOptionView[];
  selectedId: string | null;
  /** What draws the forms of gateways' own; given with the page and never changed. */
  forms: readonly GatewayForm[];
  /** Options whose own form cannot be used here and now, such as a wallet this device does not have. */
  unusableIds: readonly string[];
  /** Options whose details the shopper wants kept for next time. */
  savingIds: readonly string[];
  /** The chosen wallet's sheet is open. */
  sheetOpen: boolean;
  attempt: PaymentAttemptView | null;
  /** When the attempt's outcome began to be waited for, in milliseconds since 1970. */
  waitingSince: number | null;
  /** The option that was refused last; kept so that it can be offered with another card. */
  refused: PaymentOptionView | null;
  decline: DeclineView | null;
  order: OrderView | null;
  notice: Notice | null;
  blocked: BlockedReason | null;
  /** With the reason "wait": when the limit is over, in milliseconds since 1970. */
  retryAt: number | null;
}>;

export type Offer = Readonly<{
  options: readonly PaymentOptionView[];
  declinedOptions: readonly DeclinedOptionView[];
}>;

export type CheckoutEvent =
  | Readonly<{ type: "cart_loaded"; cart: CartView; offer: Offer }>
  | Readonly<{ type: "loaded"; attempt: PaymentAttemptView | null }>
  /** Titles and messages in another language, or an offer that changed; the shopper stays where they are. */
  | Readonly<{ type: "refreshed"; cart: CartView; offer: Offer; attempt: PaymentAttemptView | null }>
  | Readonly<{ type: "selected"; optionId: string }>
  | Readonly<{ type: "sheet_opened" }>
  | Readonly<{ type: "sheet_closed" }>
  | Readonly<{ type: "form_reported"; optionId: string; isUsable: boolean }>
  | Readonly<{ type: "saving_chosen"; optionId: string; save: boolean }>
  /** `optionId`: of an express button that needs no selecting first. */
  | Readonly<{ type: "pay_pressed"; optionId?: string }>
  | Readonly<{ type: "started"; attempt: PaymentAttemptView }>
  | Readonly<{ type: "step_up_required"; attempt: PaymentAttemptView }>
  | Readonly<{ type: "acting"; attempt: PaymentAttemptView }>
  | Readonly<{ type: "leaving"; attempt: PaymentAttemptView }>
  | Readonly<{ type: "pending"; attempt: PaymentAttemptView; since: number }>
  | Readonly<{ type: "declined"; attempt: PaymentAttemptView; decline: DeclineView; offer: Offer }>
  | Readonly<{ type: "interrupted"; notice: Notice | null; attempt: PaymentAttemptView | null }>
  | Readonly<{ type: "went_back" }>
  | Readonly<{ type: "ordered"; order: OrderView | null; attempt?: PaymentAttemptView | null }>
  | Readonly<{ type: "blocked"; reason: BlockedReason; retryAt?: number }>
  | Readonly<{ type: "reopened" }>;

export type EventType = CheckoutEvent["type"];

/**
 * Which event leads where. An event without a row in the current phase changes nothing: that is what makes a
 * second press of the button, or an answer that comes after the page moved on, harmless.
 */
export const TRANSITIONS: Readonly<Record<Phase, Readonly<Partial<Record<EventType, Phase>>>>> = {
  loading: {
    cart_loaded: "loading",
    loaded: "choosing",
    step_up_required: "stepping_up",
    acting: "acting",
    leaving: "leaving",
    pending: "checking",
    declined: "declined",
    interrupted: "choosing",
    ordered: "done",
    blocked: "blocked",
  },
  choosing: {
    form_reported: "choosing",
    started: "choosing",
    refreshed: "choosing",
    selected: "choosing",
    saving_chosen: "choosing",
    sheet_opened: "choosing",
    sheet_closed: "choosing",
    pay_pressed: "paying",
    reopened: "loading",
  },
  paying: {
    form_reported: "paying",
    started: "paying",
    refreshed: "paying",
    step_up_required: "stepping_up",
    acting: "acting",
    leaving: "leaving",
    pending: "checking",
    declined: "declined",
    interrupted: "choosing",
    ordered: "done",
    blocked: "blocked",
  },
  stepping_up: { refreshed: "stepping_up", leaving: "leaving", went_back: "choosing", reopened: "loading" },
  acting: {
    refreshed: "acting",
    step_up_required: "stepping_up",
    acting: "acting",
    leaving: "leaving",
    pending: "checking",
    declined: "declined",
    interrupted: "choosing",
    ordered: "done",
    blocked: "blocked",
    went_back: "choosing",
  },
  leaving: {
    refreshed: "leaving",
    pending: "checking",
    declined: "declined",
    interrupted: "choosing",
    went_back: "choosing",
    reopened: "loading",
  },
  declined: { refreshed: "declined", selected: "choosing", reopened: "loading" },
  checking: {
    refreshed: "checking",
    pending: "checking",
    step_up_required: "stepping_up",
    acting: "acting",
    leaving: "leaving",
    declined: "declined",
    interrupted: "choosing",
    ordered: "done",
  },
  done: {},
  blocked: { reopened: "loading" },
};
