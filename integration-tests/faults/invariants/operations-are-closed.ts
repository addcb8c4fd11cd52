import { openFindings, type Books } from "./books";
import { Judge, type Invariant } from "./invariant";

const EXCUSES = ["outcome_unknown", "ledger_difference", "money_without_order", "order_not_covered"];

/** 5. Every operation that was started is closed, every attempt is settled, or a finding says that it is not. */
export const operationsAreClosed: Invariant = {
  name: "every operation is closed",
  check: (books: Books) => {
    const judge = new Judge();
    const openAbout = (id: string) => openFindings(books, [id]);
    for (const { id, attempt_id, kind, status } of books.operations) {
      if (status === "started" || status === "unknown") {
        judge.say(`operation ${id} (${kind} of ${attempt_id}) is ${status}`, EXCUSES, openAbout(attempt_id));
      }
    }
    for (const { id, status } of books.attempts) {
      if (status === "unknown") {
        judge.say(`attempt ${id} is unknown`, EXCUSES, openAbout(id));
      }
    }
    return judge;
  },
};
