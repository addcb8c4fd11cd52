import { MIRRORED_BY } from "../../src/gateway/medusa-cradle";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { makeDue } from "../support/journal";
import { age, moveRows, paidOrder } from "../support/paid-order";
import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  const atBank = async (reference: string) =>
    (await running.bank().ledger()).find((payment) => payment.reference === reference)!;
  const rows = () => moveRows(running);
  const amountsOf = (rows: { amount: number }[]) => rows.map(({ amount }) => amount);

  /** More answers are lost here in a minute than a circuit stays closed for. */
  beforeEach(() => {
    jest
      .spyOn(findGateway(running.container(), "pp_sandbox_a")!.health, "run")
      .mockImplementation((call) => call());
  });
  afterEach(() => jest.restoreAllMocks());

  describe("a capture or refund whose answer was lost", () => {
    it("is put on record by the reconciler when the operator does not try again", async () => {
      const { operator, payment_id, payment, reference } = await paidOrder(running);
      await running.bank().fault({ operation: "capture", fault: "reset_after", times: 1 });
      expect((await operator.capture(payment_id, 30)).status).toBeGreaterThanOrEqual(400);
      expect((await payment()).captures).toEqual([]);
      await age(running, 120_000);
      await makeDue(running.container());
      await reconcile(running.container());
      expect(amountsOf((await payment()).captures)).toEqual([30]);
      expect(await atBank(reference)).toMatchObject({ captured_minor: 3000 });
    });

    it.each([["the operator's next capture"], ["the next look at the payment"]])(
      "does not pass for all of it when another was made beside it: %s",
      async (which) => {
        const { operator, payment_id, payment, reference, attempt_id } = await paidOrder(running);
        await running.bank().fault({ operation: "capture", fault: "malformed", times: 1 });
        const answers = await Promise.all([34.9, 34.9].map((amount) => operator.capture(payment_id, amount)));
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 500]);
        expect(await atBank(reference)).toMatchObject({ captured_minor: 3490 });
        if (which.includes("look")) {
          await settleAttempt(running.container(), attempt_id);
          expect((await payment()).captured_at).toBeNull();
        }
        expect((await operator.capture(payment_id, 34.9)).status).toBe(200);
        expect(await atBank(reference)).toMatchObject({ captured_minor: 6980 });
        expect(amountsOf((await payment()).captures)).toEqual([34.9, 34.9]);
      },
    );

    it("keeps its mark, right or wrong, when a stranger asks for a capture", async () => {
      const { payment_id, payment } = await paidOrder(running);
      const captured_at = new Date();
      await running
        .container()
        .resolve("__pg_connection__")("payment")
        .where({ id: payment_id })
        .update({ captured_at });
      const answer = await fetch(`${running.base_url()}/admin/payments/${payment_id}/capture`, {
        method: "POST",
      });
      expect(answer.status).toBe(401);
      expect((await payment()).captured_at).toBe(captured_at.toISOString());
    });

    it("is on record in full when the rest was captured in the dashboard before the next look", async () => {
      const { operator, payment_id, payment, reference, attempt_id } = await paidOrder(running);
      await running.bank().fault({ operation: "capture", fault: "malformed", times: 1 });
      await Promise.all([34.9, 34.9].map((amount) => operator.capture(payment_id, amount)));
      await running.bank().control(`/control/payments/${reference}/capture`, {});
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      expect(await atBank(reference)).toMatchObject({ captured_minor: 6980 });
      expect(amountsOf((await payment()).captures)).toEqual([34.9, 34.9]);
      expect((await operator.refund(payment_id, 69.8)).status).toBe(200);
    });

    it("is not made a second time when the operator tries again before or after", async () => {
      const { operator, payment_id, payment, reference, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id);
      await running.bank().fault({ operation: "refund", fault: "reset_after", times: 1 });
      expect((await operator.refund(payment_id, 10)).status).toBeGreaterThanOrEqual(400);
      expect((await operator.refund(payment_id, 10)).status).toBe(200);
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      expect(amountsOf((await payment()).refunds)).toEqual([10]);
      expect(await atBank(reference)).toMatchObject({ refunded_minor: 1000 });
    });

    it("is not made a second time when it was put on record by itself just before the operator tries again", async () => {
      const { operator, payment_id, payment, reference, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id);
      await running.bank().fault({ operation: "refund", fault: "reset_after", times: 1 });
      expect((await operator.refund(payment_id, 10)).status).toBeGreaterThanOrEqual(400);
      await settleAttempt(running.container(), attempt_id);
      expect(amountsOf((await payment()).refunds)).toEqual([10]);

      const again = await operator.refund(payment_id, 10);
      expect([again.status, again.body.message]).toEqual([
        400,
        expect.stringMatching(/did go through.* in 1[12]\d s/),
      ]);
      expect(await atBank(reference)).toMatchObject({ refunded_minor: 1000 });
      expect((await operator.refund(payment_id, 5)).status).toBe(200);
      await age(running, 120_000);
      expect((await operator.refund(payment_id, 10)).status).toBe(200);
      expect(await atBank(reference)).toMatchObject({ refunded_minor: 2500 });
    });

    it("is not made a second time when it is being put on record while the operator tries again", async () => {
      const { operator, payment_id, payment, reference, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id);
      await running.bank().fault({ operation: "refund", fault: "reset_after", times: 1 });
      expect((await operator.refund(payment_id, 10)).status).toBeGreaterThanOrEqual(400);
      const recording = await rows().createRefunds([{ payment_id, amount: 10, created_by: MIRRORED_BY }]);
      expect((await operator.refund(payment_id, 10)).status).toBe(200);
      expect(await atBank(reference)).toMatchObject({ refunded_minor: 1000 });
      // Its recorder finds out that the operator's own stands for it.
      await rows().deleteRefunds(recording.map(({ id }) => id));
      await settleAttempt(running.container(), attempt_id);
      expect(amountsOf((await payment()).refunds)).toEqual([10]);
    });

    it("is not made a second time when it was put on record with one of the bank's dashboard", async () => {
      const { operator, payment_id, payment, reference, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id);
      await running.bank().fault({ operation: "*", fault: "webhook_drop" });
      await running.bank().fault({ operation: "refund", fault: "reset_after", times: 1 });
      expect((await operator.refund(payment_id, 10)).status).toBeGreaterThanOrEqual(400);
      await running.bank().control(`/control/payments/${reference}/refund`, { amount_minor: 500 });
      await settleAttempt(running.container(), attempt_id);
      expect(amountsOf((await payment()).refunds)).toEqual([15]);
      expect((await operator.refund(payment_id, 10)).body.message).toMatch(/did go through/);
      expect(await atBank(reference)).toMatchObject({ refunded_minor: 1500 });
    });

    it("does not pass for two others that are asked for at the same moment and add up to it", async () => {
      const { operator, payment_id, reference } = await paidOrder(running);
      await running.bank().fault({ operation: "capture", fault: "reset_after", times: 1 });
      expect((await operator.capture(payment_id, 50)).status).toBeGreaterThanOrEqual(400);
      // The other one's row, whose call waits until this one's is over.
      await rows().createCaptures([{ payment_id, amount: 25 }]);
      const asked = await operator.capture(payment_id, 25);
      expect([asked.status, asked.body.message]).toEqual([
        400,
        expect.stringMatching(/not on record here yet/),
      ]);
      expect(await atBank(reference)).toMatchObject({ captured_minor: 5000 });
    });

    it("stays one call in the journal when the rest is captured in the bank's dashboard before it is on record", async () => {
      const { operator, payment_id, payment, reference, attempt_id } = await paidOrder(running);
      await running.bank().fault({ operation: "*", fault: "webhook_drop" });
      await running.bank().fault({ operation: "capture", fault: "reset_after", times: 1 });
      expect((await operator.capture(payment_id, 30)).status).toBeGreaterThanOrEqual(400);
      await running.bank().control(`/control/payments/${reference}/capture`);
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      expect(amountsOf((await payment()).captures)).toEqual([69.8]);
      const captures = await tenderModule(running.container()).listOperations(attempt_id, ["capture"]);
      expect(captures.map(({ status, amount }) => [status, amount?.amount_minor])).toEqual([
        ["succeeded", 3000n],
        ["succeeded", 3980n],
      ]);
      expect(await atBank(reference)).toMatchObject({ captured_minor: 6980 });
    });

    it("and that came long after it was given up, does not pass for the next one of the same amount", async () => {
      const { operator, payment_id, payment, reference, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id);
      await running.bank().fault({ operation: "refund", fault: "reset_after", times: 1 });
      expect((await operator.refund(payment_id, 10)).status).toBeGreaterThanOrEqual(400);
      const knex = running.container().resolve("__pg_connection__");
      await knex("tender_payment_operation")
        .where({ attempt_id, kind: "refund" })
        .update({ status: "failed", error_kind: "unknown" });
      await settleAttempt(running.container(), attempt_id);
      expect(amountsOf((await payment()).refunds)).toEqual([10]);
      await age(running, 120_000);
      expect((await operator.refund(payment_id, 10)).status).toBe(200);
      expect(await atBank(reference)).toMatchObject({ refunded_minor: 2000 });
    });
  });
});
