import { randomUUID } from "node:crypto";
import { Modules } from "@medusajs/framework/utils";
import { money, moneyToDecimal } from "../../src/gateway";
import type { Answer } from "../support/shopper";
import { euros, total, type Case, type Stage } from "./stage";

/** Every answer is lost until the client gives up; what was asked is done all the same. */
async function lostThenAgain(
  stage: Stage,
  operation: "payment_intents.capture" | "refunds.create",
  ask: () => Promise<Answer>,
): Promise<void> {
  stage.stripe.subscribe([], stage.contestant.api_key);
  await stage.stripe.fault({ fault: "reset_after", operation });
  await ask();
  await stage.stripe.clearFaults();
  await ask();
}

/** What operators ask for. */
export const MONEY: readonly Case[] = [
  {
    happens: "20.00 of 69.80 are to be captured",
    good: "20.00 are captured",
    play: async (stage) => {
      const { operator, payment_id } = await stage.order();
      await operator.capture(payment_id, 20);
      return `${euros(stage.booked().captured)} are captured`;
    },
  },
  {
    happens: "the answer to a capture is lost, and the operator asks again",
    source: "#16292",
    good: "69.80 captured, 69.80 on record",
    play: async (stage) => {
      const { operator, payment_id, payment } = await stage.order();
      await lostThenAgain(stage, "payment_intents.capture", () => operator.capture(payment_id));
      return `${euros(stage.booked().captured)} captured, ${total((await payment()).captures)} on record`;
    },
  },
  {
    happens: "the answer to a refund of 20.00 is lost, and the operator asks again",
    source: "#16292",
    good: "20.00 given back, 20.00 on record",
    play: async (stage) => {
      const { operator, payment_id, payment } = await stage.captured();
      await lostThenAgain(stage, "refunds.create", () => operator.refund(payment_id, 20));
      return `${euros(stage.booked().refunded)} given back, ${total((await payment()).refunds)} on record`;
    },
  },
  {
    happens: "a refund for the reason `duplicate`",
    good: "Stripe is told the reason",
    play: async (stage) => {
      const { operator, payment_id } = await stage.captured();
      const [reason] = await stage.running
        .container()
        .resolve(Modules.PAYMENT)
        .createRefundReasons([{ label: "Duplicate", code: "duplicate" }]);
      await operator.send("POST", `/admin/payments/${payment_id}/refund`, {
        amount: 20,
        refund_reason_id: reason!.id,
      });
      const sent = stage.stripe.requests().filter(({ operation }) => operation === "refunds.create");
      const { reason: told } = sent.at(-1)?.params as { reason?: string };
      return told === "duplicate" ? "Stripe is told the reason" : "Stripe is told none";
    },
  },
  {
    happens: "12.341 KWD, which Stripe cannot charge",
    source: "#12789, #8733",
    good: "it is refused",
    play: async (stage) => {
      const payment = stage.running.container().resolve(Modules.PAYMENT);
      const collection = await payment.createPaymentCollections({ amount: 12.341, currency_code: "kwd" });
      const before = stage.stripe.ledger(stage.contestant.api_key).length;
      const [asked] = await Promise.allSettled([
        payment.createPaymentSession(collection.id, {
          provider_id: stage.contestant.provider_id,
          amount: 12.341,
          currency_code: "kwd",
          data: { method: "card", payment_method_types: ["card"] },
          context: { idempotency_key: randomUUID() },
        }),
      ]);
      const made = stage.stripe.ledger(stage.contestant.api_key).length - before;
      if (made > 0) {
        return `${moneyToDecimal(money(BigInt(stage.booked().amount), "KWD"))} are asked for`;
      }
      return asked.status === "rejected" ? "it is refused" : "nobody is told that it is not asked for";
    },
  },
];
