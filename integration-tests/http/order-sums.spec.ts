import { Modules } from "@medusajs/framework/utils";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { listFindings } from "../../src/workflows/upkeep/list-findings";
import { resolveFinding } from "../../src/workflows/upkeep/resolve-finding";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { findingsAbout, makeDue } from "../support/journal";
import type { Operator } from "../support/operator";
import { age, moveRows, paidOrder } from "../support/paid-order";
import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  const atBank = async (reference: string) =>
    (await running.bank().ledger()).find((payment) => payment.reference === reference)!;
  const rows = () => moveRows(running);
  afterEach(() => jest.restoreAllMocks());

  /** The order's transactions, by what they are about. */
  const transactions = async (order_id: string) => {
    const made = await running
      .container()
      .resolve(Modules.ORDER)
      .listOrderTransactions({ order_id }, { select: ["reference", "amount"] });
    return made.map(({ reference, amount }) => [reference, Number(amount)]);
  };
  const booked = async (operator: Operator, order_id: string) => {
    const order = await operator.order(order_id);
    const { captured_amount, refunded_amount, status } = order.payment_collections[0];
    return { payment_status: order.payment_status, status, captured_amount, refunded_amount };
  };
  const provider = () => findGateway(running.container(), "pp_sandbox_a")!;

  describe("a server that stopped during Medusa's capture or refund", () => {
    it("leaves an order that learns of its capture", async () => {
      const { operator, order_id, payment_id, payment, attempt_id } = await paidOrder(running);
      const [row] = await rows().createCaptures([{ payment_id, amount: 69.8 }]);
      await provider().capturePayment({ data: { attempt_id }, context: { idempotency_key: row!.id } });
      await settleAttempt(running.container(), attempt_id);
      expect(await transactions(order_id)).toEqual([]);
      await age(running, 120_000);
      await makeDue(running.container());
      await reconcile(running.container());
      await settleAttempt(running.container(), attempt_id);
      expect(await transactions(order_id)).toEqual([["capture", 69.8]]);
      expect((await payment()).captured_at).not.toBeNull();
      expect(await booked(operator, order_id)).toMatchObject({
        payment_status: "captured",
        status: "completed",
        captured_amount: 69.8,
      });
    });

    it("leaves an order without what Medusa counted of a move that was never made", async () => {
      const { operator, order_id, payment_id, attempt_id } = await paidOrder(running);
      const [left] = await rows().createCaptures([
        { payment: payment_id, amount: 20, raw_amount: { value: "20" } },
      ]);
      expect((await operator.capture(payment_id, 30)).status).toBe(200);
      expect(await transactions(order_id)).toHaveLength(2);
      expect(left).toBeDefined();
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      expect(await transactions(order_id)).toEqual([["capture", 30]]);
    });

    it("leaves an order that learns of its refund, as of one that was answered", async () => {
      const [lost, answered] = [await paidOrder(running), await paidOrder(running)];
      const { operator, payment_id, attempt_id } = lost;
      await operator.capture(payment_id);
      await operator.capture(answered.payment_id);
      await operator.refund(answered.payment_id, 10);
      const [row] = await rows().createRefunds([{ payment_id, amount: 10 }]);
      await provider().refundPayment({
        data: { attempt_id },
        amount: 10,
        context: { idempotency_key: row!.id },
      });
      await age(running, 120_000);
      await Promise.all([1, 2, 3].map(() => settleAttempt(running.container(), attempt_id)));
      await settleAttempt(running.container(), attempt_id);
      expect(await transactions(lost.order_id)).toEqual([
        ["capture", 69.8],
        ["refund", -10],
      ]);
      const [of_lost, of_answered] = await Promise.all(
        [lost, answered].map(async ({ order_id }) => ({
          ...(await booked(operator, order_id)),
          summary: (await operator.order(order_id)).summary.pending_difference,
          total: (await operator.order(order_id)).total,
        })),
      );
      expect(of_lost).toEqual(of_answered);
      expect((await operator.refund(payment_id, 5)).status).toBe(200);
      expect(await transactions(lost.order_id)).toContainEqual(["refund", -5]);
    });

    it("lowers what an order is for only once, should it stop again before the refund is counted", async () => {
      const { operator, order_id, payment_id, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id, 40);
      const [row] = await rows().createRefunds([{ payment_id, amount: 10 }]);
      const context = { idempotency_key: row!.id };
      await provider().refundPayment({ data: { attempt_id }, amount: 10, context });
      await age(running, 120_000);
      jest
        .spyOn(running.container().resolve(Modules.ORDER), "addOrderTransactions")
        .mockRejectedValueOnce(new Error("The server stops."));
      await expect(settleAttempt(running.container(), attempt_id)).rejects.toThrow("The server stops.");
      await settleAttempt(running.container(), attempt_id);
      expect(await transactions(order_id)).toContainEqual(["refund", -10]);
      expect((await operator.order(order_id)).total).toBe(59.8);
    });

    it("beside another leaves both counted with their own amounts", async () => {
      const { operator, order_id, payment_id, attempt_id } = await paidOrder(running);
      const answers = await Promise.all([30, 39.8].map((amount) => operator.capture(payment_id, amount)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      expect((await transactions(order_id)).map(([, amount]) => amount).sort()).toEqual([30, 39.8]);
    });

    it("leaves a refund that is not made a second time when it is asked for again", async () => {
      const { operator, payment_id, attempt_id, reference } = await paidOrder(running);
      await operator.capture(payment_id);
      const [row] = await rows().createRefunds([{ payment_id, amount: 10 }]);
      await provider().refundPayment({
        data: { attempt_id },
        amount: 10,
        context: { idempotency_key: row!.id },
      });
      const knex = running.container().resolve("__pg_connection__");
      await knex("tender_payment_operation")
        .where({ attempt_id, kind: "refund" })
        .update({ status: "started", finished_at: null });
      await age(running, 31_000);
      const again = await operator.refund(payment_id, 10);
      expect([again.status, again.body.message]).toEqual([400, expect.stringMatching(/did go through/)]);
      expect(await atBank(reference)).toMatchObject({ refunded_minor: 1000 });
      await age(running, 120_000);
      expect((await operator.refund(payment_id, 10)).status).toBe(200);
    });

    it("leaves a payment whose capture was never made as one that still waits for it", async () => {
      const { operator, order_id, payment_id, payment, attempt_id } = await paidOrder(running);
      const payments = running.container().resolve(Modules.PAYMENT);
      jest.spyOn(provider().gateway, "capturePayment").mockRejectedValue(new Error("The server stops."));
      jest.spyOn(rows(), "deleteCaptures").mockResolvedValue(undefined);
      expect((await operator.capture(payment_id)).status).toBe(500);
      jest.restoreAllMocks();
      const { payment_collection_id: id } = await payments.retrievePayment(payment_id);
      await payments.updatePaymentCollections(id, { captured_amount: 69.8, status: "completed" } as never);
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      await settleAttempt(running.container(), attempt_id);
      expect((await payment()).captures).toEqual([]);
      expect(await booked(operator, order_id)).toEqual({
        payment_status: "authorized",
        status: "authorized",
        captured_amount: 0,
        refunded_amount: 0,
      });
    });

    it("says which order asks for refunded money, and says no more once it is lowered", async () => {
      const { operator, order_id, payment_id, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id, 40);
      await operator.refund(payment_id, 5);
      const engine = running.container().resolve(Modules.WORKFLOW_ENGINE);
      const [row] = await rows().createRefunds([{ payment_id, amount: 10 }]);
      const context = { idempotency_key: row!.id };
      await provider().refundPayment({ data: { attempt_id }, amount: 10, context });
      // Medusa counts the refund, and the server stops before it lowers the order.
      await running
        .container()
        .resolve(Modules.ORDER)
        .addOrderTransactions([
          { order_id, amount: -10, currency_code: "eur", reference: "refund", reference_id: row!.id },
        ]);
      await settleAttempt(running.container(), attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      await settleAttempt(running.container(), attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["ledger_difference"]);
      const [finding] = (
        await listFindings(running.container(), { status: "open", limit: 50 })
      ).findings.filter(({ kind }) => kind === "ledger_difference");
      expect(finding?.detail).toContain(
        "10.00 EUR were refunded, and the order still asks its payer for them",
      );
      const check = () =>
        resolveFinding(running.container(), {
          finding_id: finding!.id,
          action: "retry_check",
          who: "user_operator",
        });
      expect((await check()).status).toBe("open");
      // Medusa's credit line for the next one is not this one's.
      expect((await operator.refund(payment_id, 10)).status).toBe(200);
      await settleAttempt(running.container(), attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["ledger_difference"]);
      await engine.run("create-order-refund-credit-lines", { input: { order_id, amount: 10 } });
      expect((await check()).status).toBe("resolved");
    });

    it("says nothing of a refund that was never made", async () => {
      const { operator, payment_id, payment, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id, 40);
      await rows().createRefunds([{ payment_id, amount: 10 }]);
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
      expect((await payment()).refunds).toEqual([]);
    });

    it("leaves as it is what Medusa holds to be paid in full, fractions of a cent aside", async () => {
      const { operator, order_id, payment_id, attempt_id } = await paidOrder(running);
      const payments = running.container().resolve(Modules.PAYMENT);
      const { payment_collection_id: id } = await payments.retrievePayment(payment_id);
      await payments.updatePaymentCollections(id, { amount: 69.804 });
      await operator.capture(payment_id);
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      expect(await booked(operator, order_id)).toMatchObject({ status: "completed", captured_amount: 69.8 });
    });

    it("lowers the order later where it cannot be done just now, and says so where Medusa refuses it", async () => {
      const { operator, order_id, payment_id, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id, 40);
      const [row] = await rows().createRefunds([{ payment_id, amount: 10 }]);
      const context = { idempotency_key: row!.id };
      await provider().refundPayment({ data: { attempt_id }, amount: 10, context });
      await age(running, 120_000);
      const engine = running.container().resolve(Modules.WORKFLOW_ENGINE);
      const failing = jest.spyOn(engine, "run");
      failing.mockResolvedValueOnce({ errors: [{ error: new Error("Connection terminated") }] } as never);
      await settleAttempt(running.container(), attempt_id);
      expect(await transactions(order_id)).not.toContainEqual(["refund", -10]);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
      failing.mockRestore();
      await operator.send("POST", "/admin/order-edits", { order_id });
      await settleAttempt(running.container(), attempt_id);
      expect(await transactions(order_id)).toContainEqual(["refund", -10]);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["ledger_difference"]);
    });
  });

  it("counts once what two pieces of news find moved in the dashboard at the same time", async () => {
    const { operator, order_id, payment_id, attempt_id, reference } = await paidOrder(running);
    await operator.capture(payment_id);
    await running.bank().control(`/control/payments/${reference}/refund`, { amount_minor: 500 });
    const { money } = provider();
    const recordedMoves = money.recordedMoves.bind(money);
    let meet = (): void => undefined;
    const both = new Promise<void>((resolve) => (meet = resolve));
    let looks = 0;
    jest.spyOn(money, "recordedMoves").mockImplementation(async (kind, attempt) => {
      const found = await recordedMoves(kind, attempt);
      if (kind === "refund" && ++looks <= 2) {
        if (looks === 2) meet();
        await both;
      }
      return found;
    });
    await Promise.all([
      settleAttempt(running.container(), attempt_id),
      settleAttempt(running.container(), attempt_id),
    ]);
    expect(await transactions(order_id)).toEqual([
      ["capture", 69.8],
      ["refund", -5],
    ]);
    expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
  });

  describe("what Medusa counts of moves that are no more", () => {
    /** Looked at once everything is over. */
    async function later(attempt_id: string): Promise<void> {
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      await settleAttempt(running.container(), attempt_id);
    }

    it("is once the refund of a canceled order", async () => {
      const { operator, order_id, payment_id, attempt_id, reference } = await paidOrder(running);
      await operator.capture(payment_id);
      await operator.cancelOrder(order_id);
      await later(attempt_id);
      expect(await atBank(reference)).toMatchObject({ refunded_minor: 6980 });
      expect(await transactions(order_id)).toEqual([
        ["capture", 69.8],
        ["refund", -69.8],
      ]);
    });

    it("is no refund where that of a canceled order failed", async () => {
      const { operator, order_id, payment_id, attempt_id, reference } = await paidOrder(running);
      await operator.capture(payment_id);
      await running.bank().fault({ operation: "refund", fault: "http_429" });
      await operator.cancelOrder(order_id);
      expect(await transactions(order_id)).toHaveLength(2);
      await later(attempt_id);
      expect(await atBank(reference)).toMatchObject({ refunded_minor: 0 });
      expect(await transactions(order_id)).toEqual([["capture", 69.8]]);
    });

    it("is nothing where it was another call's row, which Medusa took away again", async () => {
      const { operator, order_id, payment_id, attempt_id } = await paidOrder(running);
      await operator.capture(payment_id);
      const [left] = await rows().createRefunds([
        { payment: payment_id, amount: 5, raw_amount: { value: "5" } },
      ]);
      expect((await operator.refund(payment_id, 30)).status).toBe(200);
      await rows().deleteRefunds([left!.id]);
      expect(await transactions(order_id)).toHaveLength(3);
      await later(attempt_id);
      expect(await transactions(order_id)).toEqual([
        ["capture", 69.8],
        ["refund", -30],
      ]);
    });
  });

  it("does not take a capture of another server, whose clock runs behind, for one too many", async () => {
    const { operator, payment_id, payment, attempt_id } = await paidOrder(running);
    const { money } = provider();
    const recordedMoves = money.recordedMoves.bind(money);
    jest.spyOn(money, "recordedMoves").mockImplementationOnce(async (...asked) => {
      expect((await operator.capture(payment_id, 20)).status).toBe(200);
      await age(running, 120_000);
      return recordedMoves(...asked);
    });
    await settleAttempt(running.container(), attempt_id);
    expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
    expect((await payment()).captures).toHaveLength(1);
  });
});
