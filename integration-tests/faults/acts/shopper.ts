import { pause } from "../schedule/lane";
import type { Rng } from "../schedule/rng";
import type { Act } from "./act";
import type { Gateway } from "../gateways/gateway";
import {
  changeQuantity,
  confirm,
  decide,
  haveAttempt,
  makeReady,
  optionOf,
  payWith,
  poll,
  start,
} from "./checkout";
import { confirmWith } from "./in-browser";
import { sideOf } from "./sides";
import type { Answer } from "../system/http";

const WALLETS = ["apple_pay", "google_pay"] as const;
const METHODS = ["card", "card", "bank_redirect", ...WALLETS] as const;
const QUANTITIES = [1, 2, 3] as const;

/** What shoppers do, and how often. */
export const SHOPPER_ACTS: readonly Act[] = [
  { weight: 10, plan: payByCard },
  { weight: 5, plan: payWithThreeDSecure },
  { weight: 5, plan: payByBankRedirect },
  { weight: 2, plan: payByWallet },
  { weight: 4, plan: confirmTwiceAtOnce },
  { weight: 3, plan: switchWhileConfirming },
  { weight: 3, plan: startOnly },
  { weight: 3, plan: changeCart },
  { weight: 3, plan: changeCartWhileConfirming },
  { weight: 3, plan: pollOnce },
  { weight: 1, plan: lookAtOptions },
  { weight: 2, plan: payThroughMedusa },
];

function payByCard(rng: Rng, { instruments }: Gateway) {
  const side = sideOf(rng);
  const card = rng.weighted(instruments.cards);
  return act(`pays by ${card.name}`, async (lane) => {
    if (await haveAttempt(lane, optionOf(lane, side, "card"))) {
      await payWith(lane, card, `by ${card.name}`);
    }
  });
}

function payWithThreeDSecure(rng: Rng, { instruments }: Gateway) {
  const side = sideOf(rng);
  const card = rng.weighted(instruments.secured_cards);
  const decision = rng.pick(["approve", "approve", "approve", "fail", "close", "nothing"] as const);
  const comes_back = rng.chance(0.75);
  return act(`pays by ${card.name}, then ${decision}`, async (lane) => {
    if (!(await haveAttempt(lane, optionOf(lane, side, "card")))) {
      return;
    }
    const first = await payWith(lane, card, `by ${card.name}`);
    if (first?.body?.type !== "action_required" || decision === "nothing") {
      return;
    }
    await decide(lane, decision);
    if (comes_back) {
      await confirm(lane, undefined, "coming back");
    }
  });
}

function payByBankRedirect(rng: Rng, { instruments }: Gateway) {
  const side = sideOf(rng);
  const decision = rng.pick(["approve", "approve", "fail", "cancel", "later", "nothing"] as const);
  const comes_back = rng.chance(0.6);
  return act(`pays by bank redirect, then ${decision}`, async (lane) => {
    if (!(await haveAttempt(lane, optionOf(lane, side, "bank_redirect")))) {
      return;
    }
    const first = await payWith(lane, instruments.redirect(lane.spec), "by bank redirect");
    if (first?.body?.type !== "action_required" || decision === "nothing") {
      return;
    }
    await decide(lane, decision);
    if (comes_back) {
      await confirm(lane, undefined, "coming back");
    }
  });
}

function payByWallet(rng: Rng, { instruments }: Gateway) {
  const side = sideOf(rng);
  const wallet = rng.pick(WALLETS);
  const card = rng.pick(instruments.wallet(wallet));
  return act(`pays by ${wallet}`, async (lane) => {
    if (await haveAttempt(lane, optionOf(lane, side, wallet))) {
      await payWith(lane, card, `by ${wallet}`);
    }
  });
}

export function confirmTwiceAtOnce(rng: Rng, { instruments }: Gateway) {
  const side = sideOf(rng);
  const card = rng.weighted(instruments.cards);
  const apart_ms = rng.between(0, 80);
  return act(`confirms ${card.name} twice, ${apart_ms} ms apart`, async (lane) => {
    if (!(await haveAttempt(lane, optionOf(lane, side, "card")))) {
      return;
    }
    const ready = await makeReady(lane, card);
    if (!ready) {
      return;
    }
    const first = confirm(lane, ready.data, "first");
    await pause(apart_ms);
    await Promise.all([first, confirm(lane, ready.data, "second")]);
  });
}

function switchWhileConfirming(rng: Rng, { instruments }: Gateway) {
  const [from, to] = [sideOf(rng), sideOf(rng)];
  const method = rng.pick(METHODS);
  const after_ms = rng.between(0, 150);
  return act(`confirms, and chooses ${method} after ${after_ms} ms`, async (lane) => {
    if (!(await haveAttempt(lane, optionOf(lane, from, "card")))) {
      return;
    }
    const confirmed = payWith(lane, instruments.good);
    await pause(after_ms);
    await Promise.all([confirmed, start(lane, optionOf(lane, to, method))]);
  });
}

function startOnly(rng: Rng) {
  const side = sideOf(rng);
  const method = rng.pick(METHODS);
  const request_key = rng.chance(0.3) ? `key-${rng.between(1, 3)}` : undefined;
  return act(`chooses ${method}`, async (lane) => {
    await start(lane, optionOf(lane, side, method), request_key);
  });
}

function changeCart(rng: Rng) {
  const quantity = rng.pick(QUANTITIES);
  return act("changes the cart", async (lane) => {
    await changeQuantity(lane, quantity);
  });
}

export function changeCartWhileConfirming(rng: Rng, { instruments }: Gateway) {
  const side = sideOf(rng);
  const quantity = rng.pick(QUANTITIES);
  const after_ms = rng.between(0, 150);
  return act(`confirms, and changes the cart after ${after_ms} ms`, async (lane) => {
    if (!(await haveAttempt(lane, optionOf(lane, side, "card")))) {
      return;
    }
    const confirmed = payWith(lane, instruments.good);
    await pause(after_ms);
    await Promise.all([confirmed, changeQuantity(lane, quantity)]);
  });
}

function pollOnce() {
  return act("asks how the attempt stands", async (lane) => {
    await poll(lane);
  });
}

function lookAtOptions() {
  return act("looks at the options", async (lane) => {
    await lane.shop("GET", `/store/carts/${lane.cart_id}/payment-options`);
  });
}

/** An unmodified storefront pays with the same providers. */
function payThroughMedusa(rng: Rng, { instruments }: Gateway) {
  const side = sideOf(rng);
  const { name, data, agrees_in_browser } = rng.pick(instruments.medusa);
  return act(`pays ${name} through Medusa's own routes`, async (lane) => {
    const made = await lane.shop("POST", "/store/payment-collections", { cart_id: lane.cart_id });
    const id = made.body?.payment_collection?.id;
    if (!id) {
      lane.note("medusa collection", made);
      return;
    }
    const provider_id = lane.spec.providers[side];
    const session = await lane.shop("POST", `/store/payment-collections/${id}/payment-sessions`, {
      provider_id,
      data,
    });
    lane.note("medusa session", session);
    if (session.status === 200) {
      if (agrees_in_browser !== undefined) {
        const client = clientIn(session, provider_id);
        const account = lane.spec.accounts[side];
        await confirmWith(lane, client && { account, client }, agrees_in_browser);
      }
      const completed = await lane.shop("POST", `/store/carts/${lane.cart_id}/complete`, {});
      lane.note("medusa complete", completed);
      if (completed.body?.type === "order") {
        lane.order_id = completed.body.order.id;
      }
    }
  });
}

/** What Medusa's session hands to the gateway's script. */
function clientIn({ body }: Answer, provider: string): Readonly<Record<string, unknown>> | undefined {
  const sessions: readonly Readonly<{ provider_id: string; data: { client?: Record<string, unknown> } }>[] =
    body.payment_collection?.payment_sessions ?? [];
  return sessions.find(({ provider_id }) => provider_id === provider)?.data.client;
}

function act(text: string, play: ReturnType<Act["plan"]>["play"]): ReturnType<Act["plan"]> {
  return { text: `the shopper ${text}`, play };
}
