import {
  addMoney,
  money,
  subtractMoney,
  type AttemptStatus,
  type GatewayCapabilities,
  type Money,
} from "../gateway";

/** A payment as it is on record with Medusa, and its attempt. */
export type PaymentOnRecord = Readonly<{
  amount: Money;
  captured: Money;
  /** How many captures there were. */
  captures: number;
  refunded: Money;
  is_canceled: boolean;
  attempt_status: AttemptStatus;
  /** Refunds in money that people are carrying out, and that are no refunds yet. */
  being_refunded: Money;
}>;

type Actions = Pick<
  GatewayCapabilities,
  "capture" | "partial_capture" | "multiple_capture" | "partial_refund" | "void"
>;

/** What an operator may do about a payment, at the most. Nothing where an amount is zero. */
export type PaymentActions = Readonly<{
  capturable: Money;
  /** Whether less than that may be captured. */
  partial_capture: boolean;
  /** Whether what a capture leaves may be captured later; it is let go otherwise. */
  multiple_capture: boolean;
  refundable: Money;
  partial_refund: boolean;
  voidable: Money;
}>;

/** Money that nobody knows the whereabouts of is left alone until it was read from the gateway. */
const SETTLED: readonly AttemptStatus[] = ["authorized", "captured"];

/** What may be done about a payment, from what is on record and what its gateway can. */
export function paymentActions(payment: PaymentOnRecord, can: Actions): PaymentActions {
  const { amount, captured, captures, refunded, is_canceled, attempt_status, being_refunded } = payment;
  const nothing = money(0n, amount.currency);
  const is_open = !is_canceled && SETTLED.includes(attempt_status);
  const may_capture = is_open && can.capture === "manual" && (captures === 0 || can.multiple_capture);
  const may_void = is_open && can.void && attempt_status === "authorized" && captures === 0;
  return {
    capturable: may_capture ? left(amount, captured) : nothing,
    partial_capture: can.partial_capture,
    multiple_capture: can.multiple_capture,
    refundable: is_canceled ? nothing : left(captured, addMoney(refunded, being_refunded)),
    partial_refund: can.partial_refund,
    voidable: may_void ? amount : nothing,
  };
}

/** What is left of it; nothing where more is gone than there was. */
function left(of: Money, gone: Money): Money {
  return gone.amount_minor > of.amount_minor ? money(0n, of.currency) : subtractMoney(of, gone);
}
