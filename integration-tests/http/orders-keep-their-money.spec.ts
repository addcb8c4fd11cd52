import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { paymentModule } from "../../src/workflows/medusa/payment-session";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { decide } from "../support/bank-page";
import { attemptsOf, findingsAbout, makeDue } from "../support/journal";
import { age as ageAll, approvedPayment, paidOrder } from "../support/paid-order";
import { cardOf } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";
const TOTAL_MINOR = 6980;

withRunningStore((running) => {
  const knex = () => running.container().resolve("__pg_connection__");
  const orders = () => running.container().resolve(Modules.ORDER).listOrders({});
  const atBank = async (reference: string) =>
    (await running.bank().ledger()).find((payment) => payment.reference === reference)!;
  const lastAtBank = async () => (await running.bank().ledger()).at(-1)!;
  const dashboard = (reference: string, act: string) =>
    running.bank().control(`/control/payments/${reference}/${act}`, {});
  const age = (ms: number) => ageAll(running, ms);
  const settle = (attempt_id: string) => settleAttempt(running.container(), attempt_id);

  afterEach(() => jest.restoreAllMocks());

  const approved = () => approvedPayment(running);

  /** As a server leaves it that stops after Medusa has made the order and before it records the payment. */
  async function orderWithoutPayment() {
    const { attempt_id, reference, shopper } = await approved();
    await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
    const { payment_session_id } = await knex()("tender_payment_attempt").where({ id: attempt_id }).first();
    await knex()("payment").where({ payment_session_id }).delete();
    await knex()("payment_session").where({ id: payment_session_id }).update({ authorized_at: null });
    return { attempt_id, reference, payment_session_id: payment_session_id as string };
  }

  describe("an order that Medusa cannot place just now", () => {
    it.each([
      ["the cart is locked by a server that died", { message: 'Failed to acquire lock for key "cart"' }],
      ["another completion is under way", { message: "Timed-out acquiring lock.", type: "conflict" }],
      ["the database was restarted", { message: "terminating connection", code: "57P01" }],
    ])("is placed later with the same money: %s", async (_, error) => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      const attempt_id: string = body.payment_attempt.id;
      jest
        .spyOn(running.container().resolve(Modules.WORKFLOW_ENGINE), "run")
        .mockResolvedValueOnce({ errors: [{ error }] } as never);
      const confirmed = await shopper.confirm(attempt_id, { card: cardOf(APPROVES) });
      expect(confirmed.body).toMatchObject({
        type: "pending",
        payment_attempt: { status: "authorized", next_action: { type: "wait" } },
      });
      expect((await shopper.start("pp_sandbox_b:card")).status).toBe(409);
      await age(10_000);
      await shopper.attempt(attempt_id);
      expect(
        (await attemptsOf(running.container(), shopper.cart_id)).map(({ order_id }) => order_id),
      ).toEqual([expect.stringMatching(/^order_/)]);
      expect(await lastAtBank()).toMatchObject({ status: "authorized", authorized_minor: TOTAL_MINOR });
    });

    it("is given up, and the money goes back, when the checkout was left meanwhile", async () => {
      const { attempt_id, reference } = await approved();
      const engine = running.container().resolve(Modules.WORKFLOW_ENGINE);
      const locked = { errors: [{ error: { message: 'Failed to acquire lock for key "cart"' } }] };
      jest.spyOn(engine, "run").mockResolvedValueOnce(locked as never);
      await age(tenderModule(running.container()).options.abandoned_after_ms);
      await settle(attempt_id);
      expect(await atBank(reference)).toMatchObject({ status: "canceled" });
      expect(await orders()).toHaveLength(0);
    });
  });

  describe("an order whose payment is gone", () => {
    it("is told to the operator, also when canceling it had been tried in vain", async () => {
      const { payment_id, attempt_id, reference } = await paidOrder(running);
      await running.bank().fault({ operation: "cancel", fault: "http_429" });
      await expect(paymentModule(running.container()).cancelPayment(payment_id)).rejects.toThrow();
      await running.bank().clearFaults();
      await dashboard(reference, "cancel");
      await age(120_000);
      await settle(attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
      await settle(attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
    });

    it("is told by the next look when the server stopped before it could", async () => {
      const { attempt_id, reference } = await paidOrder(running);
      await dashboard(reference, "cancel");
      const gateway = findGateway(running.container(), "pp_sandbox_a")!;
      await gateway.attempts.refresh(
        (await tenderModule(running.container()).findAttempt({ id: attempt_id }))!,
      );
      expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
      await makeDue(running.container());
      await reconcile(running.container());
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
    });

    it("is nothing to tell of an order that was canceled", async () => {
      const { operator, order_id, attempt_id } = await paidOrder(running);
      expect((await operator.cancelOrder(order_id)).status).toBe(200);
      await age(120_000);
      await settle(attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
    });
  });

  it("pays an order that Medusa left without its payment when the server stopped", async () => {
    const { attempt_id, reference, payment_session_id } = await orderWithoutPayment();
    const settled = await settle(attempt_id);
    expect(settled.order_id).toMatch(/^order_/);
    expect(await atBank(reference)).toMatchObject({ status: "authorized" });
    expect(await paymentModule(running.container()).listPayments({ payment_session_id })).toHaveLength(1);
  });

  it("tells of an order that was left without its payment when the payment went away before the next look", async () => {
    const { attempt_id, reference } = await orderWithoutPayment();
    await dashboard(reference, "cancel");
    for (let look = 0; look < 2; look += 1) {
      await settle(attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
    }
  });

  it("tells of an order whose payment was recorded, but not noted before it went away", async () => {
    const { attempt_id, reference, shopper } = await approved();
    await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
    const { payment_session_id } = await knex()("tender_payment_attempt").where({ id: attempt_id }).first();
    await knex()("tender_payment_attempt").where({ id: attempt_id }).update({ order_id: null });
    await dashboard(reference, "cancel");
    for (let look = 0; look < 2; look += 1) {
      expect((await settle(attempt_id)).order_id).toMatch(/^order_/);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
    }
    const [payment] = await paymentModule(running.container()).listPayments({ payment_session_id });
    expect(payment).toMatchObject({ canceled_at: expect.any(Date) });
  });

  it("tells of it with the next look when the server stopped once more before it was told", async () => {
    const { attempt_id, reference, shopper } = await approved();
    await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
    await knex()("tender_payment_attempt").where({ id: attempt_id }).update({ order_id: null });
    await dashboard(reference, "cancel");
    jest
      .spyOn(tenderModule(running.container()), "openFinding")
      .mockRejectedValueOnce(new Error("The server stops here."));
    await expect(settle(attempt_id)).rejects.toThrow("stops here");
    await makeDue(running.container());
    await reconcile(running.container());
    expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
  });

  it("has nothing to tell of a card that was refused before another paid the order", async () => {
    const shopper = await running.shopper();
    const { started } = await shopper.pay("pp_sandbox_a:card", "4000000000009995");
    expect((await shopper.pay("pp_sandbox_b:card", APPROVES)).confirmed.body.type).toBe("order");
    // As a server leaves it that stops before it has noted whose payment the order's is.
    await knex()("tender_payment_attempt").update({ order_id: null });
    const refused: string = started.body.payment_attempt.id;
    await settle(refused);
    expect(await findingsAbout(running.container(), refused)).toEqual([]);
  });

  it("does not wait for the cart's lock to know that a paid order is paid", async () => {
    const shopper = await running.shopper();
    const { started } = await shopper.pay("pp_sandbox_a:card", "4000000000009995");
    expect((await shopper.pay("pp_sandbox_b:card", APPROVES)).confirmed.body.type).toBe("order");
    const locking = jest.spyOn(running.container().resolve(Modules.LOCKING), "acquire");
    await settle(started.body.payment_attempt.id);
    expect(locking).not.toHaveBeenCalledWith(shopper.cart_id, expect.anything());
  });

  it("keeps the payment of an order whose session was deleted", async () => {
    const { attempt_id, reference, shopper } = await approved();
    await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
    const { payment_session_id } = await knex()("tender_payment_attempt").where({ id: attempt_id }).first();
    await knex()("payment_session").where({ id: payment_session_id }).delete();
    await age(120_000);
    const settled = await settle(attempt_id);
    expect(settled.order_id).toMatch(/^order_/);
    expect(await atBank(reference)).toMatchObject({ status: "authorized" });
  });

  it("completes a cart with the payment that was approved, and not with one that was never confirmed", async () => {
    const { attempt_id, reference, shopper } = await approved();
    const attempt = (await tenderModule(running.container()).findAttempt({ id: attempt_id }))!;
    const payment = paymentModule(running.container());
    await payment.deletePaymentSession(attempt.payment_session_id!);
    await payment.createPaymentSession(attempt.payment_collection_id!, {
      provider_id: "pp_sandbox_b",
      amount: 69.8,
      currency_code: "eur",
      data: { method: "apple_pay" },
    });
    const { reference: other } = await lastAtBank();
    await settle(attempt_id);
    expect(await atBank(other)).toMatchObject({ authorized_minor: 0 });
    expect(await atBank(reference)).toMatchObject({ status: "authorized" });
    expect((await attemptsOf(running.container(), shopper.cart_id))[0]!.order_id).toMatch(/^order_/);
  });

  it("puts a payment on record that was made for an order itself", async () => {
    const { order_id } = await paidOrder(running);
    const container = running.container();
    const payment = paymentModule(container);
    const collection = await payment.createPaymentCollections({ amount: 10, currency_code: "eur" });
    await container.resolve(ContainerRegistrationKeys.LINK).create({
      [Modules.ORDER]: { order_id },
      [Modules.PAYMENT]: { payment_collection_id: collection.id },
    });
    const session = await payment.createPaymentSession(collection.id, {
      provider_id: "pp_sandbox_a",
      amount: 10,
      currency_code: "eur",
      data: {},
    });
    const attempt = (await tenderModule(container).findAttempt({ payment_session_id: session.id }))!;
    await findGateway(container, "pp_sandbox_a")!.attempts.confirm(attempt.id, {
      data: { token: "tok_visa" },
    });
    await settle(attempt.id);
    const recorded = () =>
      payment.listPayments({ payment_session_id: session.id }, { relations: ["captures"] });
    expect(await recorded()).toMatchObject([{ amount: 10, captures: [] }]);
    const { reference } = await lastAtBank();
    await dashboard(reference, "capture");
    await settle(attempt.id);
    expect(await recorded()).toMatchObject([{ captures: [{ amount: 10 }] }]);
    expect(await findingsAbout(container, attempt.id)).toEqual([]);
  });

  it("gives an attempt the payment it was about to take over when the server stopped", async () => {
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_sandbox_a:card");
    const { reference } = await lastAtBank();
    const tender = tenderModule(running.container());
    const former = (await tender.findAttempt({ id: body.payment_attempt.id }))!;
    await tender.changeAttempt(former.id, "released");
    const { provider_id, method, amount, payment_collection_id, cart_id } = former;
    const next = await tender.openAttempt({
      ...{ provider_id, method, amount, payment_collection_id, cart_id },
      payment_session_id: null,
    });
    const { id } = await tender.beginOperation({
      ...{ attempt_id: next.id, kind: "update", amount },
      idempotency_key: `${next.id}:update`,
    });
    await tender.endOperation(id, { status: "succeeded", gateway_reference: reference });
    expect(await settle(next.id)).toMatchObject({ status: "ready", gateway_reference: reference });
    expect(await tender.findAttempt({ id: former.id })).toMatchObject({
      status: "canceled",
      gateway_reference: null,
    });
  });

  it("lets a shopper whose last try went to the bank's page come back from it", async () => {
    const { options } = tenderModule(running.container());
    const { attempts_per_cart } = options;
    options.attempts_per_cart = 1;
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_sandbox_a:card");
    const id: string = body.payment_attempt.id;
    const asked = await shopper.confirm(id, { card: cardOf("4000002760003184") });
    expect(asked.body.type).toBe("action_required");
    await decide(asked.body.payment_attempt.next_action.url, "approve");
    expect((await shopper.confirm(id)).body.type).toBe("order");
    expect((await shopper.confirm(id)).body.type).toBe("order");
    options.attempts_per_cart = attempts_per_cart;
  });
});
