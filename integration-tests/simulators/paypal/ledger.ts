import type { Account } from "./account";
import type { Intent, OrderStatus } from "./contract/types";
import { lesserOf, type MinorUnits } from "./money";
import { familyOf } from "./objects/authorizations";
import { totalOf } from "./objects/order-amounts";
import type { Deed, OrderRecord } from "./records";

/** What an order has done with money, in the smallest unit. */
export type LedgerRow = Readonly<{
  id: string;
  account: string;
  status: OrderStatus;
  intent: Intent;
  currency: string;
  amount: MinorUnits;
  /** Authorizations that are pending. */
  undecided: MinorUnits;
  /** Reserved and neither captured nor released. */
  authorized: MinorUnits;
  captured: MinorUnits;
  /** Captures that are pending. */
  pending: MinorUnits;
  refunded: MinorUnits;
  /** Taken back by PayPal for a dispute that was lost. */
  reversed: MinorUnits;
  /** Authorized once and released without being captured. */
  voided: MinorUnits;
  /** Authorizations that were made, without reauthorizations. */
  authorizations: number;
  reauthorizations: number;
  captures: number;
  custom_id: string | null;
  invoice_id: string | null;
  /** What was done, in order. */
  operations: readonly Deed[];
}>;

/** Statuses of captures whose money came. */
const ARRIVED: readonly string[] = ["COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED"];

/** Ids of what is not over. */
export type OpenPayments = Readonly<{
  /** Of which something is left to capture or void. */
  authorizations: readonly string[];
  /** Of which something is left to refund, and how much. */
  captures: readonly Readonly<{ id: string; left: MinorUnits }>[];
  /** Authorizations and captures. */
  pending: readonly string[];
}>;

/**
 * The orders of an account to which something happened after a revision of it, in the order they were made.
 * @param since 0 for all
 */
export function ledgerOf(account: Account, since = 0): LedgerRow[] {
  const changed = account.changedSince(since);
  return [...account.orders.values()]
    .filter(({ id }) => changed.has(id))
    .map((order) => rowOf(account, order));
}

/** What of an order is not over. */
export function openPayments(account: Account, order_id: string): OpenPayments {
  const authorizations = [...account.authorizations.values()].filter((made) => made.order_id === order_id);
  const captures = [...account.captures.values()].filter((made) => made.order_id === order_id);
  return {
    authorizations: authorizations
      .filter(({ closed, status }) => !closed && status !== "PENDING")
      .map(({ id }) => id),
    captures: captures
      .map(({ id, status, amount, refunded, reversed }) => ({
        id,
        left: ARRIVED.includes(status) ? amount - refunded - reversed : 0n,
      }))
      .filter(({ left }) => left > 0n),
    pending: [...authorizations, ...captures]
      .filter(({ status }) => status === "PENDING")
      .map(({ id }) => id),
  };
}

function rowOf(account: Account, order: OrderRecord): LedgerRow {
  const authorizations = [...account.authorizations.values()].filter(({ order_id }) => order_id === order.id);
  const first = authorizations.filter(({ parent_id, status }) => parent_id === null && status !== "DENIED");
  const captures = [...account.captures.values()].filter(({ order_id }) => order_id === order.id);
  const taken = captures.filter(({ status }) => ARRIVED.includes(status));
  const pending = captures.filter(({ status }) => status === "PENDING");
  const held = first.map((authorization) => {
    const family = familyOf(account, authorization);
    const captured = family.reduce((sum, member) => sum + member.captured, 0n);
    const left = authorization.amount - lesserOf(captured, authorization.amount);
    return { left, open: !authorization.closed, undecided: authorization.status === "PENDING" };
  });
  const [unit] = order.purchase_units;
  return {
    id: order.id,
    account: account.id,
    status: order.status,
    intent: order.intent,
    currency: unit?.amount.currency_code ?? "",
    amount: totalOf(order),
    undecided: total(held.filter(({ undecided }) => undecided).map(({ left }) => left)),
    authorized: total(held.filter(({ open, undecided }) => open && !undecided).map(({ left }) => left)),
    captured: total(taken.map(({ amount }) => amount)),
    pending: total(pending.map(({ amount }) => amount)),
    refunded: total(taken.map(({ refunded }) => refunded)),
    reversed: total(taken.map(({ reversed }) => reversed)),
    voided: total(held.filter(({ open }) => !open).map(({ left }) => left)),
    authorizations: first.length,
    reauthorizations: authorizations.filter(({ parent_id }) => parent_id !== null).length,
    captures: captures.length,
    custom_id: unit?.custom_id ?? null,
    invoice_id: unit?.invoice_id ?? null,
    operations: [...order.deeds],
  };
}

function total(amounts: readonly MinorUnits[]): MinorUnits {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
