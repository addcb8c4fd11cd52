import type { Account } from "./account";
import type { Intent, OrderStatus } from "./contract/types";
import { lesserOf, minorOf, type MinorUnits } from "./money";
import { familyOf } from "./objects/authorizations";
import type { Deed, OrderRecord } from "./records";

/** What an order has done with money, in the smallest unit. */
export type LedgerRow = Readonly<{
  id: string;
  account: string;
  status: OrderStatus;
  intent: Intent;
  currency: string;
  amount: MinorUnits;
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

/** Every order of an account, in the order they were made. */
export function ledgerOf(account: Account): LedgerRow[] {
  return [...account.orders.values()].map((order) => rowOf(account, order));
}

function rowOf(account: Account, order: OrderRecord): LedgerRow {
  const authorizations = [...account.authorizations.values()].filter(({ order_id }) => order_id === order.id);
  const first = authorizations.filter(({ parent_id, status }) => parent_id === null && status !== "DENIED");
  const captures = [...account.captures.values()].filter(({ order_id }) => order_id === order.id);
  const taken = captures.filter(({ status }) => !["DECLINED", "FAILED", "PENDING"].includes(status));
  const pending = captures.filter(({ status }) => status === "PENDING");
  const held = first.map((authorization) => {
    const family = familyOf(account, authorization);
    const captured = family.reduce((sum, member) => sum + member.captured, 0n);
    const left = authorization.amount - lesserOf(captured, authorization.amount);
    return { left, open: !authorization.closed };
  });
  const [unit] = order.purchase_units;
  return {
    id: order.id,
    account: account.id,
    status: order.status,
    intent: order.intent,
    currency: unit?.amount.currency_code ?? "",
    amount: order.purchase_units.reduce((sum, { amount }) => sum + minorOf(amount, "/amount"), 0n),
    authorized: total(held.filter(({ open }) => open).map(({ left }) => left)),
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
