import { randomUUID } from "node:crypto";
import { CheckoutPaymentIntent } from "@paypal/paypal-server-sdk";
import { startPaypalSimulator, type Funding, type PaypalSimulator } from "..";
import { approvedOrder, DAY_MS, idOf, paypalOf, refusalOf, walletOrder, WHOLE, type Paypal } from "./support";

const ENDS_AFTER_MS = 3 * DAY_MS;
const REVIEWED: Funding = { kind: "pending", reason: "PENDING_REVIEW" };
const DECLINED: Funding = { kind: "refused", issue: "INSTRUMENT_DECLINED" };

let simulator: PaypalSimulator;
let paypal: Paypal;

/** Each with its own clock: what is pending ends by it. */
beforeEach(async () => {
  simulator = await startPaypalSimulator({
    accounts: [
      {
        client_id: "simulator-client",
        client_secret: "simulator-secret",
        pending_ends_after_ms: ENDS_AFTER_MS,
      },
    ],
  });
  paypal = paypalOf(simulator);
});

afterEach(() => simulator.stop());

describe("a pending authorization", () => {
  it("holds nothing until it is approved, which is told", async () => {
    const { order_id, authorization_id } = await reviewed();
    expect(rowOf(order_id)).toMatchObject({ undecided: 2000n, authorized: 0n, voided: 0n });
    expect(simulator.api.open(order_id)).toEqual({
      authorizations: [],
      captures: [],
      pending: [authorization_id],
    });
    simulator.api.completePending(authorization_id);
    expect(rowOf(order_id)).toMatchObject({ undecided: 0n, authorized: 2000n });
    expect(simulator.api.events().at(-1)).toMatchObject({
      event_type: "PAYMENT.AUTHORIZATION.CREATED",
      resource: { status: "CREATED" },
    });
    expect(simulator.api.open(order_id)).toMatchObject({ authorizations: [authorization_id], pending: [] });
  });

  it("that is denied never held anything, and no event says so", async () => {
    const { order_id, authorization_id } = await reviewed();
    const before = simulator.api.events().length;
    simulator.api.denyPending(authorization_id);
    expect(rowOf(order_id)).toMatchObject({ undecided: 0n, authorized: 0n, authorizations: 0 });
    expect(simulator.api.events()).toHaveLength(before);
    const refusal = await refusalOf(capture(authorization_id));
    expect(refusal.issue).toBe("AUTHORIZATION_DENIED");
  });

  it("comes good in time by itself, and so does what is captured of it", async () => {
    const { order_id, authorization_id } = await reviewed();
    simulator.api.advance(ENDS_AFTER_MS);
    expect(rowOf(order_id)).toMatchObject({ undecided: 0n, authorized: 2000n });
    // Its token has expired by now.
    paypal = paypalOf(simulator);
    expect((await capture(authorization_id)).result.status).toBe("PENDING");
    expect(rowOf(order_id)).toMatchObject({ authorized: 0n, captured: 0n, pending: 2000n });
    simulator.api.advance(ENDS_AFTER_MS);
    expect(rowOf(order_id)).toMatchObject({ captured: 2000n, pending: 0n });
  });
});

describe("a pending capture of an authorization", () => {
  it("that is denied counts as never captured: what it had closed is released", async () => {
    const { order_id, authorization_id } = await reviewed();
    simulator.api.completePending(authorization_id);
    const { result } = await capture(authorization_id);
    simulator.api.denyPending(idOf(result));
    expect(rowOf(order_id)).toMatchObject({ authorized: 0n, captured: 0n, pending: 0n, voided: 2000n });
  });
});

describe("the ledger", () => {
  it("has every deed with its kind, under the request that began it", async () => {
    const order_id = await approvedOrder(paypal, simulator, walletOrder(CheckoutPaymentIntent.Authorize));
    simulator.api.fund(order_id, DECLINED);
    await refusalOf(authorize(order_id));
    simulator.api.approve(order_id, { funding: REVIEWED });
    const paypalRequestId = randomUUID();
    await authorize(order_id, paypalRequestId);
    simulator.api.completePending(simulator.api.open(order_id).pending[0]!);
    expect(rowOf(order_id)?.operations).toMatchObject([
      { kind: "decline", amount: 2000n },
      { kind: "wait", amount: 2000n, request_id: paypalRequestId },
      { kind: "authorize", amount: 2000n, request_id: paypalRequestId },
    ]);
  });

  it("tells of an account's orders only those that something happened to", async () => {
    const { orders } = paypal;
    const make = async () =>
      idOf((await orders.createOrder({ body: walletOrder(), paypalRequestId: randomUUID() })).result);
    const [first, second] = [await make(), await make()];
    const { rows, revision } = simulator.api.ledgerSince(0);
    expect(rows.map(({ id }) => id)).toEqual([first, second]);
    expect(simulator.api.ledgerSince(revision).rows).toEqual([]);
    simulator.api.approve(second);
    expect(simulator.api.ledgerSince(revision).rows).toMatchObject([{ id: second, status: "APPROVED" }]);
  });
});

/** An order whose authorization PayPal looks at first. */
async function reviewed(): Promise<{ order_id: string; authorization_id: string }> {
  const order_id = await approvedOrder(paypal, simulator, walletOrder(CheckoutPaymentIntent.Authorize));
  simulator.api.fund(order_id, REVIEWED);
  const { result } = await authorize(order_id);
  return { order_id, authorization_id: idOf(result.purchaseUnits?.[0]?.payments?.authorizations?.[0]) };
}

function authorize(id: string, paypalRequestId: string = randomUUID()) {
  return paypal.orders.authorizeOrder({ id, paypalRequestId, prefer: WHOLE });
}

function capture(authorizationId: string) {
  return paypal.payments.captureAuthorizedPayment({
    authorizationId,
    paypalRequestId: randomUUID(),
    prefer: WHOLE,
  });
}

function rowOf(order_id: string) {
  return simulator.api.ledger().find(({ id }) => id === order_id);
}
