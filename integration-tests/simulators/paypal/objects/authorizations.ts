import type { Account } from "../account";
import type { CaptureRequest, ReauthorizeRequest } from "../contract/types";
import { refuse } from "../errors";
import { lesserOf, minorOf, type MinorUnits } from "../money";
import type { AuthorizationRecord, CaptureRecord, Funding, Instrument, OrderRecord } from "../records";
import { noteDeed } from "./deeds";
import { checkInvoice } from "./invoices";
import { addAuthorization, addCapture, fundingOf, outcomeOf } from "./payment";
import { authorizationView } from "./views";

/** PayPal's default overage limit, and what it never exceeds in US dollars (docs: Authorization and honor period). */
const OVERAGE_PERCENT = 15n;
const OVERAGE_USD: MinorUnits = 7_500n;

/** Captures of one authorization; PayPal raises the number on request. */
const MAX_CAPTURES = 10;

/**
 * Takes all of what is left of an authorization, or the amount named.
 * @throws PaypalRefusal for an authorization that is not open, or an amount above the limit
 */
export function captureAuthorization(
  account: Account,
  id: string,
  { amount: asked, final_capture = false, invoice_id }: CaptureRequest,
): CaptureRecord {
  const authorization = account.authorization(id);
  checkCapturable(authorization);
  const family = familyOf(account, authorization);
  const taken = family.reduce((sum, { captured }) => sum + captured, 0n);
  const amount = asked
    ? minorOf(asked, "/amount", "positive", "DECIMALS_NOT_SUPPORTED")
    : authorization.amount - taken;
  if (asked && asked.currency_code !== authorization.currency) {
    throw refuse("AUTH_CAPTURE_CURRENCY_MISMATCH", {
      field: "/amount/currency_code",
      value: asked.currency_code,
    });
  }
  if (amount <= 0n) {
    throw refuse("AUTHORIZATION_ALREADY_CAPTURED");
  }
  if (taken + amount > mostOf(authorization)) {
    throw refuse("MAX_CAPTURE_AMOUNT_EXCEEDED", {
      field: "/amount/value",
      ...(asked ? { value: asked.value } : {}),
    });
  }
  const members = new Set(family.map((member) => member.id));
  const captures = [...account.captures.values()].filter(({ authorization_id }) =>
    members.has(authorization_id ?? ""),
  );
  if (captures.length >= MAX_CAPTURES) {
    throw refuse("MAX_CAPTURE_COUNT_EXCEEDED");
  }
  if (invoice_id !== undefined && invoice_id !== authorization.invoice_id) {
    checkInvoice(account, invoice_id);
  }
  const { order, instrument } = orderOf(account, authorization);
  const funding = fundingAtCapture(account, authorization, order, instrument);
  const closes = final_capture || taken + amount >= authorization.amount;
  authorization.captured += amount;
  settle(account, family, closes);
  return addCapture(account, order, {
    reference_id: authorization.reference_id,
    authorization_id: authorization.id,
    currency: authorization.currency,
    amount,
    final_capture,
    invoice_id: invoice_id ?? authorization.invoice_id,
    custom_id: authorization.custom_id,
    ...outcomeOf(instrument, funding),
  });
}

/**
 * Authorizes once more after the honor period, so that the funds are held for three more days.
 * @throws PaypalRefusal REAUTHORIZATION_TOO_SOON inside the honor period, REAUTHORIZATION_NOT_SUPPORTED for what came of
 * reauthorizing or was paid with a card, MAX_CAPTURE_AMOUNT_EXCEEDED above the overage limit
 */
export function reauthorize(
  account: Account,
  id: string,
  { amount: asked }: ReauthorizeRequest,
): AuthorizationRecord {
  const authorization = account.authorization(id);
  const { order, instrument } = orderOf(account, authorization);
  if (authorization.parent_id !== null || "card" in instrument) {
    throw refuse("REAUTHORIZATION_NOT_SUPPORTED");
  }
  checkCapturable(authorization);
  const family = familyOf(account, authorization);
  const now_ms = account.clock.now();
  if (family.some(({ honored_until_ms }) => honored_until_ms > now_ms)) {
    throw refuse("REAUTHORIZATION_TOO_SOON");
  }
  const amount = asked
    ? minorOf(asked, "/amount", "positive", "DECIMALS_NOT_SUPPORTED")
    : authorization.amount;
  if (asked && asked.currency_code !== authorization.currency) {
    throw refuse("AUTH_CURRENCY_MISMATCH", { field: "/amount/currency_code", value: asked.currency_code });
  }
  if (amount > mostOf(authorization)) {
    throw refuse("AUTHORIZATION_AMOUNT_EXCEEDED", { field: "/amount/value" });
  }
  if (order.funding.kind === "refused") {
    throw refuse(refusalLater(order.funding));
  }
  return addAuthorization(account, order, {
    reference_id: authorization.reference_id,
    parent_id: authorization.id,
    currency: authorization.currency,
    amount,
    status: "CREATED",
    expires_ms: authorization.expires_ms,
    invoice_id: authorization.invoice_id,
    custom_id: authorization.custom_id,
    processor_response: null,
  });
}

/** Releases what is left of an authorization. @throws PaypalRefusal PREVIOUSLY_CAPTURED, PREVIOUSLY_VOIDED, CANNOT_BE_VOIDED */
export function voidAuthorization(account: Account, id: string): AuthorizationRecord {
  const authorization = account.authorization(id);
  if (authorization.parent_id !== null) {
    throw refuse("CANNOT_BE_VOIDED");
  }
  if (authorization.status === "VOIDED" || authorization.status === "DENIED") {
    throw refuse("PREVIOUSLY_VOIDED");
  }
  if (authorization.closed) {
    throw refuse("PREVIOUSLY_CAPTURED");
  }
  const { order } = orderOf(account, authorization);
  const family = familyOf(account, authorization);
  const taken = family.reduce((sum, { captured }) => sum + captured, 0n);
  for (const member of family) {
    member.closed = true;
    member.status = "VOIDED";
    member.updated_ms = account.clock.now();
  }
  noteDeed(account, order, "void", authorization.amount - taken, authorization.id);
  account.emit("PAYMENT.AUTHORIZATION.VOIDED", authorizationView(account, authorization));
  return authorization;
}

/** An authorization and what reauthorized it: they hold the same money. */
export function familyOf(account: Account, { id, parent_id }: AuthorizationRecord): AuthorizationRecord[] {
  const first = parent_id ?? id;
  return [...account.authorizations.values()].filter(
    (record) => record.id === first || record.parent_id === first,
  );
}

function orderOf(
  account: Account,
  { order_id }: AuthorizationRecord,
): { order: OrderRecord; instrument: Instrument } {
  const order = account.orders.get(order_id);
  if (!order?.instrument) {
    throw new Error(`The authorized order ${order_id} has nothing it was paid with.`);
  }
  return { order, instrument: order.instrument };
}

function checkCapturable(authorization: AuthorizationRecord): void {
  if (authorization.expired) {
    throw refuse("AUTHORIZATION_EXPIRED");
  }
  switch (authorization.status) {
    case "DENIED":
      throw refuse("AUTHORIZATION_DENIED");
    case "VOIDED":
      throw refuse("AUTHORIZATION_VOIDED");
    default:
      if (authorization.closed) {
        throw refuse("AUTHORIZATION_ALREADY_CAPTURED");
      }
  }
}

/** In the honor period funds are there. After it, what a test chose for the order's funding comes true. */
function fundingAtCapture(
  account: Account,
  authorization: AuthorizationRecord,
  order: OrderRecord,
  instrument: Instrument,
): Funding {
  const funding = fundingOf(order, instrument);
  if (funding.kind === "pending") {
    return funding;
  }
  const honored = account.clock.now() <= authorization.honored_until_ms;
  if (funding.kind === "refused" && !honored) {
    throw refuse(refusalLater(funding));
  }
  return { kind: "completes" };
}

/** The words a capture or a reauthorization has for funding that fails. */
function refusalLater({ issue }: Readonly<{ issue: string }>): string {
  return issue === "PAYER_CANNOT_PAY" || issue.startsWith("PAYE") ? issue : "TRANSACTION_REFUSED";
}

function mostOf({ amount, currency }: AuthorizationRecord): MinorUnits {
  const overage = (amount * OVERAGE_PERCENT) / 100n;
  return amount + (currency === "USD" ? lesserOf(overage, OVERAGE_USD) : overage);
}

function settle(account: Account, family: readonly AuthorizationRecord[], closes: boolean): void {
  for (const member of family) {
    member.closed = closes;
    member.status = closes ? "CAPTURED" : "PARTIALLY_CAPTURED";
    member.updated_ms = account.clock.now();
  }
}
