import { logger } from "@medusajs/framework/logger";
import { StripeAccount } from "../support/stripe-store";
import { withRunningStore } from "../support/suite";

const account = new StripeAccount();
const warnings: string[] = [];

/** A store whose operator forgot the webhook secret of Stripe. */
withRunningStore(
  (running) => {
    afterAll(() => account.stop());

    it("is told so when it starts", () => {
      expect(warnings).toContainEqual(expect.stringContaining("webhook_secret"));
    });

    it("answers every webhook with 400, says why, and stores nothing", async () => {
      account.subscribe(running);
      account.simulator.api.payOut({ amount: 1_000, currency: "eur", status: "paid" });
      await account.simulator.api.deliveriesSettled();
      const deliveries = account.simulator.api.deliveries();
      expect(deliveries).toMatchObject([{ type: "payout.paid", state: "given_up" }]);
      expect(new Set(deliveries[0]?.statuses)).toEqual(new Set([400]));
      const answer = await fetch(`${running.base_url()}/hooks/payment/stripe_main`, {
        method: "POST",
        headers: { "content-type": "application/json", "stripe-signature": "t=1,v1=00" },
        body: "{}",
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({
        received: "invalid",
        message: "Stripe's webhooks cannot be checked: set the option webhook_secret.",
      });
      const knex = running.container().resolve("__pg_connection__");
      expect(await knex("tender_payment_webhook_event")).toEqual([]);
    });
  },
  async () => {
    jest.spyOn(logger, "warn").mockImplementation((message) => warnings.push(String(message)));
    const { STRIPE_GATEWAY_WEBHOOK_SECRET: _, ...env } = await account.start();
    return env;
  },
);
