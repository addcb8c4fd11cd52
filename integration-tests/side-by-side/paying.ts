import { openSession, sessionData } from "../support/medusas-session";
import { euros, paidOf, type Case } from "./stage";

/** From the choice of the card to the order. */
export const PAYING: readonly Case[] = [
  {
    happens: "a card is refused for want of funds",
    source: "#12399, #13750",
    good: "the shopper reads why, and gets the other ways to pay",
    play: async ({ running, contestant }) => {
      const shopper = await running.shopper();
      const { body } = await contestant.pay(
        shopper,
        await contestant.choose(shopper),
        "pm_card_chargeDeclinedInsufficientFunds",
      );
      const has_reason = body.decline?.category === "funds_limit";
      return has_reason && body.payment_options.length > 0
        ? "the shopper reads why, and gets the other ways to pay"
        : `"${String(body.error?.message ?? body.message).replace(/payses_\w+/, "payses_…")}"`;
    },
  },
  {
    happens: "another card after a refusal",
    source: "#12481",
    good: "an order",
    play: async ({ running, contestant }) => {
      const shopper = await running.shopper();
      await contestant.pay(shopper, await contestant.choose(shopper), "pm_card_chargeDeclined");
      const { body } = await contestant.pay(shopper, await contestant.choose(shopper), "pm_card_visa");
      return body.type === "order" ? "an order" : "no order";
    },
  },
  {
    happens: "the cart changes twice after the shopper chose to pay by card",
    source: "#15589",
    good: "1 PaymentIntent",
    play: async ({ running, contestant, stripe }) => {
      const shopper = await running.shopper();
      const before = stripe.ledger(contestant.api_key).length;
      await contestant.choose(shopper);
      for (const quantity of [2, 3]) {
        await shopper.setQuantity(quantity);
        await contestant.choose(shopper);
      }
      const made = stripe.ledger(contestant.api_key).length - before;
      return `${made} PaymentIntent${made === 1 ? "" : "s"}`;
    },
  },
  {
    happens: "a shopper sends `capture_method: automatic` and `confirm` along",
    good: "nothing is taken",
    play: async (stage) => {
      const shopper = await stage.running.shopper();
      await openSession(shopper, stage.contestant.provider_id, {
        method: "card",
        payment_method_types: ["card"],
        capture_method: "automatic",
        confirm: true,
        payment_method: "pm_card_visa",
      });
      const { captured } = stage.booked();
      return captured === 0 ? "nothing is taken" : `${euros(captured)} are taken`;
    },
  },
  {
    happens: "what the shopper's browser gets to see of the PaymentIntent",
    good: "its id and client secret",
    play: async ({ running, contestant }) => {
      const shopper = await running.shopper();
      await contestant.choose(shopper);
      const data = await sessionData(shopper);
      const whole = ["amount_received", "capture_method", "metadata"].some((field) => field in data);
      return whole ? `all of its ${Object.keys(data).length} fields` : "its id and client secret";
    },
  },
  {
    happens: "a bank debit, which the bank answers in days",
    source: "#13837",
    good: "an order, and 0.00 on record",
    play: async (stage) => {
      const { operator, order_id } = await stage.debit();
      return `an order, and ${euros(await paidOf(operator, order_id))} on record`;
    },
  },
  {
    happens: "Stripe cannot be reached when the shopper chooses to pay by card",
    good: "the cart is paid at another provider",
    play: async ({ running, contestant, stripe }) => {
      const shopper = await running.shopper();
      await stripe.fault({ fault: "refuse", operation: "*" });
      const { status, body } = await contestant.choose(shopper);
      await stripe.clearFaults();
      const elsewhere = body.payment_attempt && body.payment_attempt.provider_id !== contestant.provider_id;
      return elsewhere ? "the cart is paid at another provider" : `an error (${status})`;
    },
  },
];
