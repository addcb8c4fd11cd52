import { addMoney, subtractMoney, type Money } from "../../gateway/money";
import { fromApiMoney } from "./amounts";
import type {
  AuthorizationAnswer,
  CaptureAnswer,
  OrderAnswer,
  PurchaseUnitAnswer,
  RefundAnswer,
} from "./answers";

/** Payments v2, `capture_status`, and what its webhooks name beside: the money came in, whatever became of it since. */
const ARRIVED: readonly string[] = ["COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED", "REVERSED"];
/** All of it went back, also where no refund of the store's stands for it, as after a chargeback. */
const WENT_BACK: readonly string[] = ["REFUNDED", "REVERSED"];
/** It never came. */
const FAILED: readonly string[] = ["DECLINED", "FAILED"];
/** Payments v2, `refund_status`: a pending one is on its way, and is given back unless it fails. */
const GIVEN_BACK: readonly string[] = ["COMPLETED", "PENDING"];
/** Payments v2, `authorization_status`, and what its webhooks name beside: it holds no money any more, or never did. */
const OVER: readonly string[] = ["VOIDED", "EXPIRED", "DENIED"];

/** The only purchase unit of an order of ours. */
export function unitOf({ purchaseUnits }: OrderAnswer): PurchaseUnitAnswer {
  const [unit] = purchaseUnits;
  if (!unit) {
    throw new Error("An order without a purchase unit passed the parser.");
  }
  return unit;
}

/** What the order was made for. */
export function amountOf(order: OrderAnswer): Money {
  return fromApiMoney(unitOf(order).amount);
}

/** True while the payer has paid nothing and nothing was tried. */
export function isUnpaid(order: OrderAnswer): boolean {
  const { authorizations, captures } = unitOf(order).payments;
  return order.status !== "VOIDED" && authorizations.length === 0 && captures.length === 0;
}

/**
 * The authorizations that are not over: they hold money, or what they held was captured. The one that renewed another comes
 * last. One that was used up by captures that failed is none.
 */
export function standingAuthorizations(order: OrderAnswer): AuthorizationAnswer[] {
  const captures = capturesOf(order);
  const in_vain = captures.length > 0 && captures.every(({ status }) => FAILED.includes(status));
  return authorizationsOf(order).filter(
    ({ status }) => !OVER.includes(status) && !(in_vain && status === "CAPTURED"),
  );
}

/** All authorizations, the latest last. */
export function authorizationsOf(order: OrderAnswer): AuthorizationAnswer[] {
  return oldestFirst(unitOf(order).payments.authorizations);
}

/** All captures, the latest last. */
export function capturesOf(order: OrderAnswer): CaptureAnswer[] {
  return oldestFirst(unitOf(order).payments.captures);
}

/** The captures whose money came in. */
export function arrivedCaptures(order: OrderAnswer): CaptureAnswer[] {
  return capturesOf(order).filter(({ status }) => ARRIVED.includes(status));
}

/** The captures whose money PayPal holds back, as with an eCheck or while it looks at them. */
export function pendingCaptures(order: OrderAnswer): CaptureAnswer[] {
  return capturesOf(order).filter(({ status }) => status === "PENDING");
}

/** The captures that took nothing, some of which PayPal held back before. */
export function refusedCaptures(order: OrderAnswer): CaptureAnswer[] {
  return capturesOf(order).filter(({ status }) => FAILED.includes(status));
}

/** What of it is held back. */
export function pendingOf(order: OrderAnswer): Money {
  return sumOf(order, pendingCaptures(order));
}

/** What came in. */
export function capturedOf(order: OrderAnswer): Money {
  return sumOf(order, arrivedCaptures(order));
}

/** What was given back of it. */
export function refundedOf(order: OrderAnswer): Money {
  const whole = capturesOf(order).filter(({ status }) => WENT_BACK.includes(status));
  const of_whole = givenBack(order).filter((refund) => whole.some(({ id }) => belongsTo(order, refund, id)));
  const of_others = givenBack(order).filter((refund) => !of_whole.includes(refund));
  return addMoney(sumOf(order, whole), sumOf(order, of_others));
}

/** What was given back under this mark of ours. */
export function refundedAs(order: OrderAnswer, mark: string): Money {
  return sumOf(
    order,
    givenBack(order).filter(({ customId }) => customId === mark),
  );
}

/** A capture and what of it is not given back yet. */
export type Refundable = Readonly<{ id: string; left: Money }>;

/** The captures that still have something to give back, oldest first. */
export function refundableCaptures(order: OrderAnswer): Refundable[] {
  return arrivedCaptures(order)
    .filter(({ status }) => !WENT_BACK.includes(status))
    .map(({ id, amount }) => {
      const refunds = givenBack(order).filter((refund) => belongsTo(order, refund, id));
      return { id, left: subtractMoney(fromApiMoney(amount), sumOf(order, refunds)) };
    })
    .filter(({ left }) => left.amount_minor > 0n);
}

/** The id of the capture that a refund names as its parent. */
export function captureIn(links: readonly Readonly<{ href: string; rel: string }>[]): string | undefined {
  return links
    .map(({ href, rel }) => (rel === "up" ? /\/captures\/([\w-]+)$/.exec(href)?.[1] : undefined))
    .find((id) => id !== undefined);
}

/** A refund that names no capture is of the only one there is. */
function belongsTo(order: OrderAnswer, refund: RefundAnswer, capture_id: string): boolean {
  return capturesOf(order).length === 1 || captureIn(refund.links) === capture_id;
}

function givenBack(order: OrderAnswer): RefundAnswer[] {
  return unitOf(order).payments.refunds.filter(({ status }) => GIVEN_BACK.includes(status));
}

function sumOf(order: OrderAnswer, moves: readonly Pick<CaptureAnswer, "amount">[]): Money {
  const nothing: Money = { ...amountOf(order), amount_minor: 0n };
  return moves.reduce((sum, { amount }) => addMoney(sum, fromApiMoney(amount)), nothing);
}

function oldestFirst<T extends Readonly<{ createTime?: string }>>(moves: readonly T[]): T[] {
  return moves.toSorted((a, b) => timeOf(a) - timeOf(b));
}

function timeOf({ createTime }: Readonly<{ createTime?: string }>): number {
  const time = createTime === undefined ? Number.NaN : Date.parse(createTime);
  return Number.isNaN(time) ? 0 : time;
}
