import { money } from "../../../gateway/money";
import {
  WALLET,
  authorization,
  call,
  capture,
  captured,
  errorOf,
  euros,
  held,
  order,
  ORDER_ID,
  refused,
  Stub,
  type Answer,
} from "./support";

const TEN_EUROS = money(1000n, "EUR");
const DAY_MS = 24 * 60 * 60 * 1000;

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

let stub: Stub;
beforeAll(async () => {
  stub = await Stub.open();
});
afterAll(() => stub.stop());

describe("a void", () => {
  const cancel = () => stub.gateway().cancelPayment(ORDER_ID, call(5000, "the-key"));
  const voided = { body: order(WALLET, { authorizations: [authorization({ status: "VOIDED" })] }) };

  it("releases what is held", async () => {
    stub.answersWith(held(), { status: 204 }, voided);
    expect(await cancel()).toMatchObject({ status: "canceled", authorized: money(0n, "EUR") });
    expect(stub.received[1]).toMatchObject({
      path: "/v2/payments/authorizations/AUTH1/void",
      headers: { "paypal-request-id": "the-key" },
    });
  });

  it("goes to the first authorization, not to the one that renewed it", async () => {
    const renewed = order(WALLET, {
      authorizations: [authorization({ id: "AUTH2" }), authorization({ create_time: daysAgo(5) })],
    });
    stub.answersWith({ body: renewed }, { status: 204 }, voided);
    await cancel();
    expect(stub.received[1]?.path).toBe("/v2/payments/authorizations/AUTH1/void");
  });

  it("of what is void already is a success", async () => {
    stub.answersWith(voided);
    expect(await cancel()).toMatchObject({ status: "canceled" });
    stub.answersWith(held(), refused("PREVIOUSLY_VOIDED"), voided);
    expect(await cancel()).toMatchObject({ status: "canceled" });
  });

  it("keeps what was captured", async () => {
    const rest_released = order(WALLET, {
      authorizations: [authorization({ status: "VOIDED" })],
      captures: [capture({ amount: euros("4.00") })],
    });
    stub.answersWith({ body: captured("4.00") }, { status: 204 }, { body: rest_released });
    expect(await cancel()).toMatchObject({ status: "captured", captured: money(400n, "EUR") });
    stub.answersWith({ body: captured("10.00") });
    expect(await cancel()).toMatchObject({ status: "captured", captured: TEN_EUROS });
    expect(stub.asked.filter((asked) => asked.startsWith("POST"))).toEqual([]);
  });

  it("marks an order nobody paid as given up", async () => {
    stub.answersWith({ body: order() }, { status: 204 });
    expect(await cancel()).toMatchObject({ status: "canceled" });
    expect(stub.received[1]?.json).toEqual([
      {
        op: "replace",
        path: "/purchase_units/@reference_id=='default'/custom_id",
        value: "canceled_payatt_1",
      },
    ]);
    stub.answersWith({ body: order() }, { status: 500, body: {} });
    expect(await errorOf(cancel())).toMatchObject({ kind: "unknown" });
  });

  describe("where PayPal does not take the mark", () => {
    const unmarked = (then: Answer, issue = "ORDER_ALREADY_COMPLETED", status = 422) =>
      stub.answersWith({ body: order() }, refused(issue, status), then);

    it("leaves an order that is unpaid still to lapse", async () => {
      unmarked({ body: order({ status: "PAYER_ACTION_REQUIRED" }) }, "NOT_PATCHABLE");
      expect(await cancel()).toMatchObject({ status: "canceled", captured: money(0n, "EUR") });
      unmarked({ body: order({ status: "PAYER_ACTION_REQUIRED" }) }, "INVALID_STATUS_OF_NEXT_YEAR", 400);
      expect(await cancel()).toMatchObject({ status: "canceled" });
      unmarked({ body: order({ status: "VOIDED" }) }, "ORDER_COMPLETED_OR_VOIDED");
      expect(await cancel()).toMatchObject({ status: "canceled" });
    });

    it("tells of money that was taken meanwhile", async () => {
      unmarked({ body: order({ ...WALLET, intent: "CAPTURE" }, { captures: [capture()] }) });
      expect(await cancel()).toMatchObject({ status: "captured", captured: TEN_EUROS });
    });

    it("releases what was reserved meanwhile", async () => {
      stub.answersWith(
        { body: order() },
        refused("ORDER_ALREADY_COMPLETED"),
        held(),
        { status: 204 },
        voided,
      );
      expect(await cancel()).toMatchObject({ status: "canceled", authorized: money(0n, "EUR") });
      expect(stub.asked[3]).toBe("POST /v2/payments/authorizations/AUTH1/void");
    });

    it("does not know where PayPal says that it was paid and shows no payment of it, or cannot be read", async () => {
      unmarked({ body: order({ status: "APPROVED" }) });
      expect(await errorOf(cancel())).toMatchObject({ kind: "unknown" });
      unmarked({ status: 503, body: {} });
      expect(await errorOf(cancel())).toMatchObject({ kind: "unknown" });
    });
  });

  it("of an order that PayPal has forgotten says so", async () => {
    stub.answersWith(refused("INVALID_RESOURCE_ID", 404));
    expect(await errorOf(cancel())).toMatchObject({ kind: "invalid_data", gone: true });
  });
});
