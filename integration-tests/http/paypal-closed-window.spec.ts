import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { startPaypalSimulator, type PaypalSimulator } from "../simulators/paypal";
import { attemptsOf, makeDue, openFindings } from "../support/journal";
import { whileSoldOut } from "../support/sell-out";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";

const PAYPAL = "pp_paypal_main";
const HOUR_MS = 60 * 60 * 1000;
const KEYS = { client_id: "client-id-of-the-store", client_secret: "client-secret-of-the-store" };
let simulator: PaypalSimulator;

async function account(): Promise<Record<string, string>> {
  simulator = await startPaypalSimulator({ accounts: [KEYS] });
  return {
    PAYPAL_GATEWAY_CLIENT_ID: KEYS.client_id,
    PAYPAL_GATEWAY_CLIENT_SECRET: KEYS.client_secret,
    PAYPAL_GATEWAY_API_URL: simulator.url,
  };
}

/** Shoppers who approve at PayPal, or do not, and whose window is gone. */
withRunningStore((running) => {
  beforeEach(() => enableProviders(running.container(), running.store().region_id, [PAYPAL]));
  afterAll(() => simulator.stop());

  async function sentToPayPal() {
    const shopper = await running.shopper();
    const started = await shopper.start(`${PAYPAL}:paypal`);
    const attempt_id: string = started.body.payment_attempt.id;
    const order_id: string = started.body.payment_attempt.client.order_id;
    const sent = await shopper.confirm(attempt_id);
    expect(sent.body).toMatchObject({
      type: "action_required",
      payment_attempt: { next_action: { type: "redirect", url: expect.stringContaining(order_id) } },
    });
    return { shopper, attempt_id, order_id };
  }

  const booked = (order_id: string) => simulator.api.ledger().find(({ id }) => id === order_id);
  const statusesOf = async (cart_id: string) =>
    (await attemptsOf(running.container(), cart_id)).map(({ status }) => status);

  it("has its order once the shopper comes back approved, without PayPal's script", async () => {
    const { shopper, attempt_id, order_id } = await sentToPayPal();
    simulator.api.approve(order_id);
    expect((await shopper.confirm(attempt_id)).body).toMatchObject({ type: "order" });
    expect(booked(order_id)).toMatchObject({ authorized: 6980n, captured: 0n });
  });

  it("lets a shopper who comes back without having approved choose again, and sends nobody round in circles", async () => {
    const { shopper, attempt_id, order_id } = await sentToPayPal();
    expect((await shopper.confirm(attempt_id)).body).toMatchObject({
      type: "action_required",
      payment_attempt: { next_action: { type: "confirm" } },
    });
    expect(booked(order_id)).toMatchObject({ authorized: 0n });
  });

  it("has its order though the window was closed after the approval", async () => {
    const { shopper, attempt_id, order_id } = await sentToPayPal();
    simulator.api.approve(order_id);
    await settleAttempt(running.container(), attempt_id);
    const attempt = await tenderModule(running.container()).findAttempt({ id: attempt_id });
    expect(attempt).toMatchObject({ status: "authorized", order_id: expect.any(String) });
    expect(booked(order_id)).toMatchObject({ authorized: 6980n, authorizations: 1 });
    expect((await shopper.confirm(attempt_id)).body).toMatchObject({
      type: "order",
      order: { id: attempt?.order_id },
    });
    expect(await openFindings(running.container())).toEqual([]);
  });

  it("is found by the reconciler, where the news is lost too", async () => {
    const { shopper, order_id } = await sentToPayPal();
    simulator.api.approve(order_id);
    await makeDue(running.container());
    await reconcile(running.container());
    expect(await statusesOf(shopper.cart_id)).toEqual(["authorized"]);
    expect(booked(order_id)).toMatchObject({ authorized: 6980n, authorizations: 1 });
  });

  it("is found by a later look too, however often it was looked at while the payer was still at PayPal", async () => {
    const { shopper, order_id } = await sentToPayPal();
    await makeDue(running.container());
    await reconcile(running.container());
    expect(await statusesOf(shopper.cart_id)).toEqual(["action_required"]);
    const [attempt] = await attemptsOf(running.container(), shopper.cart_id);
    expect(attempt?.next_check_at?.getTime()).toBeLessThan(Date.now() + HOUR_MS);
    simulator.api.approve(order_id);
    await makeDue(running.container());
    await reconcile(running.container());
    expect(await statusesOf(shopper.cart_id)).toEqual(["authorized"]);
  });

  it("is tried again after passing trouble at PayPal", async () => {
    const { shopper, attempt_id, order_id } = await sentToPayPal();
    simulator.api.approve(order_id);
    await simulator.api.fault({ fault: "http_429", operation: "orders.authorize", times: 1 });
    await settleAttempt(running.container(), attempt_id);
    expect(booked(order_id)).toMatchObject({ authorized: 0n });
    expect(await statusesOf(shopper.cart_id)).toEqual(["ready"]);
    await settleAttempt(running.container(), attempt_id);
    expect(await statusesOf(shopper.cart_id)).toEqual(["authorized"]);
    expect(booked(order_id)).toMatchObject({ authorized: 6980n, authorizations: 1 });
  });

  it("is asked for a few times only where PayPal refuses the payer's funding, until the shopper comes back", async () => {
    const { shopper, attempt_id, order_id } = await sentToPayPal();
    for (let look = 0; look < 12; look += 1) {
      if (booked(order_id)?.status !== "APPROVED") {
        simulator.api.approve(order_id, { funding: { kind: "refused", issue: "INSTRUMENT_DECLINED" } });
      }
      await settleAttempt(running.container(), attempt_id);
    }
    const tries = await tenderModule(running.container()).listOperations(attempt_id, ["authorize"]);
    expect(tries).toHaveLength(4);
    expect(booked(order_id)).toMatchObject({ authorized: 0n, captured: 0n });
    expect((await shopper.confirm(attempt_id)).body).toMatchObject({ type: "action_required" });
    simulator.api.approve(order_id);
    expect((await shopper.confirm(attempt_id)).body).toMatchObject({ type: "order" });
    expect(booked(order_id)).toMatchObject({ authorized: 6980n, authorizations: 1 });
  });

  describe("after as many ways to PayPal and back as an attempt has", () => {
    async function sentOffTenTimes() {
      const sent = await sentToPayPal();
      for (let time = 1; time < 10; time += 1) {
        await sent.shopper.confirm(sent.attempt_id);
        expect((await sent.shopper.confirm(sent.attempt_id)).body.payment_attempt.next_action.type).toBe(
          "redirect",
        );
      }
      return sent;
    }

    it("takes what the shopper then approved, and sends nobody off once more", async () => {
      const { shopper, attempt_id, order_id } = await sentOffTenTimes();
      expect((await shopper.confirm(attempt_id)).body.payment_attempt.next_action.type).toBe("confirm");
      const eleventh = await shopper.confirm(attempt_id);
      expect([eleventh.status, eleventh.body.code]).toEqual([429, "attempts_used_up"]);
      simulator.api.approve(order_id, { funding: { kind: "refused", issue: "INSTRUMENT_DECLINED" } });
      expect((await shopper.confirm(attempt_id)).body.code).toBe("attempts_used_up");
      simulator.api.approve(order_id);
      expect((await shopper.confirm(attempt_id)).body.code).toBe("attempts_used_up");
      expect(booked(order_id)).toMatchObject({ authorized: 0n, captured: 0n });
    });

    it("has its order when the tenth approval is given, whether the shopper comes back or not", async () => {
      const back = await sentOffTenTimes();
      simulator.api.approve(back.order_id);
      expect((await back.shopper.confirm(back.attempt_id)).body).toMatchObject({ type: "order" });
      const away = await sentOffTenTimes();
      simulator.api.approve(away.order_id);
      await settleAttempt(running.container(), away.attempt_id);
      expect(await statusesOf(away.shopper.cart_id)).toEqual(["authorized"]);
      for (const { order_id } of [back, away]) {
        expect(booked(order_id)).toMatchObject({ authorized: 6980n, authorizations: 1 });
      }
    });
  });

  it("takes nothing for a cart that could not become an order, whether the shopper comes back or not", async () => {
    const { shopper, attempt_id, order_id } = await sentToPayPal();
    simulator.api.approve(order_id);
    await whileSoldOut(running.container(), running.store().variant_id, async () => {
      await settleAttempt(running.container(), attempt_id);
      expect(await shopper.confirm(attempt_id)).toMatchObject({
        status: 409,
        body: { code: "item_unavailable" },
      });
      expect(booked(order_id)).toMatchObject({ authorized: 0n, captured: 0n });
    });
    expect((await shopper.confirm(attempt_id)).body).toMatchObject({ type: "order" });
    expect(booked(order_id)).toMatchObject({ authorized: 6980n, authorizations: 1 });
  });

  it("takes nothing once the cart has changed", async () => {
    const { shopper, attempt_id, order_id } = await sentToPayPal();
    simulator.api.approve(order_id);
    await shopper.setQuantity(2);
    await settleAttempt(running.container(), attempt_id);
    expect(booked(order_id)).toMatchObject({ authorized: 0n, captured: 0n });
  });

  it("leaves nothing stuck when nobody approved in time and PayPal has forgotten the order", async () => {
    const { shopper, attempt_id } = await sentToPayPal();
    simulator.api.advance(4 * HOUR_MS);
    await settleAttempt(running.container(), attempt_id);
    expect(await statusesOf(shopper.cart_id)).toEqual(["canceled"]);
    expect(await openFindings(running.container())).toEqual([]);
    const again = await shopper.start(`${PAYPAL}:paypal`);
    expect(again.body).toMatchObject({ payment_attempt: { status: "ready" } });
  });
}, account);
