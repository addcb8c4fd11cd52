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
  const { name, method } = rng.weighted(instruments.in_browser);
  const comes_back = rng.chance(0.6);
  return {
    text: `the shopper pays by ${name} in the gateway's form`,
    play: async (lane: Lane) => {
      if (!(await haveAttempt(lane, optionOf(lane, side, method))) || !lane.attempt) {
        return;
      }
      await confirmWith(lane, lane.handed_out.at(-1), name);
      if (comes_back) {
        await confirm(lane, undefined, "coming back from the form");
      }
    },
  };
}

/** A tab that was left open, of a payment the shopper has turned away from since. */
function payInOldTab(rng: Rng, { instruments }: Gateway) {
  const { name } = rng.weighted(instruments.in_browser);
  return {
    text: `the shopper pays by ${name} in the first tab that was opened`,
    play: (lane: Lane) => confirmWith(lane, lane.handed_out[0], name),
  };
}

/** @param instrument a name of the gateway's `in_browser` */
export async function confirmWith(
  lane: Lane,
  handed: Lane["handed_out"][number] | undefined,
  instrument: string,
): Promise<void> {
  const { bank, gateway } = lane.stage;
  if (!handed || !gateway.confirmInBrowser) {
    return lane.timeline.note("there is no form open");
  }
  const { account, client } = handed;
  const { url = "" } = bank.accounts[account] ?? {};
  const said = await gateway.confirmInBrowser(url, account, client, instrument);
  lane.timeline.note(`${account}'s form confirms ${String(Object.values(client)[0])}: ${said}`);
}
