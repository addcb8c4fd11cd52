import type { Lane } from "../schedule/lane";
import type { Act } from "./act";
import type { Rng } from "../schedule/rng";
import type { Gateway } from "../gateways/gateway";
import { sideOf } from "./sides";
import { paymentsOf } from "./payments";

const ALWAYS: readonly Act[] = [
  { weight: 2, plan: forgeWebhook },
  { weight: 3, plan: repeatWebhook },
  { weight: 3, plan: payerDecidesLate },
];

/** What comes over the wire from somebody who is not the shopper or the operator. */
export function outsiderActs({ webhooks_can_be_altered }: Gateway): readonly Act[] {
  return webhooks_can_be_altered ? [...ALWAYS, { weight: 2, plan: alterWebhook }] : ALWAYS;
}

/** A webhook with a wrong signature, about a payment that exists. */
function forgeWebhook(rng: Rng, { event_types }: Gateway) {
  const side = sideOf(rng);
  const type = rng.pick(event_types);
  const event_id = `evt_forged_${rng.between(0, 2 ** 31)}_${rng.between(0, 2 ** 31)}`;
  return {
    text: `somebody forges a webhook ${type}`,
    play: async (lane: Lane) => {
      const provider = lane.spec.providers[side];
      const payment = (await paymentsOf(lane)).find((row) => row.provider === provider);
      lane.forged.push(event_id);
      lane.tally.fault("webhook_forged");
      const answer = await lane.stage.bank.webhook("forge", {
        provider,
        type,
        event_id,
        ...(payment && { reference: payment.reference }),
      });
      lane.timeline.note(`forged webhook ${event_id}: ${answer.body?.status}`);
    },
  };
}

/** A webhook that says something else than the bank did, under a signature that still fits. */
function alterWebhook(rng: Rng, { event_types }: Gateway) {
  const type = rng.pick(event_types);
  const event_id = `evt_altered_${rng.between(0, 2 ** 31)}_${rng.between(0, 2 ** 31)}`;
  return {
    text: `somebody changes what a webhook ${type} says`,
    play: async (lane: Lane) => {
      const payment = (await paymentsOf(lane)).at(-1);
      if (!payment) {
        return;
      }
      lane.tally.fault("webhook_altered");
      const { provider, reference } = payment;
      const answer = await lane.stage.bank.webhook("alter", { provider, reference, type, event_id });
      lane.timeline.note(`altered webhook ${event_id} of ${reference}: ${answer.body?.status}`);
    },
  };
}

/** A genuine webhook told several times at the same moment. */
export function repeatWebhook(rng: Rng, { event_types }: Gateway) {
  const type = rng.pick(event_types);
  const times = rng.between(1, 6);
  const event_id = `evt_repeated_${rng.between(0, 2 ** 31)}_${rng.between(0, 2 ** 31)}`;
  return {
    text: `the bank tells ${type} ${times} times at once`,
    play: async (lane: Lane) => {
      const payment = (await paymentsOf(lane)).at(-1);
      if (!payment) {
        return;
      }
      lane.tally.fault("webhook_repeated");
      const { provider, reference } = payment;
      const answer = await lane.stage.bank.webhook("send", { provider, reference, type, times, event_id });
      lane.timeline.note(`${type} of ${reference} told ${times} times: ${answer.body?.statuses}`);
    },
  };
}

/** At their own bank, long after leaving the shop's page. */
function payerDecidesLate(rng: Rng) {
  const decision = rng.pick(["approve", "approve", "decline"]);
  return {
    text: `the payer decides at the bank: ${decision}`,
    play: async (lane: Lane) => {
      const waiting = (await paymentsOf(lane)).find(
        ({ status }) => status === "pending" || status === "action_required",
      );
      if (waiting) {
        const { status } = await lane.stage.bank.act(waiting.reference, decision);
        lane.timeline.note(`${decision} of ${waiting.reference} at the bank: ${status}`);
      }
    },
  };
}
