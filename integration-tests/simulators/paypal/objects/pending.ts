import type { Account } from "../account";
import { refuse } from "../errors";
import type { AuthorizationRecord, CaptureRecord, OrderRecord } from "../records";
import { noteDeed } from "./deeds";
import { authorizationView, captureView } from "./views";

export type Ending = "COMPLETED" | "DECLINED";

/**
 * A pending capture or authorization ends: the money is there, or it is not.
 * @throws PaypalRefusal for one that is not pending
 */
export function endPending(account: Account, id: string, ending: Ending): void {
  const authorization = account.authorizations.get(id);
  if (authorization) {
    endAuthorization(account, authorization, ending);
  } else {
    endCapture(account, account.capture(id), ending);
  }
}

/** Has what is pending come good when the account's time for it is over. */
export function endPendingInTime(
  account: Account,
  { id, status }: CaptureRecord | AuthorizationRecord,
): void {
  const { pending_ends_after_ms } = account.options;
  if (status === "PENDING" && pending_ends_after_ms !== undefined) {
    account.clock.after(pending_ends_after_ms, () => {
      if ((account.captures.get(id) ?? account.authorizations.get(id))?.status === "PENDING") {
        endPending(account, id, "COMPLETED");
      }
    });
  }
}

function endCapture(account: Account, capture: CaptureRecord, ending: Ending): void {
  assertPending(capture);
  const { id, amount, authorization_id } = capture;
  capture.status = ending;
  capture.pending_reason = null;
  capture.updated_ms = account.clock.now();
  if (ending === "DECLINED" && authorization_id !== null) {
    account.authorization(authorization_id).captured -= amount;
  }
  noteEnd(account, capture, ending === "COMPLETED" ? "capture" : "decline");
  const event = ending === "COMPLETED" ? "PAYMENT.CAPTURE.COMPLETED" : "PAYMENT.CAPTURE.DENIED";
  account.emit(event, captureView(account, account.capture(id)));
}

/** PayPal has an event for one that was approved, and none for one that was denied (docs: Webhook event names). */
function endAuthorization(account: Account, authorization: AuthorizationRecord, ending: Ending): void {
  assertPending(authorization);
  authorization.status = ending === "COMPLETED" ? "CREATED" : "DENIED";
  authorization.closed = ending === "DECLINED";
  authorization.updated_ms = account.clock.now();
  noteEnd(account, authorization, ending === "COMPLETED" ? "authorize" : "decline");
  if (ending === "COMPLETED") {
    account.emit("PAYMENT.AUTHORIZATION.CREATED", authorizationView(account, authorization));
  }
}

function assertPending({ status }: Readonly<{ status: string }>): void {
  if (status !== "PENDING") {
    throw refuse("REFUND_NOT_ALLOWED");
  }
}

/** What comes of it came of the request that began it. */
function noteEnd(
  account: Account,
  { id, order_id, amount }: CaptureRecord | AuthorizationRecord,
  kind: "authorize" | "capture" | "decline",
): void {
  const order = orderOf(account, order_id);
  const begun = order.deeds.find(({ resource_id }) => resource_id === id);
  noteDeed(account, order, kind, amount, id, { request_id: begun?.request_id ?? null });
}

function orderOf(account: Account, order_id: string): OrderRecord {
  const order = account.orders.get(order_id);
  if (!order) {
    throw new Error(`The order ${order_id} of what is pending is not there.`);
  }
  return order;
}
