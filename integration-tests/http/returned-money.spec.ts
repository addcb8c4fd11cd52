import { Modules } from "@medusajs/framework/utils";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { attemptsOf, findingsAbout, makeDue, openFindings } from "../support/journal";
import { age, approvedPayment } from "../support/paid-order";
import { cardOf } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";
const REFUSED = "4000000000000002";
/** Its refunds come back after a while. */
const REFUND_COMES_BACK = "4000000000005126";
const TOTAL_MINOR = 6980;
const DAY_MS = 86_400_000;

/** The first provider captures with the authorization, the second one later. */
withRunningStore(
  (running) => {
    const orders = () => running.container().resolve(Modules.ORDER).listOrders({});
    const lastAtBank = async () => (await running.bank().ledger()).at(-1)!;
    const atBank = async (reference: string) =>
      (await running.bank().ledger()).find((payment) => payment.reference === reference)!;
    const dashboard = (reference: string, act: string, amount_minor?: number) =>
      running.bank().control(`/control/payments/${reference}/${act}`, amount_minor ? { amount_minor } : {});
    const kept = async (reference: string) => {
      const { captured_minor, refunded_minor } = await atBank(reference);
      return captured_minor - refunded_minor;
    };

    async function pass(): Promise<void> {
      await makeDue(running.container());
      await reconcile(running.container());
    }

    afterEach(() => jest.restoreAllMocks());

    /** A confirm whose answer is lost after the bank took the money. */
    async function taken(card: string) {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      await running.bank().fault({ operation: "authorize", fault: "reset_after", times: 1 });
      await shopper.confirm(body.payment_attempt.id, { card: cardOf(card) });
      const { reference } = await lastAtBank();
      return { shopper, attempt_id: body.payment_attempt.id as string, reference };
    }

    const failOrders = (times: number) => {
      const create = jest.spyOn(running.container().resolve(Modules.ORDER), "createOrders");
      for (let time = 0; time < times; time += 1) {
        create.mockRejectedValueOnce(new Error("no more teapots"));
      }
    };

    describe("money that was given back before there was an order", () => {
      it.each([
        ["all of it", TOTAL_MINOR],
        ["a part of it", 2000],
      ])("in the dashboard, %s, places none, and nothing is kept", async (_, amount_minor) => {
        const { attempt_id, reference, shopper } = await taken(APPROVES);
        await dashboard(reference, "refund", amount_minor);
        await age(running, 120_000);
        await pass();
        await pass();
        expect(await orders()).toHaveLength(0);
        expect(await kept(reference)).toBe(0);
        expect(await attemptsOf(running.container(), shopper.cart_id)).toMatchObject([
          { status: "canceled" },
        ]);
        const findings = await findingsAbout(running.container(), attempt_id);
        expect(findings).toContain("amount_mismatch");
        // What is given back after the gateway was read is not in that reading.
        expect(findings).not.toContain("refund_failed");
      });

      it("after it was seen to be captured, places none, and the rest goes back", async () => {
        const { reference } = await approvedPayment(running);
        await dashboard(reference, "refund", 2000);
        await pass();
        await pass();
        expect(await orders()).toHaveLength(0);
        expect(await kept(reference)).toBe(0);
      });

      it("by Medusa's own completion, which failed, places none however often it is tried", async () => {
        const shopper = await running.shopper();
        const { body } = await shopper.post("/store/payment-collections", { cart_id: shopper.cart_id });
        await shopper.post(`/store/payment-collections/${body.payment_collection.id}/payment-sessions`, {
          provider_id: "pp_sandbox_a",
          data: { token: "tok_visa" },
        });
        failOrders(1);
        await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
        const { reference } = await lastAtBank();
        await age(running, 120_000);
        await pass();
        expect(await kept(reference)).toBe(await orders().then((placed) => placed.length * TOTAL_MINOR));
        expect(await orders()).toHaveLength(0);
      });
    });

    it("is given back at once when the order of a payment that was captured with it cannot be placed", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      failOrders(1);
      const began = Date.now();
      const refused = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      // Medusa refunds under the claim its own caller holds: waiting for that would take half a minute.
      expect(Date.now() - began).toBeLessThan(15_000);
      expect(refused.body.code).toBe("order_not_placed");
      const { reference } = await lastAtBank();
      expect(await kept(reference)).toBe(0);
      await pass();
      expect(await openFindings(running.container())).toEqual([]);

      const other = await shopper.pay("pp_sandbox_b:card", APPROVES);
      expect(other.confirmed.body.type).toBe("order");
    });

    describe("a void whose answer was lost", () => {
      const voidAnswerIsLost = () =>
        running.bank().fault({ operation: "cancel", fault: "reset_after", times: 1 });
      const release = (attempt_id: string) =>
        tenderModule(running.container()).changeAttempt(attempt_id, "released");
      const findings = (attempt_id: string) => findingsAbout(running.container(), attempt_id);

      it("is no news where the card was refused: there was nothing to give back", async () => {
        const shopper = await running.shopper();
        const attempt_id: string = (await shopper.start("pp_sandbox_b:card")).body.payment_attempt.id;
        await shopper.confirm(attempt_id, { card: cardOf(REFUSED) });
        await release(attempt_id);
        await voidAnswerIsLost();
        await pass();
        expect(await findings(attempt_id)).toEqual([]);
      });

      it("is told of where money was held, until the gateway shows that none is", async () => {
        const shopper = await running.shopper();
        const attempt_id: string = (await shopper.start("pp_sandbox_b:card")).body.payment_attempt.id;
        const gateway = findGateway(running.container(), "pp_sandbox_b")!;
        await gateway.attempts.confirm(attempt_id, { data: { card: cardOf(APPROVES) } });
        await release(attempt_id);
        await voidAnswerIsLost();
        await pass();
        expect(await findings(attempt_id)).toEqual(["money_without_order"]);
        await settleAttempt(running.container(), attempt_id);
        expect((await attemptsOf(running.container(), shopper.cart_id))[0]?.status).toBe("canceled");
        expect(await findings(attempt_id)).toEqual([]);
      });
    });

    it("is counted for an order that Medusa left without its payment when the server stopped", async () => {
      const { shopper, attempt_id, reference } = await approvedPayment(running);
      await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
      const knex = running.container().resolve("__pg_connection__");
      const { payment_session_id } = await knex("tender_payment_attempt").where({ id: attempt_id }).first();
      await knex("capture").delete();
      await knex("order_transaction").delete();
      await knex("payment").where({ payment_session_id }).delete();
      await knex("payment_session").where({ id: payment_session_id }).update({ authorized_at: null });
      const settled = await settleAttempt(running.container(), attempt_id);
      expect(settled.order_id).toMatch(/^order_/);
      expect(await kept(reference)).toBe(TOTAL_MINOR);
      const transactions = () =>
        running.container().resolve(Modules.ORDER).listOrderTransactions({ order_id: settled.order_id! });
      expect(await transactions()).toMatchObject([{ amount: 69.8, reference: "capture" }]);
      await settleAttempt(running.container(), attempt_id);
      expect(await transactions()).toHaveLength(1);
    });

    it("does not pass for the payment of a later order when it could not be given back", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_b:card");
      const attempt_id: string = body.payment_attempt.id;
      failOrders(1);
      await running.bank().fault({ provider: "pp_sandbox_b", operation: "cancel", fault: "http_500" });
      await shopper.confirm(attempt_id, { card: cardOf(APPROVES) });
      const { reference } = await lastAtBank();
      expect(await atBank(reference)).toMatchObject({ status: "authorized" });
      const paid = await shopper.pay("pp_sandbox_a:card", APPROVES);
      expect(paid.confirmed.body.type).toBe("order");

      await running.bank().clearFaults();
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      await pass();
      expect(await atBank(reference)).toMatchObject({ status: "canceled" });
      const attempts = await attemptsOf(running.container(), shopper.cart_id);
      expect(attempts.filter(({ order_id }) => order_id !== null)).toHaveLength(1);
    });

    it("that comes back stays with the operator, who can return it again", async () => {
      const { attempt_id, reference } = await taken(REFUND_COMES_BACK);
      await age(running, 25 * 3_600_000);
      await pass();
      expect(await kept(reference)).toBe(0);
      await running.bank().control("/control/clock", { advance_ms: 8 * DAY_MS });
      await settleAttempt(running.container(), attempt_id);
      expect(await kept(reference)).toBe(TOTAL_MINOR);
      await settleAttempt(running.container(), attempt_id);
      expect(await openFindings(running.container())).toEqual(
        expect.arrayContaining(["money_without_order", "refund_failed"]),
      );
    });

    it("leaves the operator a finding for the part of an order that the gateway let go of", async () => {
      const shopper = await running.shopper();
      const { confirmed, started } = await shopper.pay("pp_sandbox_b:card", APPROVES);
      expect(confirmed.body.type).toBe("order");
      const { reference } = await lastAtBank();
      await dashboard(reference, "capture", 2000);
      await dashboard(reference, "cancel");
      const attempt_id: string = started.body.payment_attempt.id;
      await settleAttempt(running.container(), attempt_id);
      await settleAttempt(running.container(), attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
    });
  },
  { SANDBOX_A_CAPTURE: "automatic" },
);
