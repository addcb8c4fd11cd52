import { pause } from "../schedule/lane";
import type { PlannedAct } from "./act";
import { confirm, optionOf, poll, start } from "./checkout";
import type { Side } from "./instruments";

const TRIES = 4;

/** A shopper who means it: with a good card, again when it does not work, until there is an order. */
export function payForGood(side: Side): PlannedAct {
  return {
    text: "the shopper pays by good card until it works",
    play: async (lane) => {
      for (let turn = 0; turn < TRIES && !lane.order_id; turn += 1) {
        const started = await start(
          lane,
          optionOf(lane, turn % 2 === 0 ? side : ((1 - side) as Side), "card"),
        );
        if (lane.attempt && started.status === 200) {
          await confirm(lane, { token: "tok_visa" }, "for good");
        }
        if (started.body?.code === "cart_completed") {
          return;
        }
        if (!lane.order_id) {
          await pause(100);
          await poll(lane);
        }
      }
    },
  };
}
