import type { Account } from "../account";
import type { RefundRequest } from "../contract/types";
import { refuse } from "../errors";
import { newId } from "../ids";
import { minorOf, moneyOf, type MinorUnits } from "../money";
import type { CaptureRecord, OrderRecord, RefundRecord } from "../records";
import { DAY_MS } from "../time";
import { noteDeed } from "./deeds";
import { refundView } from "./views";

/** How long a capture can be refunded (docs: Refund captured payment). */
const REFUNDABLE_MS = 180 * DAY_MS;

/** How long a bank takes for a refund of an eCheck. */
const REFUND_PENDS_MS = 3 * DAY_MS;

/**
 * Gives back all that is left of a capture, or the amount named.
 * @throws PaypalRefusal for a capture that is pending, was refunded whole, is disputed or too old, and for too much
 */
export function refundCapture(account: Account, id: string, request: RefundRequest): RefundRecord {
  const capture = account.capture(id);
  checkRefundable(account, capture, request.amount !== undefined);
  const left = capture.amount - capture.refunded - capture.reversed;
  const amount = request.amount
    ? minorOf(request.amount, "/amount", "positive", "DECIMALS_NOT_SUPPORTED")
    : left;
  if (request.amount && request.amount.currency_code !== capture.currency) {
    throw refuse("REFUND_CAPTURE_CURRENCY_MISMATCH", {
      field: "/amount/currency_code",
      value: request.amount.currency_code,
    });
  }
  if (amount > left) {
    throw refuse("REFUND_AMOUNT_EXCEEDED", {
      field: "/amount/value",
      value: moneyOf(amount, capture.currency).value,
    });
  }
  checkRefundInvoice(account, request.invoice_id);
  const now_ms = account.clock.now();
  capture.refunded += amount;
  markRefunded(account, capture);
  const order = orderOf(account, capture);
  // What a bank paid late it takes back late (spec: refund_status_details, ECHECK).
  const pending = order.funding.kind === "pending" && order.funding.reason === "ECHECK";
  const refund: RefundRecord = {
    id: newId(),
    capture_id: capture.id,
    currency: capture.currency,
    amount,
    status: pending ? "PENDING" : "COMPLETED",
    created_ms: now_ms,
    updated_ms: now_ms,
    invoice_id: request.invoice_id ?? capture.invoice_id,
    custom_id: request.custom_id ?? null,
    note_to_payer: request.note_to_payer ?? null,
    total_refunded: capture.refunded,
  };
  account.refunds.set(refund.id, refund);
  noteDeed(account, order, "refund", amount, refund.id, { custom_id: refund.custom_id });
  if (pending) {
    account.emit("PAYMENT.REFUND.PENDING", refundView(account, refund));
    account.clock.after(REFUND_PENDS_MS, () => endRefund(account, refund.id, "COMPLETED"));
  } else {
    account.emit("PAYMENT.CAPTURE.REFUNDED", refundView(account, refund));
  }
  return refund;
}

/** A refund that was pending or done ends otherwise; what it gave back is the merchant's again when it failed. */
export function endRefund(account: Account, id: string, ending: "COMPLETED" | "FAILED"): void {
  const refund = account.refund(id);
  if (refund.status === "FAILED" || refund.status === ending) {
    return;
  }
  refund.status = ending;
  refund.updated_ms = account.clock.now();
  if (ending === "COMPLETED") {
    account.emit("PAYMENT.CAPTURE.REFUNDED", refundView(account, refund));
    return;
  }
  const capture = account.capture(refund.capture_id);
  capture.refunded -= refund.amount;
  markRefunded(account, capture);
  noteDeed(account, orderOf(account, capture), "refund_failed", refund.amount, refund.id, {
    custom_id: refund.custom_id,
  });
  account.emit("PAYMENT.REFUND.FAILED", refundView(account, refund));
}

/** PayPal takes a capture's money back from the merchant, e.g. for a dispute that was lost. */
export function reverseCapture(account: Account, capture: CaptureRecord, amount: MinorUnits): void {
  capture.reversed += amount;
  markRefunded(account, capture);
  noteDeed(account, orderOf(account, capture), "reverse", amount, capture.id);
  const now_ms = account.clock.now();
  const reversal: RefundRecord = {
    id: newId(),
    capture_id: capture.id,
    currency: capture.currency,
    amount,
    status: "COMPLETED",
    created_ms: now_ms,
    updated_ms: now_ms,
    invoice_id: capture.invoice_id,
    custom_id: capture.custom_id,
    note_to_payer: null,
    total_refunded: capture.refunded + capture.reversed,
  };
  account.emit("PAYMENT.CAPTURE.REVERSED", refundView(account, reversal));
}

function checkRefundable(account: Account, capture: CaptureRecord, partial: boolean): void {
  switch (capture.status) {
    case "PENDING":
      throw refuse("PENDING_CAPTURE");
    case "DECLINED":
    case "FAILED":
      throw refuse("REFUND_NOT_ALLOWED");
    case "REFUNDED":
      throw refuse("CAPTURE_FULLY_REFUNDED");
    case "COMPLETED":
    case "PARTIALLY_REFUNDED":
      break;
  }
  if (account.clock.now() > capture.created_ms + REFUNDABLE_MS) {
    throw refuse("REFUND_TIME_LIMIT_EXCEEDED");
  }
  if (partial && account.openDisputeOf(capture.id)) {
    throw refuse("TRANSACTION_DISPUTED");
  }
}

function checkRefundInvoice(account: Account, invoice_id: string | undefined): void {
  const used = [...account.refunds.values()].some(
    (refund) => refund.invoice_id === invoice_id && refund.status !== "FAILED",
  );
  if (account.options.unique_invoice_ids !== false && invoice_id !== undefined && used) {
    throw refuse("DUPLICATE_INVOICE_ID");
  }
}

function markRefunded(account: Account, capture: CaptureRecord): void {
  const back = capture.refunded + capture.reversed;
  capture.status = back === 0n ? "COMPLETED" : back < capture.amount ? "PARTIALLY_REFUNDED" : "REFUNDED";
  capture.updated_ms = account.clock.now();
}

function orderOf(account: Account, { order_id }: CaptureRecord): OrderRecord {
  const order = account.orders.get(order_id);
  if (!order) {
    throw new Error(`The captured order ${order_id} is not there.`);
  }
  return order;
}
