import type { Account } from "../account";
import type { ConfirmRequest, Intent, PaymentSourceRequest } from "../contract/types";
import { refuse } from "../errors";
import type { OrderRecord } from "../records";
import { markApproved, needsPayer, requirePayer, sendBackToPayer } from "./approval";
import { instrumentOf, isWallet, sourceKind, vaultWish, verificationOf } from "./instruments";
import { payerActionLink } from "./links";
import { payOrder } from "./payment";

const ALREADY = { CAPTURE: "ORDER_ALREADY_CAPTURED", AUTHORIZE: "ORDER_ALREADY_AUTHORIZED" } as const;

/**
 * The payer says with what the order is to be paid, e.g. from card fields or Apple Pay in a browser.
 * @throws PaypalRefusal when the order is not open any more, or the source cannot be used
 */
export function confirmSource(account: Account, id: string, request: ConfirmRequest): OrderRecord {
  const order = account.order(id);
  checkOpen(order);
  const kind = sourceKind(request.payment_source);
  if (kind === null) {
    throw refuse("NO_PAYMENT_SOURCE_PROVIDED", { field: "/payment_source" });
  }
  const { return_url, cancel_url } = {
    ...request.application_context,
    ...request.payment_source[kind === "apple_pay" || kind === "google_pay" ? "card" : kind]
      ?.experience_context,
  } as Readonly<{ return_url?: string; cancel_url?: string }>;
  order.return_url = return_url ?? order.return_url;
  order.cancel_url = cancel_url ?? order.cancel_url;
  take(account, order, request.payment_source);
  if (order.instrument && !needsPayer(account, order, order.instrument)) {
    markApproved(account, order);
  } else {
    requirePayer(account, order);
  }
  return order;
}

/**
 * Captures or authorizes an order that its payer approved, or with a source that needs no approval.
 * @throws PaypalRefusal ORDER_NOT_APPROVED, ORDER_ALREADY_CAPTURED, ORDER_ALREADY_AUTHORIZED,
 * ACTION_DOES_NOT_MATCH_INTENT, ORDER_EXPIRED, PAYER_ACTION_REQUIRED, and what paying may refuse
 */
export function completeOrder(
  account: Account,
  id: string,
  verb: Intent,
  source: PaymentSourceRequest | undefined,
): OrderRecord {
  const order = account.orders.get(id);
  if (order?.expired && order.approved && verb === "AUTHORIZE") {
    throw refuse("ORDER_EXPIRED");
  }
  return complete(account, account.order(id), verb, source);
}

function complete(
  account: Account,
  order: OrderRecord,
  verb: Intent,
  source: PaymentSourceRequest | undefined,
): OrderRecord {
  if (order.intent !== verb) {
    throw refuse("ACTION_DOES_NOT_MATCH_INTENT");
  }
  checkOpen(order);
  if (sourceKind(source) !== null && source) {
    take(account, order, source);
    if (order.instrument && needsPayer(account, order, order.instrument)) {
      sendBackToPayer(account, order, "PAYER_ACTION_REQUIRED");
    }
  } else if (order.status !== "APPROVED" && order.authentication === null) {
    const asked = order.status === "PAYER_ACTION_REQUIRED" && order.instrument !== null;
    throw asked
      ? refuse("PAYER_ACTION_REQUIRED", {}, [payerActionLink(account, order)])
      : refuse("ORDER_NOT_APPROVED");
  }
  payOrder(account, order);
  return order;
}

/** Notes what the order is to be paid with now. What another card's holder answered counts no more. */
function take(account: Account, order: OrderRecord, source: PaymentSourceRequest): void {
  const kind = sourceKind(source);
  if (kind === null) {
    return;
  }
  const verification = verificationOf(source) ?? order.verification;
  const instrument = instrumentOf(account, source, kind, verification);
  if (!instrument && !isWallet(kind)) {
    throw refuse(kind === "card" ? "CARD_NUMBER_REQUIRED" : "ONE_OF_PARAMETERS_REQUIRED", {
      field: `/payment_source/${kind}`,
    });
  }
  order.source = kind;
  order.verification = verification;
  order.wish = vaultWish(source, kind) ?? order.wish;
  order.instrument = instrument && { ...instrument, vault: instrument.vault ?? order.wish };
  order.authentication = null;
}

function checkOpen(order: OrderRecord): void {
  if (order.status === "COMPLETED") {
    throw refuse(ALREADY[order.intent]);
  }
  if (order.status === "VOIDED") {
    throw refuse("ORDER_COMPLETED_OR_VOIDED");
  }
}
