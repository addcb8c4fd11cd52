import { pause } from "../schedule/lane";
import type { PlannedAct } from "./act";
import { optionOf, payWith, poll, start } from "./checkout";
import type { Side } from "./sides";

const TRIES = 4;

/** A shopper who means it: with a good card, again when it does not work, until there is an order. */
export function payForGood(side: Side): PlannedAct {
  return {
    text: "the shopper pays by good card until it works",
    play: async (lane) => {
      for (let turn = 0; turn < TRIES && !lane.order_id; turn += 1) {
        const at = turn % 2 === 0 ? side : ((1 - side) as Side);
        const started = await start(lane, optionOf(lane, at, "card"));
        if (lane.attempt && started.status === 200) {
          await payWith(lane, lane.stage.gateway.instruments.good, "for good");
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
