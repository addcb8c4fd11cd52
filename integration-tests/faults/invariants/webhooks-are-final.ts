import type { Books } from "./books";
import { Judge, type Invariant } from "./invariant";

/** 6. Every genuine webhook reached a final state; no forged one was let in. */
export const webhooksAreFinal: Invariant = {
  name: "webhooks are worked, forged ones are not",
  check: (books: Books) => {
    const judge = new Judge();
    for (const { event_id, status, error } of books.unfinished_events) {
      judge.say(`webhook ${event_id} is still ${status}${error ? `: ${error}` : ""}`);
    }
    for (const event_id of books.forged_events) {
      judge.say(`the forged webhook ${event_id} was stored`);
    }
    return judge;
  },
};
