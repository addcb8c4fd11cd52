import type { Account } from "../account";
import { APPROVED, rejected, rejectionOf } from "../cards/rejections";
import { refuse } from "../errors";
import { newId } from "../ids";
import { minorOf } from "../money";
import type {
  AuthorizationRecord,
  CaptureRecord,
  DeedKind,
  Funding,
  Instrument,
  OrderRecord,
} from "../records";
import { DAY_MS } from "../time";
import { needsPayer, sendBackToPayer } from "./approval";
import { noteDeed } from "./deeds";
import { checkInvoice } from "./invoices";
import { totalOf } from "./order-amounts";
import { endPendingInTime } from "./pending";
import type { Unit } from "./purchase-units";
import { keepInstrument } from "./vaulting";
import { authorizationView, captureView, orderView } from "./views";

/** An authorization holds funds for 29 days and is honored for three (docs: Authorization and honor period). */
export const AUTHORIZATION_LIVES_MS = 29 * DAY_MS;
export const HONOR_PERIOD_MS = 3 * DAY_MS;

/** Refusals after which PayPal lets its payer choose other funding for the same order. */
const CHOOSE_OTHER_FUNDING = new Set(["INSTRUMENT_DECLINED", "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING"]);

/**
 * Charges what an order is to be paid with: captures or authorizes every purchase unit, and completes the order.
 * @throws PaypalRefusal of the funding; PAYER_ACTION_REQUIRED when the payer must act first; DUPLICATE_INVOICE_ID
 */
export function payOrder(account: Account, order: OrderRecord): void {
  const { instrument } = order;
  if (!instrument) {
    throw refuse("ORDER_NOT_APPROVED");
  }
  if (needsPayer(account, order, instrument)) {
    sendBackToPayer(account, order, "PAYER_ACTION_REQUIRED");
  }
  order.purchase_units.forEach((unit) => checkInvoice(account, unit.invoice_id ?? null));
  const funding = fundingOf(order, instrument);
  if (funding.kind === "refused") {
    // Who pays with a saved wallet is not there to choose.
    const present = "person" in instrument && instrument.payment_token_id === null;
    if (CHOOSE_OTHER_FUNDING.has(funding.issue) && present) {
      sendBackToPayer(account, order, funding.issue);
    }
    noteDeed(account, order, "decline", totalOf(order), order.id);
    throw refuse(funding.issue);
  }
  order.status = "COMPLETED";
  order.updated_ms = account.clock.now();
  keepInstrument(account, order, instrument);
  const pay = order.intent === "CAPTURE" ? captureUnit : authorizeUnit;
  order.purchase_units.forEach((unit) => pay(account, order, unit, instrument, funding));
  account.emit("CHECKOUT.ORDER.COMPLETED", orderView(account, order));
}

/** A test's choice, or what the name on the card has its issuer do. */
export function fundingOf({ funding }: OrderRecord, instrument: Instrument): Funding {
  const response_code = "card" in instrument ? rejectionOf(instrument.card.name) : undefined;
  return funding.kind === "completes" && response_code !== undefined
    ? { kind: "declined", response_code }
    : funding;
}

function captureUnit(
  account: Account,
  order: OrderRecord,
  unit: Unit,
  instrument: Instrument,
  funding: Funding,
): void {
  addCapture(account, order, {
    reference_id: unit.reference_id,
    authorization_id: null,
    currency: unit.amount.currency_code,
    amount: minorOf(unit.amount, "/amount"),
    final_capture: true,
    invoice_id: unit.invoice_id ?? null,
    custom_id: unit.custom_id ?? null,
    ...outcomeOf(instrument, funding),
  });
}

type NewCapture = Pick<
  CaptureRecord,
  | "reference_id"
  | "authorization_id"
  | "currency"
  | "amount"
  | "final_capture"
  | "invoice_id"
  | "custom_id"
  | "status"
  | "pending_reason"
  | "processor_response"
>;

/** Notes a capture and tells of it. */
export function addCapture(account: Account, order: OrderRecord, made: NewCapture): CaptureRecord {
  const now_ms = account.clock.now();
  const capture: CaptureRecord = {
    ...made,
    id: newId(),
    order_id: order.id,
    created_ms: now_ms,
    updated_ms: now_ms,
    refunded: 0n,
    reversed: 0n,
  };
  account.captures.set(capture.id, capture);
  noteDeed(account, order, DEEDS[capture.status] ?? "capture", made.amount, capture.id);
  account.emit(CAPTURE_EVENTS[capture.status], captureView(account, capture));
  endPendingInTime(account, capture);
  return capture;
}

/** What it is called that something was tried and is not, or not yet, what was wanted. */
const DEEDS: Readonly<Record<string, DeedKind>> = {
  PENDING: "wait",
  DECLINED: "decline",
  FAILED: "decline",
  DENIED: "decline",
};

const CAPTURE_EVENTS = {
  COMPLETED: "PAYMENT.CAPTURE.COMPLETED",
  PENDING: "PAYMENT.CAPTURE.PENDING",
  DECLINED: "PAYMENT.CAPTURE.DECLINED",
  FAILED: "PAYMENT.CAPTURE.DENIED",
  REFUNDED: "PAYMENT.CAPTURE.REFUNDED",
  PARTIALLY_REFUNDED: "PAYMENT.CAPTURE.REFUNDED",
} as const;

/** How a capture stands when its funding is charged. */
export function outcomeOf(
  instrument: Instrument,
  funding: Funding,
): Pick<CaptureRecord, "status" | "pending_reason" | "processor_response"> {
  const processor_response = "card" in instrument ? APPROVED : null;
  switch (funding.kind) {
    case "declined":
      return {
        status: "DECLINED",
        pending_reason: null,
        processor_response: rejected(funding.response_code),
      };
    case "pending":
      return { status: "PENDING", pending_reason: funding.reason, processor_response };
    case "completes":
    case "refused":
      return { status: "COMPLETED", pending_reason: null, processor_response };
  }
}

function authorizeUnit(
  account: Account,
  order: OrderRecord,
  unit: Unit,
  instrument: Instrument,
  funding: Funding,
): void {
  const now_ms = account.clock.now();
  const outcome = outcomeOf(instrument, funding);
  addAuthorization(account, order, {
    reference_id: unit.reference_id,
    parent_id: null,
    currency: unit.amount.currency_code,
    amount: minorOf(unit.amount, "/amount"),
    status: outcome.status === "DECLINED" ? "DENIED" : outcome.status === "PENDING" ? "PENDING" : "CREATED",
    expires_ms: now_ms + AUTHORIZATION_LIVES_MS,
    invoice_id: unit.invoice_id ?? null,
    custom_id: unit.custom_id ?? null,
    processor_response: outcome.processor_response,
  });
}

type NewAuthorization = Pick<
  AuthorizationRecord,
  | "reference_id"
  | "parent_id"
  | "currency"
  | "amount"
  | "status"
  | "expires_ms"
  | "invoice_id"
  | "custom_id"
  | "processor_response"
>;

/** Notes an authorization, tells of it, and has it end in time. */
export function addAuthorization(
  account: Account,
  order: OrderRecord,
  made: NewAuthorization,
): AuthorizationRecord {
  const now_ms = account.clock.now();
  const authorization: AuthorizationRecord = {
    ...made,
    id: newId(),
    order_id: order.id,
    created_ms: now_ms,
    updated_ms: now_ms,
    honored_until_ms: Math.min(now_ms + HONOR_PERIOD_MS, made.expires_ms),
    expired: false,
    captured: 0n,
    closed: made.status === "DENIED",
  };
  account.authorizations.set(authorization.id, authorization);
  const made_as = made.parent_id === null ? "authorize" : "reauthorize";
  noteDeed(account, order, DEEDS[made.status] ?? made_as, made.amount, authorization.id);
  if (!authorization.closed) {
    account.emit("PAYMENT.AUTHORIZATION.CREATED", authorizationView(account, authorization));
    account.clock.after(made.expires_ms - now_ms, () => expire(account, order, authorization));
    endPendingInTime(account, authorization);
  }
  return authorization;
}

/** What was not captured in 29 days is released. PayPal tells of it as of a void (docs: Webhook event names). */
function expire(account: Account, order: OrderRecord, authorization: AuthorizationRecord): void {
  if (authorization.closed) {
    return;
  }
  authorization.expired = true;
  authorization.closed = true;
  authorization.status = "VOIDED";
  authorization.updated_ms = account.clock.now();
  noteDeed(account, order, "expire", authorization.amount - authorization.captured, authorization.id);
  account.emit("PAYMENT.AUTHORIZATION.VOIDED", authorizationView(account, authorization));
}
