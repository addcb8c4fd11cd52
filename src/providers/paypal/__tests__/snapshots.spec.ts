import { money } from "../../../gateway/money";
import { authorization, capture, errorOf, euros, order, ORDER_ID, refund, refused, Stub } from "./support";

const TEN_EUROS = money(1000n, "EUR");
const NOTHING = money(0n, "EUR");
const PAGE = "https://www.paypal.com/checkoutnow?token=1";
const AT_ONCE = { intent: "CAPTURE" };

let stub: Stub;
beforeAll(async () => {
  stub = await Stub.open();
});
afterAll(() => stub.stop());

async function read(body: object, options: Record<string, unknown> = {}) {
  stub.answersWith({ body });
  return stub.gateway(options).retrievePayment(ORDER_ID, AbortSignal.timeout(5000));
}

const card = (authentication_result?: object) => ({
  payment_source: {
    card: { brand: "VISA", last_digits: "7704", ...(authentication_result && { authentication_result }) },
  },
});
const three_d_secure = (
  liability_shift: string,
  enrollment_status?: string,
  authentication_status?: string,
) => card({ liability_shift, three_d_secure: { enrollment_status, authentication_status } });

describe("an order nobody has paid", () => {
  it.each(["CREATED", "SAVED", "PAYER_ACTION_REQUIRED"])(
    "waits for its payer while it is %s",
    async (status) => {
      const snapshot = await read(order({ status, payment_source: { paypal: {} } }));
      expect(snapshot).toMatchObject({
        status: "requires_confirmation",
        authorized: NOTHING,
        captured: NOTHING,
      });
      expect(snapshot).not.toHaveProperty("agreed");
    },
  );

  it("waits for us only, once its payer has approved", async () => {
    expect(await read(order({ status: "APPROVED" }))).toMatchObject({
      status: "requires_confirmation",
      agreed: true,
    });
  });

  it("waits for the bank's question about a card, on the bank's page or in PayPal's script", async () => {
    const asked = { status: "PAYER_ACTION_REQUIRED", ...card() };
    expect(await read(order({ ...asked, links: [{ href: PAGE, rel: "payer-action" }] }))).toMatchObject({
      status: "action_required",
      next_action: { type: "redirect", url: PAGE, reason: "three_d_secure" },
    });
    expect(await read(order({ ...asked, links: [] }))).toMatchObject({
      status: "action_required",
      next_action: { type: "confirm" },
    });
  });

  it.each([
    ["passed", three_d_secure("POSSIBLE", "Y", "Y")],
    ["attempted", three_d_secure("POSSIBLE", "Y", "A")],
    ["not enrolled", three_d_secure("NO", "N")],
    ["bypassed", three_d_secure("NO", "B")],
    ["unavailable, and PayPal goes on", three_d_secure("NO", "U")],
    ["only told as shifted", card({ liability_shift: "POSSIBLE" })],
    ["not made", card()],
  ])("may be paid when 3-D Secure was %s", async (_, source) => {
    expect(await read(order({ status: "APPROVED", ...source }))).toMatchObject({ agreed: true });
  });

  it("may be paid after 3-D Secure though PayPal leaves it as it was made, and not before", async () => {
    const passed = three_d_secure("POSSIBLE", "Y", "Y");
    expect(await read(order({ status: "CREATED", ...passed }))).toMatchObject({ agreed: true });
    expect(await read(order({ status: "CREATED", ...card() }))).not.toHaveProperty("agreed");
    const failed = await read(order({ status: "CREATED", ...three_d_secure("NO", "Y", "N") }));
    expect(failed).toMatchObject({ decline: { category: "authenticate" } });
  });

  it.each([
    ["failed", three_d_secure("NO", "Y", "N")],
    ["rejected", three_d_secure("NO", "Y", "R")],
    ["not completed", three_d_secure("UNKNOWN", "Y", "C")],
    ["unavailable", three_d_secure("UNKNOWN", "Y", "U")],
    ["in nobody's power to tell", three_d_secure("UNKNOWN", "U")],
    ["only told as not shifted", card({ liability_shift: "NO" })],
  ])("is refused for want of authentication when 3-D Secure was %s", async (_, source) => {
    const snapshot = await read(order({ status: "APPROVED", ...source }));
    expect(snapshot).toMatchObject({
      status: "requires_confirmation",
      decline: { category: "authenticate" },
    });
    expect(snapshot).not.toHaveProperty("agreed");
  });

  it("is over when PayPal voided it, or it was given up", async () => {
    expect(await read(order({ status: "VOIDED" }))).toMatchObject({ status: "canceled" });
    const given_up = order({ status: "APPROVED" }, undefined, { custom_id: "canceled_payatt_1" });
    expect(await read(given_up)).toMatchObject({ status: "canceled" });
  });

  it("is not believed when it says that it is paid", async () => {
    expect(await errorOf(read(order({ status: "COMPLETED" })))).toMatchObject({ kind: "unknown" });
  });

  it("is gone once PayPal has forgotten it", async () => {
    stub.answersWith(refused("INVALID_RESOURCE_ID", 404));
    const reading = stub.gateway().retrievePayment(ORDER_ID, AbortSignal.timeout(5000));
    expect(await errorOf(reading)).toMatchObject({
      kind: "invalid_data",
      gone: true,
      message: expect.stringContaining("another account's or the other environment's"),
    });
  });
});

describe("an authorized order", () => {
  it("holds the amount until it lapses, and tells what it was paid with", async () => {
    const body = order(
      { payment_source: { apple_pay: { card: { brand: "VISA", last_digits: "1881" } } } },
      {
        authorizations: [authorization()],
      },
    );
    expect(await read(body)).toMatchObject({
      status: "authorized",
      amount: TEN_EUROS,
      authorized: TEN_EUROS,
      captured: NOTHING,
      authorization_expires_at: new Date("2030-01-01T00:00:00Z"),
      instrument: { brand: "visa", last4: "1881", wallet: "apple_pay" },
    });
  });

  it.each([
    [
      "PENDING",
      {},
      { status: "pending", authorized: NOTHING, next_action: { type: "wait", settles_later: true } },
    ],
    ["VOIDED", {}, { status: "canceled", authorized: NOTHING }],
    [
      "DENIED",
      { processor_response: { response_code: "5120" } },
      { status: "declined", decline: { category: "funds_limit", code: "5120" } },
    ],
    ["A_STATUS_OF_NEXT_YEAR", {}, { status: "pending" }],
  ])("is read by its authorization: %s", async (status, more, expected) => {
    expect(await read(order({}, { authorizations: [authorization({ status, ...more })] }))).toMatchObject(
      expected,
    );
  });

  it("holds the amount once, though it was renewed", async () => {
    const body = order(
      {},
      {
        authorizations: [
          authorization({ id: "AUTH1", create_time: "2026-01-01T00:00:00Z" }),
          authorization({ id: "AUTH2", create_time: "2026-01-05T00:00:00Z" }),
        ],
      },
    );
    expect((await read(body)).authorized).toEqual(TEN_EUROS);
  });

  it("keeps what was captured of it, and was authorized whole though the rest is released", async () => {
    const payments = (status: string) => ({
      authorizations: [authorization({ status })],
      captures: [capture({ amount: euros("4.00") })],
    });
    const four = money(400n, "EUR");
    expect(await read(order({}, payments("PARTIALLY_CAPTURED")))).toMatchObject({
      status: "authorized",
      authorized: TEN_EUROS,
      captured: four,
    });
    expect(await read(order({}, payments("VOIDED")))).toMatchObject({
      status: "captured",
      authorized: TEN_EUROS,
      captured: four,
    });
  });

  it.each(["DECLINED", "FAILED"])("holds nothing once its only capture has %s", async (status) => {
    const body = order(
      {},
      { authorizations: [authorization({ status: "CAPTURED" })], captures: [capture({ status })] },
    );
    expect(await read(body)).toMatchObject({ status: "canceled", authorized: NOTHING, captured: NOTHING });
    const still_held = order({}, { authorizations: [authorization()], captures: [capture({ status })] });
    expect(await read(still_held)).toMatchObject({ status: "authorized", authorized: TEN_EUROS });
  });

  it("still holds the money of a capture that has not arrived", async () => {
    const body = order(
      {},
      {
        authorizations: [authorization({ status: "CAPTURED" })],
        captures: [capture({ status: "PENDING" })],
      },
    );
    expect(await read(body)).toMatchObject({
      status: "authorized",
      authorized: TEN_EUROS,
      captured: NOTHING,
    });
  });
});

describe("an order that is captured at once", () => {
  it.each([
    ["COMPLETED", {}, { status: "captured", captured: TEN_EUROS, authorized: TEN_EUROS }],
    [
      "PENDING",
      { status_details: { reason: "ECHECK" } },
      { status: "pending", captured: NOTHING, next_action: { type: "wait", settles_later: true } },
    ],
    [
      "DECLINED",
      { processor_response: { response_code: "9520", payment_advice_code: "03" } },
      { status: "declined", decline: { category: "never", code: "9520", advice_code: "03" } },
    ],
    ["FAILED", {}, { status: "declined" }],
    ["REFUNDED", {}, { status: "captured", captured: TEN_EUROS, refunded: TEN_EUROS }],
  ])("is read by its capture: %s", async (status, more, expected) => {
    const body = order(AT_ONCE, { captures: [capture({ status, ...more })] });
    expect(await read(body)).toMatchObject(expected);
  });

  it("counts what was given back, and not a refund that failed", async () => {
    const body = order(AT_ONCE, {
      captures: [capture({ status: "PARTIALLY_REFUNDED" })],
      refunds: [
        refund("CAP1", "2.50"),
        refund("CAP1", "1.00", { status: "PENDING" }),
        refund("CAP1", "5.00", { status: "FAILED" }),
      ],
    });
    expect((await read(body)).refunded).toEqual(money(350n, "EUR"));
  });
});

describe("disputes", () => {
  const paid = { body: order(AT_ONCE, { captures: [capture()] }) };
  const dispute = (more: Record<string, unknown> = {}) => ({
    body: {
      dispute_id: "PP-D-1",
      reason: "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
      status: "WAITING_FOR_SELLER_RESPONSE",
      dispute_amount: euros("9.00"),
      seller_response_due_date: "2026-12-24T00:00:00.000Z",
      ...more,
    },
  });
  const list = { body: { items: [{ dispute_id: "PP-D-1" }] } };
  const look = () => stub.gateway({ disputes: true }).retrievePayment(ORDER_ID, AbortSignal.timeout(5000));

  it.each([
    [undefined, "open"],
    ["RESOLVED_SELLER_FAVOUR", "won"],
    ["CANCELED_BY_BUYER", "won"],
    ["RESOLVED_BUYER_FAVOUR", "lost"],
    ["ACCEPTED", "lost"],
  ])("about a capture are told, with the outcome %s as %s", async (outcome_code, status) => {
    const state = outcome_code === undefined ? {} : { status: "RESOLVED" };
    stub.answersWith(paid, list, dispute({ ...state, dispute_outcome: { outcome_code } }));
    expect((await look()).disputes).toEqual([
      {
        id: "PP-D-1",
        amount: money(900n, "EUR"),
        status,
        reason: "merchandise_or_service_not_received",
        respond_by: new Date("2026-12-24T00:00:00.000Z"),
      },
    ]);
    expect(stub.asked[1]).toBe("GET /v1/customer/disputes?disputed_transaction_id=CAP1");
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["was closed without a decision", { dispute_outcome: { outcome_code: "NONE" } }, "won"],
    ["was closed, and says no more", {}, "won"],
    [
      "was closed without a decision, and gave something back",
      { dispute_outcome: { outcome_code: "NONE", amount_refunded: euros("9.00") } },
      "lost",
    ],
    [
      "gave nothing back",
      { dispute_outcome: { outcome_code: "NONE", amount_refunded: euros("0.00") } },
      "won",
    ],
    [
      "is looked at again after a decision",
      { status: "UNDER_REVIEW", dispute_outcome: { outcome_code: "RESOLVED_SELLER_FAVOUR" } },
      "open",
    ],
    ["stands otherwise", { status: "OTHER" }, "open"],
  ])("that %s are not open for ever, nor closed too early", async (_, more, status) => {
    stub.answersWith(paid, list, dispute({ status: "RESOLVED", ...more }));
    expect((await look()).disputes).toMatchObject([{ status }]);
  });

  it("are none for an app that may not read them, and are not looked for before money came in", async () => {
    for (const [issue, status] of [
      ["NOT_AUTHORIZED", 403],
      ["INVALID_REQUEST", 400],
    ] as const) {
      stub.answersWith(paid, refused(issue, status));
      expect((await look()).disputes).toEqual([]);
    }
    stub.answersWith({ body: order() });
    await look();
    expect(stub.received).toHaveLength(1);
  });

  it.each([
    ["fails", { status: 500, body: {} }],
    ["asks for patience", { status: 429, body: {} }],
    ["does not answer", "silence"],
  ] as const)("that cannot be read, as PayPal %s, leave all else as it is told", async (_, answer) => {
    stub.answersWith(paid, answer);
    const snapshot = await look();
    expect(snapshot).toMatchObject({ status: "captured", captured: TEN_EUROS, disputes_unread: true });
    expect(snapshot.disputes).toBeUndefined();
  });
});
