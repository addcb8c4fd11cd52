import { findingsAbout, heldMinor, openFindings, type Books } from "./books";
import { Judge, type Invariant } from "./invariant";

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
      const covering = books.bank.reduce((sum, row) => sum + row.authorized_minor - row.voided_minor, 0);
      // What was refused after a part was captured is what the operator asked for.
      const released = books.asks.some(({ kind }) => kind === "cancel_order");
      if (covering < order.total_minor && !released) {
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
