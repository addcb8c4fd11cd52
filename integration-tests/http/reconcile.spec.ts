import { Modules } from "@medusajs/framework/utils";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { findingsAbout, openFindings } from "../support/journal";
import { paidOrder as paidOrderIn } from "../support/paid-order";
import { cardOf } from "../support/shopper";
import { APPROVES, reconcilerOf } from "../support/reconciler";
import { withRunningStore } from "../support/suite";

const TOTAL_MINOR = 6980;
const in_a_year = () => new Date(Date.now() + 365 * 86_400_000);

withRunningStore((running) => {
  const { age, atBank, knex, lostAnswer, orders, pass } = reconcilerOf(running);
  const dashboard = (reference: string, act: string, amount_minor?: number) =>
    running.bank().control(`/control/payments/${reference}/${act}`, amount_minor ? { amount_minor } : {});
  const paidOrder = () => paidOrderIn(running);
  const amountsOf = (rows: { amount: number }[]) => rows.map(({ amount }) => amount);

  describe("a shopper who left while nobody knew what came of the payment", () => {
    it("has the order once the reconciler finds the payment approved, and the operator is told", async () => {
      const { attempt_id } = await lostAnswer();
      await age(120_000);
      await pass();
      expect(await orders()).toHaveLength(1);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["late_money_adopted"]);
      await pass();
      expect(await orders()).toHaveLength(1);
    });

    it("may pay another way after a minute, and the first payment is given back when it turns up", async () => {
      const { shopper, reference, attempt_id } = await lostAnswer("pp_sandbox_b");
      await running.bank().fault({ operation: "retrieve", fault: "reset_before" });
      expect((await shopper.start("pp_sandbox_a:card")).body.code).toBe("payment_unknown");
      await age(61_000);
      const other = await shopper.start("pp_sandbox_a:card");
      const paid = await shopper.confirm(other.body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(paid.body.type).toBe("order");
      expect(await atBank(reference)).toMatchObject({ status: "authorized" });

      await running.bank().clearFaults();
      await pass();
      expect(await atBank(reference)).toMatchObject({ status: "canceled", captured_minor: 0 });
      expect(await orders()).toHaveLength(1);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["late_money_returned"]);
    });

    it("has the order even where Medusa deleted the payment's session, and the money stays", async () => {
      const { attempt_id, reference } = await lostAnswer();
      const { payment_session_id } = await knex()("tender_payment_attempt").where({ id: attempt_id }).first();
      await knex()("payment_session").where({ id: payment_session_id }).delete();
      await knex()("tender_payment_attempt").where({ id: attempt_id }).update({ status: "released" });
      const settled = await settleAttempt(running.container(), attempt_id);
      expect(await orders()).toMatchObject([{ id: settled.order_id }]);
      expect(await atBank(reference)).toMatchObject({ status: "authorized" });
    });

    it("gets the money back when it turns up after the operator's time limit", async () => {
      const { attempt_id, reference } = await lostAnswer();
      await age(25 * 3_600_000);
      await pass();
      expect(await orders()).toHaveLength(0);
      expect(await atBank(reference)).toMatchObject({ status: "canceled" });
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["late_money_returned"]);
    });
  });

  describe("a server that died", () => {
    it("after the bank authorized leaves an order, not a lost payment", async () => {
      const { attempt_id } = await lostAnswer();
      await knex()("tender_payment_attempt").where({ id: attempt_id }).update({ status: "ready" });
      await knex()("tender_payment_operation")
        .where({ attempt_id, kind: "authorize" })
        .update({ status: "started" });
      await age(120_000);
      await pass();
      expect(await orders()).toHaveLength(1);
    });

    it("between Medusa's capture and the call leaves no capture without money", async () => {
      const { payment_id, payment, attempt_id } = await paidOrder();
      const payments = running.container().resolve(Modules.PAYMENT) as unknown as {
        createCaptures(rows: object[]): Promise<unknown>;
      };
      await payments.createCaptures([{ payment_id, amount: 10 }]);
      await settleAttempt(running.container(), attempt_id);
      expect(amountsOf((await payment()).captures)).toEqual([10]);
      await age(120_000);
      await settleAttempt(running.container(), attempt_id);
      expect((await payment()).captures).toEqual([]);
    });
  });

  describe("a server that may stop", () => {
    it("before Medusa has written which payment a session is for leaves a cart that can be paid", async () => {
      const shopper = await running.shopper();
      await shopper.start("pp_sandbox_a:card");
      await knex()("payment_session").update({ data: "{}" });
      const again = await shopper.start("pp_sandbox_a:card");
      expect([again.status, again.body.payment_attempt?.status]).toEqual([200, "ready"]);
      const paid = await shopper.confirm(again.body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(paid.body.type).toBe("order");
    });

    it.each(["capture", "refund"] as const)(
      "during a %s has its payment looked at as soon as that can be judged",
      async (move) => {
        const { operator, payment_id, attempt_id } = await paidOrder();
        const seconds = async () => {
          const { next_check_at } = await knex()("tender_payment_attempt").where({ id: attempt_id }).first();
          return (next_check_at.getTime() - Date.now()) / 1000;
        };
        await operator.capture(payment_id);
        expect(await seconds()).toBeLessThanOrEqual(95);
        // Medusa refuses these before it asks the provider.
        await knex()("tender_payment_attempt")
          .where({ id: attempt_id })
          .update({ next_check_at: in_a_year() });
        expect((await operator[move](payment_id, 1000)).status).toBe(move === "refund" ? 400 : 200);
        expect(await seconds()).toBeLessThanOrEqual(95);
      },
    );
  });

  describe("money moved in the gateway's dashboard", () => {
    it("appears in Medusa once, without a second call to the gateway", async () => {
      const { payment, attempt_id, reference, order_id, operator } = await paidOrder();
      await dashboard(reference, "capture", 2000);
      await Promise.all([settleAttempt(running.container(), attempt_id), pass()]);
      await dashboard(reference, "capture", TOTAL_MINOR - 2000);
      await dashboard(reference, "refund", 500);
      await pass();
      await pass();
      await settleAttempt(running.container(), attempt_id);
      const { captures, refunds } = await payment();
      expect(amountsOf(captures).sort()).toEqual([20, 49.8]);
      expect(amountsOf(refunds)).toEqual([5]);
      expect(await atBank(reference)).toMatchObject({ captured_minor: TOTAL_MINOR, refunded_minor: 500 });
      expect(await openFindings(running.container())).toEqual([]);
      expect((await operator.order(order_id)).payment_status).toBe("partially_refunded");
    });

    it("that cancels the payment tells the operator that the order is unpaid", async () => {
      const { payment, attempt_id, reference } = await paidOrder();
      await dashboard(reference, "cancel");
      await settleAttempt(running.container(), attempt_id);
      expect((await payment()).canceled_at).not.toBeNull();
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
    });
  });

  describe("a payment of an order", () => {
    it("that is contested is a finding until the dispute is decided", async () => {
      const { operator, payment_id, reference, attempt_id } = await paidOrder();
      await operator.capture(payment_id);
      await dashboard(reference, "dispute");
      await settleAttempt(running.container(), attempt_id);
      expect(await openFindings(running.container())).toEqual(["dispute"]);
      await dashboard(reference, "dispute_won");
      await settleAttempt(running.container(), attempt_id);
      await settleAttempt(running.container(), attempt_id);
      expect(await openFindings(running.container())).toEqual([]);
    });

    it("whose order is canceled keeps nothing reserved beside a partial capture", async () => {
      const { operator, payment_id, order_id, reference } = await paidOrder();
      await operator.capture(payment_id, 20);
      expect((await operator.cancelOrder(order_id)).status).toBe(200);
      await pass();
      expect(await atBank(reference)).toMatchObject({ captured_minor: 2000, refunded_minor: 2000 });
      expect(await atBank(reference)).toMatchObject({ voided_minor: TOTAL_MINOR - 2000 });
    });

    it("that was captured in the dashboard is not canceled as if it were not", async () => {
      const { operator, order_id, reference, attempt_id } = await paidOrder();
      await dashboard(reference, "capture", TOTAL_MINOR);
      await operator.cancelOrder(order_id);
      await settleAttempt(running.container(), attempt_id);
      const { captured_minor, refunded_minor } = await atBank(reference);
      const kept = captured_minor > refunded_minor;
      const order = await operator.order(order_id);
      const told = (await openFindings(running.container())).includes("money_without_order");
      expect({ kept, accounted: !kept || order.status !== "canceled" || told }).toEqual({
        kept,
        accounted: true,
      });
    });

    it("that is about to lapse is a finding until it is captured", async () => {
      const { operator, payment_id, attempt_id } = await paidOrder();
      await knex()("tender_payment_attempt")
        .where({ id: attempt_id })
        .update({ authorization_expires_at: new Date(Date.now() + 3_600_000) });
      await running.bank().control("/control/clock", { advance_ms: 6 * 86_400_000 });
      await pass();
      await operator.capture(payment_id);
      await settleAttempt(running.container(), attempt_id);
      expect(await openFindings(running.container())).not.toContain("authorization_expiring");
    });
  });
});
