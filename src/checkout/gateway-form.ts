import type { ComponentType, ForwardRefExoticComponent, RefAttributes } from "react";
import type { AddressView, PaymentAttemptView, PaymentOptionView } from "./client";

/*
 * What a gateway hands to the checkout so that a form of its own can be drawn here: fields or buttons that its
 * service's script puts into the page. It lives in the gateway's folder (`src/providers/<name>/checkout/index.ts`, the
 * default export) and imports nothing of ours but the types of this file. The hosted page finds it there when it is
 * built; a page of the store's own hands it over as `forms`.
 */

/** A gateway's own form. The object is small; all that is heavy comes with `load`. */
export interface GatewayForm {
  /** Whether it draws this option's form, judged by what its gateway tells in `client`. */
  draws(option: PaymentOptionView): boolean;
  /** Whether what it draws for an option of the list is a button of the service's own, so that the page shows none. */
  hasOwnButton?(option: PaymentOptionView): boolean;
  /** Whether something is typed into what it draws for an option; left out where it always is. */
  asksForDetails?(option: PaymentOptionView): boolean;
  /** Whether it can do what an attempt waits for, such as showing 3-D Secure over the page. */
  actsOn(attempt: PaymentAttemptView): boolean;
  /** Whether `Panel` does that in the place of the ways to pay, instead of `act` over the page. */
  actsInPage?(attempt: PaymentAttemptView): boolean;
  /** How the payment of a placed order stands where `Panel` is drawn above the order; null where it is not. */
  afterOrder?(attempt: PaymentAttemptView): AfterOrder | null;
  /** Loads the parts; called when the first of them is needed. May be called again after it failed. */
  load(): Promise<GatewayFormParts>;
}

/** What is left of the payment of a placed order: the shopper's part, only time, nothing, or no way to pay it any more. */
export type AfterOrder = "unpaid" | "confirming" | "paid" | "overdue";

export type GatewayFormParts = Readonly<{
  Fields: GatewayFields;
  /** For forms whose `actsInPage` or `afterOrder` ask for it. */
  Panel?: ComponentType<GatewayPanelProps>;
  /**
   * Does what the attempt waits for and resolves when the shopper is through, however it ended: what came of it is read
   * from the store. It may reject; the store is asked then, too.
   */
  act(action: GatewayAction): Promise<void>;
}>;

/** Draws an option's fields, or its button where the option is `express` or `hasOwnButton` says so. */
export type GatewayFields = ForwardRefExoticComponent<
  GatewayFieldsProps & RefAttributes<GatewayFieldsHandle>
>;

export type GatewayFieldsProps = Readonly<{
  option: PaymentOptionView;
  /** The cart's e-mail address, for services that ask for one. */
  email: string | null;
  /** The cart's billing address, where it has one of its own, for services whose card is compared with it. */
  billing: AddressView | null;
  /** A language tag such as `ar`. */
  locale: string;
  direction: "ltr" | "rtl";
  theme: FormTheme;
  /**
   * The shopper wants what is paid with kept for next time. The page asks for the box and sends `save` itself; this is for
   * services whose script has to know. False where it cannot be kept.
   */
  save: boolean;
  /** A payment is under way; nothing may be changed. */
  disabled: boolean;
  /** It can be used. Until then the page shows that it is being loaded. */
  onReady(): void;
  /** It cannot be used: the script is blocked or failed. The page says so, and lets the shopper try again. */
  onUnavailable(): void;
  /** The service does not offer it for this cart, or the device has no such wallet. The page says so. */
  onNotOffered(): void;
  /**
   * Opens the option's payment, or gives the one that waits for its confirmation, where the service needs one before the
   * shopper approves: `client` of the attempt tells what its gateway gives the browser. The shopper stays where they
   * are, and paying then confirms this very attempt. May be called within `collect`.
   * @returns null when it led elsewhere, such as to a refusal; the page shows that, and nothing is to be approved
   */
  begin(): Promise<PaymentAttemptView | null>;
  /**
   * Of a button: the shopper approved. The page then pays with what `collect` gives.
   * @returns false when another payment is under way; nothing is collected then
   */
  onApproved(collect: () => Promise<Collected>): boolean;
}>;

export type GatewayFieldsHandle = Readonly<{
  /** Turns what was typed into what is sent with the confirmation. Called once for each press of the button. */
  collect(): Promise<Collected>;
}>;

export type Collected =
  | Readonly<{ type: "data"; data: Record<string, unknown> }>
  /** Something is missing or wrong, and the form itself shows what. */
  | Readonly<{ type: "incomplete" }>
  /** The shopper closed the wallet's sheet. */
  | Readonly<{ type: "canceled" }>
  /** The service could not be reached, or did not accept what was typed for a reason the form does not show. */
  | Readonly<{ type: "failed" }>;

export type GatewayPanelProps = Readonly<{
  attempt: PaymentAttemptView;
  /** A language tag such as `ar`. */
  locale: string;
  /** An amount in the currency's main unit, as the page writes money. */
  money(amount: number, currency_code: string): string;
  /** A number in the page's digits. */
  number(value: number): string;
  /** Reads the attempt from the store. Rejects where the store cannot be reached. */
  look(): Promise<PaymentAttemptView>;
  /** How the shopper goes on from here; null once the order is placed. */
  ways: PanelWays | null;
}>;

export type PanelWays = Readonly<{
  /** The shopper is through, however it ended: the store is asked what came of it. */
  done(): void;
  /** Begins a new payment with the same option. */
  again(): void;
  /** Back to the ways to pay. */
  anotherWay(): void;
}>;

export type GatewayAction = Readonly<{
  attempt: PaymentAttemptView;
  option: PaymentOptionView;
  locale: string;
}>;

/** The page's look, read from its CSS variables, for forms in a frame that style sheets do not reach. */
export type FormTheme = Readonly<{
  isDark: boolean;
  accent: string;
  onAccent: string;
  text: string;
  textQuiet: string;
  background: string;
  line: string;
  error: string;
  radius: string;
  font: string;
}>;
