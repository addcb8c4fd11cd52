import { findingsAbout, heldMinor, type Books } from "./books";
import { Judge, type Invariant } from "./invariant";

/** Findings that tell the operator of money which ought not to be there. */
const EXCUSES = ["money_without_order", "outcome_unknown", "refund_failed"];

/** 1. A cart has at most one live payment at any bank, and at most one order. */
export const oneLivePayment: Invariant = {
  name: "one live payment and one order per cart",
  check: (books: Books) => {
    const judge = new Judge();
    const live = books.bank.filter((row) => heldMinor(row) > 0);
    if (live.length > 1) {
      const words = live.map((row) => `${row.reference} at ${row.provider} holds ${heldMinor(row)}`);
      const open = live.flatMap((row) => findingsAbout(books, row));
      judge.say(`the cart is paid ${live.length} times: ${words.join("; ")}`, EXCUSES, open);
    }
    for (const { reference, authorizations } of books.bank) {
      if (authorizations > 1) {
        judge.say(`${reference} was authorized ${authorizations} times`);
      }
    }
    if (books.orders.length > 1) {
      judge.say(`the cart has ${books.orders.length} orders: ${books.orders.map(({ id }) => id).join(", ")}`);
    }
    return judge;
  },
};
