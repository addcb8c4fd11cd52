import type { Account } from "../account";
import { NOT_PASSED } from "../cards/test-cards";
import { refuse } from "../errors";
import type { AuthenticationResult } from "../contract/types";
import type { Funding, Instrument, OrderRecord } from "../records";
import { noteDeed } from "./deeds";
import { approvedBy, isWallet } from "./instruments";
import { payerActionLink } from "./links";
import { totalOf } from "./order-amounts";
import { expireLater } from "./order-expiry";
import { orderView, reversedApproval } from "./views";

/** Where strong customer authentication is the law, by country of the merchant (PSD2). */
const SCA_COUNTRIES = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);

export type Approval = Readonly<{
  /** The PayPal account; the same buyer each time when left out. */
  payer_email?: string;
  /** What will come of charging it; it completes when left out. */
  funding?: Funding;
}>;

/**
 * Whether the payer must be asked before this can be charged: 3-D Secure. A result that needs no question is noted.
 */
export function needsPayer(account: Account, order: OrderRecord, instrument: Instrument): boolean {
  if (!("card" in instrument) || instrument.verification === "NONE" || instrument.merchant_initiated) {
    return false;
  }
  if (order.authentication) {
    return false;
  }
  if (instrument.verification === "SCA_WHEN_REQUIRED" && !SCA_COUNTRIES.has(account.country)) {
    return false;
  }
  const { challenge, result } = instrument.card.authentication;
  if (!challenge) {
    order.authentication = result;
  }
  return challenge;
}

export function requirePayer(account: Account, order: OrderRecord): void {
  order.status = "PAYER_ACTION_REQUIRED";
  noteAsked(account, order);
}

/** Whether an order waits for its payer. */
export function awaitsPayer({ status, source, expired }: OrderRecord): boolean {
  const wallet = source === null || isWallet(source);
  return !expired && (status === "PAYER_ACTION_REQUIRED" || (status === "CREATED" && wallet));
}

/**
 * The payer approves the order in PayPal, or passes the issuer's question for a card.
 * @throws PaypalRefusal PAYMENT_ALREADY_APPROVED when nothing is asked
 */
export function approveOrder(account: Account, order: OrderRecord, approval: Approval = {}): void {
  checkAsked(order);
  order.funding = approval.funding ?? { kind: "completes" };
  if (order.instrument && "card" in order.instrument) {
    authenticate(account, order, order.instrument.card.authentication.result);
  } else {
    const kind = order.source !== null && isWallet(order.source) ? order.source : "paypal";
    order.source = kind;
    order.instrument = approvedBy(kind, approval.payer_email, order.wish);
    markApproved(account, order);
  }
}

/** The payer does not pass the issuer's question. PayPal leaves it to the merchant what to make of that. */
export function failAuthentication(account: Account, order: OrderRecord): void {
  checkAsked(order);
  if (!order.instrument || !("card" in order.instrument)) {
    throw refuse("ORDER_CANNOT_BE_CONFIRMED");
  }
  authenticate(account, order, NOT_PASSED);
}

/** What came of the issuer's question; the order is as it was, and nobody is told. */
function authenticate(account: Account, order: OrderRecord, result: AuthenticationResult): void {
  order.authentication = result;
  order.status = "CREATED";
  order.updated_ms = account.clock.now();
  expireLater(account, order);
}

/** The order may be authorized or captured from now on, for some hours. */
export function markApproved(account: Account, order: OrderRecord): void {
  order.status = "APPROVED";
  order.approved = true;
  order.updated_ms = account.clock.now();
  expireLater(account, order);
  account.noteChange(order.id);
  account.emit("CHECKOUT.ORDER.APPROVED", orderView(account, order));
}

/** PayPal takes an approval back before the merchant completed the order. */
export function reverseApproval(account: Account, order: OrderRecord): void {
  if (order.status !== "APPROVED") {
    throw refuse("ORDER_NOT_APPROVED");
  }
  order.status = "VOIDED";
  order.updated_ms = account.clock.now();
  account.noteChange(order.id);
  account.emit("CHECKOUT.PAYMENT-APPROVAL.REVERSED", reversedApproval(account, order));
}

/** The payer must come back: with other funding, or to answer the issuer. */
export function sendBackToPayer(account: Account, order: OrderRecord, issue: string): never {
  order.status = "PAYER_ACTION_REQUIRED";
  order.approved = false;
  order.updated_ms = account.clock.now();
  if (issue === "PAYER_ACTION_REQUIRED") {
    noteAsked(account, order);
  } else {
    noteDeed(account, order, "decline", totalOf(order), order.id);
  }
  if (order.instrument && "person" in order.instrument) {
    order.instrument = null;
  }
  throw refuse(issue, {}, [payerActionLink(account, order)]);
}

/** The issuer of a card asks its holder; a wallet's payer is only where they have to be. */
function noteAsked(account: Account, order: OrderRecord): void {
  if (order.instrument && "card" in order.instrument) {
    noteDeed(account, order, "challenge", totalOf(order), order.id);
  } else {
    account.noteChange(order.id);
  }
}

function checkAsked(order: OrderRecord): void {
  if (!awaitsPayer(order)) {
    throw refuse("PAYMENT_ALREADY_APPROVED");
  }
}
