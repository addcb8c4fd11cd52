import type { BankRow } from "../system/bank";
import { findingsAbout, heldMinor, openFindings, type Books } from "./books";
import { Judge, type Invariant } from "./invariant";
import { returnedMinor } from "./moves";

/** Findings that say the money of an order went away at the bank. */
const NOT_COVERED = ["order_not_covered", "ledger_difference", "amount_mismatch"];
/** Findings that say there is money which belongs to no order. */
const NO_ORDER = ["money_without_order", "outcome_unknown", "refund_failed", "amount_mismatch"];

/** 3. No order without money that covers it; no money without an order, a refund or an open finding. */
export const ordersAreCovered: Invariant = {
  name: "orders are covered, and money has an order",
  check: (books: Books) => {
    const judge = new Judge();
    const [order] = books.orders;
    if (order && !order.canceled) {
      const covering = books.bank.reduce((sum, row) => sum + coveringMinor(books, row), 0);
      if (covering < order.total_minor) {
        const open = openFindings(books);
        judge.say(
          `order ${order.id} is for ${order.total_minor}, the bank holds or took ${covering} for it`,
          NOT_COVERED,
          open,
        );
      }
    }
    for (const row of order && !order.canceled ? [] : books.bank) {
      if (heldMinor(row) > 0) {
        judge.say(
          `${row.reference} at ${row.provider} holds ${heldMinor(row)} (${row.status}) and there is no order for it`,
          NO_ORDER,
          findingsAbout(books, row),
        );
      }
    }
    return judge;
  },
};

/** What was given to the shop and stayed with it. What operators refund was covered when they did. */
function coveringMinor(books: Books, row: BankRow): number {
  return row.authorized_minor - row.voided_minor - returnedMinor(books, row);
}
