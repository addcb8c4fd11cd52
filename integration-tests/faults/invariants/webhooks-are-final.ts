import type { Books } from "./books";
import { Judge, type Invariant } from "./invariant";

/** 6. Every genuine webhook stands in the inbox once and reached a final state; no forged one was let in. */
export const webhooksAreFinal: Invariant = {
  name: "webhooks are stored once and worked, forged ones are not",
  check: (books: Books) => {
    const judge = new Judge();
    for (const event of books.unfinished_events) {
      const { event_id, type, reference, status, tries, error, created_at, next_try_at } = event;
      judge.say(
        `webhook ${event_id} (${type} of ${reference ?? "nothing"}) came ${created_at.toISOString()} and is still ` +
          `${status} after ${tries} tries, due ${next_try_at?.toISOString() ?? "never"}${error ? `: ${error}` : ""}`,
      );
    }
    for (const { event_id, rows } of books.repeated_events) {
      judge.say(`webhook ${event_id} was stored ${rows} times`);
    }
    for (const event_id of books.forged_events) {
      judge.say(`the forged webhook ${event_id} was stored`);
    }
    return judge;
  },
};
