import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Stripe from "stripe";
import { startStripeSimulator, type StripeSimulator } from "../simulators/stripe";
import { openSession, sessionData } from "../support/medusas-session";
import { Operator } from "../support/operator";
import { Shopper } from "../support/shopper";
import { ADMIN } from "../support/store";
import { firstSale } from "./support/first-sale";
import { REPOSITORY, type Server } from "./support/commands";
import type { OperatorStore } from "./support/operator-store";
import {
  MEDUSA_CONFIG_CHANGED,
  MEDUSA_CONFIG_OFFICIAL,
  OFFICIAL_STRIPE,
  OFFICIAL_STRIPE_AT_SIMULATOR,
  TENDER_STRIPE,
} from "./support/store-files";

const PROVIDER = "pp_stripe_stripe";
const API_KEY = "sk_test_that_stays_the_same";
const WEBHOOK_SECRET = "whsec_that_stays_the_same";

/**
 * The steps of docs/from-payment-stripe.md in a store of its own: it runs with the official plugin, takes payments, stops,
 * is changed as the page says, migrated, and started again.
 */
export function describeChangeover(installed: () => OperatorStore): void {
  describe("a store that comes from @medusajs/payment-stripe", () => {
    let simulator: StripeSimulator;
    let medusa: Server | undefined;
    let operator: Operator;
    const before = { authorized: "", captured: "", left: undefined as unknown as Shopper };

    const base_url = () => installed().env.BACKEND_URL ?? "";
    const booked = async (order_id: string) => {
      const { data } = (await operator.order(order_id)).payment_collections[0].payments[0];
      return simulator.api.ledger().find(({ id }) => id === (data.id ?? data.gateway_reference))!;
    };
    const payment = async (order_id: string) =>
      (await operator.order(order_id)).payment_collections[0].payments[0];

    beforeAll(async () => {
      const store = installed();
      simulator = await startStripeSimulator({ accounts: [{ secret_key: API_KEY }] });
      Object.assign(store.env, {
        STRIPE_API_KEY: API_KEY,
        STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
        STRIPE_URL: simulator.url,
      });
      await store.writeEnvironment();
      await store.write("src/official-stripe/index.js", OFFICIAL_STRIPE_AT_SIMULATOR);
      await store.write("medusa-config.ts", MEDUSA_CONFIG_OFFICIAL);
      await store.seedWith([PROVIDER]);
      const seeded = await store.prepareDatabase(ADMIN);
      medusa = await store.startMedusa();
      const sale = await firstSale(base_url());
      const shopper = async () => {
        const one = new Shopper(base_url(), { ...seeded, ...sale });
        await one.fillCart();
        await openSession(one, PROVIDER, { payment_method_types: ["card"] });
        await new Stripe(API_KEY, simulator.sdk).paymentIntents.confirm(String((await sessionData(one)).id), {
          payment_method: "pm_card_visa",
        });
        return one;
      };
      const order = async () => {
        const one = await shopper();
        const { body } = await one.post(`/store/carts/${one.cart_id}/complete`, {});
        return String(body.order.id);
      };
      operator = await Operator.logIn(base_url());
      before.authorized = await order();
      before.captured = await order();
      await operator.capture((await payment(before.captured)).id);
      before.left = await shopper();
      await medusa.stop();

      await store.write("medusa-config.ts", MEDUSA_CONFIG_CHANGED);
      await store.migrate();
      medusa = await store.startMedusa();
      simulator.api.subscribe([
        { url: `${base_url()}/hooks/payment/stripe_stripe`, secrets: [WEBHOOK_SECRET] },
      ]);
    });
    afterAll(async () => {
      await medusa?.stop();
      await simulator?.stop();
    });

    it("is configured as the page has it", async () => {
      const page = await readFile(path.join(REPOSITORY, "docs/from-payment-stripe.md"), "utf8");
      for (const line of [OFFICIAL_STRIPE, TENDER_STRIPE, "tenderPayments({ providers: ["]) {
        expect(page).toContain(line);
      }
    });

    it("captures a part of what the official plugin authorized, and refunds of it", async () => {
      const { id } = await payment(before.authorized);
      expect((await operator.capture(id, 30)).status).toBe(200);
      expect(await booked(before.authorized)).toMatchObject({ captured: 3000, refunded: 0 });
      expect((await operator.refund(id, 10)).status).toBe(200);
      expect(await booked(before.authorized)).toMatchObject({ captured: 3000, refunded: 1000 });
    });

    it("has a refund made in Stripe's dashboard on record, of a payment it has never heard of", async () => {
      simulator.api.dashboard.refund((await booked(before.captured)).id, 2000);
      const refunded = async () =>
        (await payment(before.captured)).refunds.reduce(
          (sum: number, { amount }: { amount: number }) => sum + amount,
          0,
        );
      const deadline = Date.now() + 60_000;
      for (; (await refunded()) !== 20; await sleep(250)) {
        expect(Date.now()).toBeLessThan(deadline);
      }
      const { id } = await payment(before.captured);
      let answer = await operator.refund(id, 49.8);
      // Medusa's row is there a moment before the refund is on record; who is that quick is told to look again.
      for (; /not on record here yet/.test(answer.body.message); answer = await operator.refund(id, 49.8)) {
        expect(Date.now()).toBeLessThan(deadline);
        await sleep(250);
      }
      expect(answer.status).toBe(200);
      expect(await booked(before.captured)).toMatchObject({ captured: 6980, refunded: 6980 });
    });

    it("completes a checkout that was paid in the browser before the change", async () => {
      const { body } = await before.left.post(`/store/carts/${before.left.cart_id}/complete`, {});
      expect(body.type).toBe("order");
      expect((await operator.capture((await payment(body.order.id)).id)).status).toBe(200);
      expect(await booked(body.order.id)).toMatchObject({ captured: 6980 });
    });
  });
}
