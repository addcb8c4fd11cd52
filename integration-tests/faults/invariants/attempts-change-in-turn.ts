import { canChange, type AttemptStatus } from "../../../src/gateway/attempt-states";
import type { Books } from "./books";
import { Judge, type Invariant } from "./invariant";

/** 7. An attempt changes as the table of its states allows, and its claim is never taken from whoever holds it. */
export const attemptsChangeInTurn: Invariant = {
  name: "attempts change by the table, one worker at a time",
  check: (books: Books) => {
    const judge = new Judge();
    for (const { attempt_id, from_status, to_status, ousted } of books.changes) {
      if (ousted !== null) {
        judge.say(`the claim on attempt ${attempt_id} was taken from ${ousted}, whose lease had not run out`);
      }
      if (from_status !== to_status && !canChange(from_status as AttemptStatus, to_status as AttemptStatus)) {
        judge.say(`attempt ${attempt_id} went from ${from_status} to ${to_status}`);
      }
    }
    return judge;
  },
};
