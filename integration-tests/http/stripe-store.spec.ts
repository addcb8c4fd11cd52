import { setTimeout as sleep } from "node:timers/promises";
import { Modules } from "@medusajs/framework/utils";
import Stripe from "stripe";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { adoptPayment } from "../../src/workflows/webhooks/adopt-payment";
import { attemptsOf, findingsAbout } from "../support/journal";
import { enableProviders } from "../support/store";
import { API_KEY, orderPaidAtStripe, STRIPE, StripeAccount } from "../support/stripe-store";
import { withRunningStore } from "../support/suite";

const DAY_MS = 86_400_000;
const ASSOCIATION = "7B22707370496422";
const account = new StripeAccount();

/** Stripe in a running Medusa, over HTTP: the real gateway and SDK, a simulator in place of Stripe. */
withRunningStore(
  (running) => {
    beforeEach(async () => {
      await enableProviders(running.container(), running.store().region_id, [STRIPE]);
      account.subscribe(running);
    });
    afterEach(() => account.simulator.api.deliveriesSettled());
    afterAll(() => account.stop());

    const refundReason = async (code: string): Promise<string> => {
      const [reason] = await running
        .container()
        .resolve(Modules.PAYMENT)
        .createRefundReasons([{ label: code, code }]);
      return reason!.id;
    };

    it("hands the browser the intent's id and secret where it looks for them, and nothing else of it", async () => {
      const shopper = await running.shopper();
      const started = await shopper.start(`${STRIPE}:card`, {
        client_secret: "of the shopper",
        hidden: true,
      });
      expect(started.status).toBe(200);
      const { body } = await shopper.get(
        `/store/carts/${shopper.cart_id}?fields=*payment_collection.payment_sessions`,
      );
      const [{ data }] = body.cart.payment_collection.payment_sessions;
      expect(data.id).toMatch(/^pi_/);
      expect(data).toEqual({
        attempt_id: started.body.payment_attempt.id,
        method: "card",
        gateway_reference: data.id,
        next_action: { type: "confirm" },
        id: data.id,
        client_secret: expect.stringMatching(`^${data.id}_secret_`),
        client: { id: data.id, client_secret: data.client_secret },
      });
    });

    it("reaches the books of another module from the provider (medusajs/medusa#11218, #10487)", async () => {
      const { attempt_id, intent_id } = await orderPaidAtStripe(running);
      const calls = await tenderModule(running.container()).listOperations(attempt_id, [
        "create",
        "authorize",
      ]);
      expect(calls.map(({ status, gateway_reference }) => [status, gateway_reference])).toEqual([
        ["succeeded", intent_id],
        ["succeeded", intent_id],
      ]);
    });

    it.each([["stripe_main"], ["pp_stripe_main"]])(
      "takes webhooks under the id that the provider has, as /hooks/payment/%s (medusajs/medusa#9494, #10092)",
      async (name) => {
        account.subscribe(running, name);
        const { intent_id, payment } = await orderPaidAtStripe(running);
        account.simulator.api.dashboard.capture(intent_id);
        await account.simulator.api.deliveriesSettled();
        const captured = async () => (await payment()).captures.length;
        for (const deadline = Date.now() + 20_000; (await captured()) === 0; await sleep(50)) {
          expect(Date.now()).toBeLessThan(deadline);
        }
        expect(new Set(account.simulator.api.deliveries().flatMap(({ statuses }) => statuses))).toEqual(
          new Set([200]),
        );
      },
    );

    describe("a refund", () => {
      it.each([
        ["duplicate", "duplicate"],
        ["Requested by customer", "requested_by_customer"],
        ["pricing_error", null],
      ])("for the reason %j is Stripe's with %j", async (code, told) => {
        const { operator, payment_id, intent_id } = await orderPaidAtStripe(running);
        await operator.capture(payment_id);
        const refund_reason_id = await refundReason(code);
        const answer = await operator.send("POST", `/admin/payments/${payment_id}/refund`, {
          amount: 20,
          refund_reason_id,
        });
        expect(answer.status).toBe(200);
        expect(account.booked(intent_id)).toMatchObject({ captured: 6980, refunded: 2000 });
        const [sent] = account.simulator.api
          .requests()
          .filter(({ operation }) => operation === "refunds.create")
          .slice(-1);
        expect((sent?.params as { reason?: string }).reason ?? null).toBe(told);
      });

      it("whose answer was lost is made once, also when it is asked for again for another reason", async () => {
        const { operator, payment_id, intent_id } = await orderPaidAtStripe(running);
        await operator.capture(payment_id);
        // Its webhook would put it on record before the operator asks again.
        account.simulator.api.subscribe([]);
        await account.simulator.api.fault({ fault: "http_500_after", operation: "refunds.create", times: 1 });
        const ask = async (code: string) =>
          operator.send("POST", `/admin/payments/${payment_id}/refund`, {
            amount: 20,
            refund_reason_id: await refundReason(code),
          });
        expect((await ask("duplicate")).status).not.toBe(200);
        expect((await ask("fraudulent")).status).toBe(200);
        expect(account.booked(intent_id)).toMatchObject({ captured: 6980, refunded: 2000 });
      });

      it("that comes back later is told of, and the webhook of it is enough", async () => {
        const { operator, payment_id, intent_id, attempt_id } = await orderPaidAtStripe(
          running,
          "pm_card_refundFail",
        );
        await operator.capture(payment_id);
        expect((await operator.refund(payment_id, 69.8)).status).toBe(200);
        expect(account.booked(intent_id)).toMatchObject({ refunded: 6980 });
        account.simulator.api.advance(4 * DAY_MS);
        await account.simulator.api.deliveriesSettled();
        const told = () => findingsAbout(running.container(), attempt_id);
        for (
          const deadline = Date.now() + 20_000;
          !(await told()).includes("refund_failed");
          await sleep(50)
        ) {
          expect(Date.now()).toBeLessThan(deadline);
        }
        expect(account.booked(intent_id)).toMatchObject({ captured: 6980, refunded: 0 });
      });

      it("above what was captured is refused, and nothing is given back", async () => {
        const { operator, payment_id, intent_id, payment } = await orderPaidAtStripe(running);
        await operator.capture(payment_id, 30);
        const refused = await operator.refund(payment_id, 30.01);
        expect(refused.status).toBe(400);
        expect(account.booked(intent_id)).toMatchObject({ captured: 3000, refunded: 0 });
        expect((await payment()).refunds).toEqual([]);
      });
    });

    it("says that an authorization has lapsed instead of capturing it, and changes nothing", async () => {
      const { operator, payment_id, intent_id, payment, attempt_id } = await orderPaidAtStripe(running);
      account.simulator.api.advance(8 * DAY_MS);
      const refused = await operator.capture(payment_id);
      expect(refused.status).toBe(400);
      expect(refused.body.message).toContain("lapsed");
      expect(account.booked(intent_id)).toMatchObject({ captured: 0, refunded: 0 });
      expect((await payment()).captures).toEqual([]);
      await settleAttempt(running.container(), attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
    });

    it("takes no payment into its books that merely names a session of the store", async () => {
      const shopper = await running.shopper();
      await shopper.start(`${STRIPE}:card`);
      const sessions = await running.container().resolve(Modules.PAYMENT).listPaymentSessions({});
      const make = (metadata: Record<string, string>) =>
        new Stripe(API_KEY, account.simulator.sdk).paymentIntents.create({
          amount: 6980,
          currency: "eur",
          metadata,
        });
      const named = await make({ session_id: sessions[0]!.id });
      const unnamed = await make({});
      for (const reference of [named.id, unnamed.id, "pi_of_another_account"]) {
        expect(await adoptPayment(running.container(), STRIPE, reference)).toBeNull();
      }
      expect(await attemptsOf(running.container(), shopper.cart_id)).toHaveLength(1);
    });

    /** A payment of the official plugin's as it left it, authorized, and not in the books. */
    async function officialPayment() {
      account.simulator.api.subscribe([]);
      const shopper = await running.shopper();
      await shopper.start(`${STRIPE}:card`);
      const knex = running.container().resolve("__pg_connection__");
      const { id: session_id } = await knex("payment_session").orderBy("created_at", "desc").first();
      const intent = await new Stripe(API_KEY, account.simulator.sdk).paymentIntents.create({
        amount: 6980,
        currency: "eur",
        capture_method: "manual",
        confirm: true,
        payment_method: "pm_card_visa",
        return_url: "https://example.com/back",
        metadata: { session_id },
      });
      await knex("payment_session")
        .where({ id: session_id })
        .update({ data: JSON.stringify(intent) });
      await knex("tender_payment_attempt").where({ cart_id: shopper.cart_id }).del();
      return { session_id, intent_id: intent.id, knex };
    }

    it("takes a payment into its books once, however many tell of it at the same moment", async () => {
      const { intent_id, session_id, knex } = await officialPayment();
      const adopted = await Promise.all(
        [1, 2, 3, 4].map(() => adoptPayment(running.container(), STRIPE, intent_id)),
      );
      const rows = await knex("tender_payment_attempt").where({ payment_session_id: session_id });
      expect(rows).toMatchObject([{ gateway_reference: intent_id, status: "authorized" }]);
      expect(new Set(adopted.map((attempt) => attempt?.id))).toEqual(new Set([rows[0].id]));
    });

    it("serves Apple's association file, and leaves other files to others", async () => {
      const get = (file: string) => fetch(`${running.base_url()}/.well-known/${file}`);
      const served = await get("apple-developer-merchantid-domain-association");
      expect(served.status).toBe(200);
      expect(served.headers.get("content-type")).toContain("text/plain");
      expect(await served.text()).toBe(ASSOCIATION);
      expect((await get("toString")).status).toBe(404);
    });
  },
  () => account.start({ STRIPE_GATEWAY_APPLE_PAY_DOMAIN_ASSOCIATION: ASSOCIATION }),
);
