import { Modules } from "@medusajs/framework/utils";
import Stripe from "stripe";
import { sessionData } from "../support/medusas-session";
import { euros, paidOf, total, type Case } from "./stage";

const DAY_MS = 86_400_000;

/** What Stripe tells, and what was done past the store. */
export const NEWS: readonly Case[] = [
  {
    happens: "a webhook with a forged signature",
    source: "medusajs/medusa PR #16257",
    good: "is answered with 400",
    play: async ({ running, contestant }) => {
      const payload = JSON.stringify({ id: "evt_1", object: "event", type: "payment_intent.succeeded" });
      const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: "whsec_of_somebody" });
      const answer = await fetch(
        `${running.base_url()}/hooks/payment/${contestant.provider_id.replace("pp_", "")}`,
        {
          method: "POST",
          headers: { "content-type": "application/json", "stripe-signature": header },
          body: payload,
        },
      );
      return `is answered with ${answer.status}`;
    },
  },
  {
    happens: "a shopper pays and closes the page",
    good: "an order",
    play: async (stage) => {
      const shopper = await stage.running.shopper();
      await stage.contestant.choose(shopper);
      await stage.arena.confirmInPage(String((await sessionData(shopper)).id), "pm_card_visa");
      const orders = async () =>
        (await stage.running.container().resolve(Modules.ORDER).listOrders({})).length > 0
          ? "an order"
          : "none";
      return stage.news(orders, "an order");
    },
  },
  {
    happens: "69.80 are captured in Stripe's dashboard",
    source: "#9887",
    good: "69.80 on record",
    play: async (stage) => {
      const { payment } = await stage.order();
      stage.stripe.dashboard.capture(stage.booked().id);
      return stage.news(async () => `${total((await payment()).captures)} on record`, "69.80 on record");
    },
  },
  {
    happens: "20.00 are refunded in Stripe's dashboard",
    source: "#14746",
    good: "20.00 on record",
    play: async (stage) => {
      const { payment } = await stage.captured();
      stage.stripe.dashboard.refund(stage.booked().id, 2000);
      return stage.news(async () => `${total((await payment()).refunds)} on record`, "20.00 on record");
    },
  },
  {
    happens: "the bank pays the debit of an order",
    good: "69.80 on record",
    play: async (stage) => {
      const { operator, order_id } = await stage.debit();
      stage.stripe.settleDebit(stage.booked().id, "paid");
      return stage.news(
        async () => `${euros(await paidOf(operator, order_id))} on record`,
        "69.80 on record",
      );
    },
  },
  {
    happens: "the bank refuses the debit of an order",
    source: "#16398",
    good: "the operator is told",
    play: async (stage) => {
      await stage.debit();
      stage.stripe.settleDebit(stage.booked().id, "failed");
      return stage.news(() => stage.toldOperator(), "the operator is told");
    },
  },
  ...(
    [
      ["the payment of an order is canceled in Stripe's dashboard", "#16398", "pm_card_visa", "cancel"],
      ["the authorization of an order lapses", "#16398", "pm_card_visa", "lapse"],
      ["the payer contests a payment", undefined, "pm_card_visa", "dispute"],
      ["the payer's bank sends a refund back", undefined, "pm_card_refundFail", "refund"],
    ] as const
  ).map(([happens, source, payment_method, what]): Case => ({
    happens,
    ...(source && { source }),
    good: "the operator is told",
    play: async (stage) => {
      const takes = what === "dispute" || what === "refund";
      const { operator, payment_id } = await (takes
        ? stage.captured(payment_method)
        : stage.order(payment_method));
      const { id } = stage.booked();
      const acts: Readonly<Record<typeof what, () => unknown>> = {
        cancel: () => stage.stripe.dashboard.cancel(id),
        lapse: () => stage.stripe.advance(8 * DAY_MS),
        dispute: () => stage.stripe.openDispute(id),
        refund: async () => {
          await operator.refund(payment_id, 69.8);
          stage.stripe.advance(4 * DAY_MS);
        },
      };
      await acts[what]();
      return stage.news(() => stage.toldOperator(), "the operator is told");
    },
  })),
];
