import type { Gateway } from "../gateways/gateway";
import type { Lane } from "../schedule/lane";
import type { Rng } from "../schedule/rng";
import type { Act } from "./act";
import { confirm, haveAttempt, optionOf } from "./checkout";
import { sideOf } from "./sides";

/** What shoppers do where the gateway's script in the page may confirm by itself; nothing where it may not. */
export function browserActs({ confirmInBrowser }: Gateway): readonly Act[] {
  return confirmInBrowser
    ? [
        { weight: 3, plan: payInBrowser },
        { weight: 3, plan: payInOldTab },
      ]
    : [];
}

/** As a page does that follows the gateway's own guide: the store hears of it when the shopper comes back, or later. */
function payInBrowser(rng: Rng, { instruments }: Gateway) {
  const side = sideOf(rng);
  const card = rng.weighted(instruments.in_browser);
  const comes_back = rng.chance(0.6);
  return {
    text: `the shopper pays by ${card.name} in the gateway's form`,
    play: async (lane: Lane) => {
      if (!(await haveAttempt(lane, optionOf(lane, side, "card"))) || !lane.attempt) {
        return;
      }
      await confirmWith(lane, lane.handed_out.at(-1), card.name);
      if (comes_back) {
        await confirm(lane, undefined, "coming back from the form");
      }
    },
  };
}

/** A tab that was left open, of a payment the shopper has turned away from since. */
function payInOldTab(rng: Rng, { instruments }: Gateway) {
  const card = rng.weighted(instruments.in_browser);
  return {
    text: `the shopper pays by ${card.name} in the first tab that was opened`,
    play: (lane: Lane) => confirmWith(lane, lane.handed_out[0], card.name),
  };
}

async function confirmWith(lane: Lane, handed: Lane["handed_out"][number] | undefined, card: string) {
  const { bank, gateway } = lane.stage;
  if (!handed || !gateway.confirmInBrowser) {
    return lane.timeline.note("there is no form open");
  }
  const { account, client } = handed;
  const said = await gateway.confirmInBrowser(bank.merchant_urls[account] ?? "", account, client, card);
  lane.timeline.note(`${account}'s form confirms ${String(client.id)}: ${said}`);
}
