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
  refund,
  refused,
  Stub,
} from "./support";

const TEN_EUROS = money(1000n, "EUR");
const DAY_MS = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

let stub: Stub;
beforeAll(async () => {
  stub = await Stub.open();
});
afterAll(() => stub.stop());

describe("a capture", () => {
  const take = (minor: bigint, key?: string) =>
    stub.gateway().capturePayment(ORDER_ID, money(minor, "EUR"), call(5000, key));

  it("takes exactly the amount, and ends the authorization with the whole only", async () => {
    stub.answersWith(held(), { status: 201, body: capture() }, { body: captured("10.00") });
    expect(await take(1000n, "the-key")).toMatchObject({ status: "captured", captured: TEN_EUROS });
    expect(stub.received[1]).toMatchObject({
      path: "/v2/payments/authorizations/AUTH1/capture",
      headers: { "paypal-request-id": "the-key" },
      json: { amount: euros(), final_capture: true },
    });
    stub.answersWith(held(), { status: 201, body: capture() }, { body: captured("4.00") });
    expect(await take(400n)).toMatchObject({ status: "authorized", captured: money(400n, "EUR") });
    expect(stub.received[1]?.json).toEqual({ amount: euros("4.00"), final_capture: false });
    stub.answersWith(
      { body: captured("4.00") },
      { status: 201, body: capture() },
      { body: captured("4.00", "6.00") },
    );
    await take(600n);
    expect(stub.received[1]?.json).toEqual({ amount: euros("6.00"), final_capture: true });
  });

  it("of more than is left is refused here, since PayPal would take 115 %", async () => {
    stub.answersWith(held());
    expect(await errorOf(take(1001n))).toMatchObject({
      kind: "invalid_data",
      message: expect.stringContaining("10.00 EUR of the authorization is left"),
    });
    stub.answersWith({ body: captured("9.00") });
    expect(await errorOf(take(101n))).toMatchObject({ kind: "invalid_data" });
    expect(stub.received).toHaveLength(1);
  });

  it("asked for again after PayPal held it back and then refused it is a new one", async () => {
    const refusedBefore = order(WALLET, {
      authorizations: [authorization({ status: "PARTIALLY_CAPTURED" })],
      captures: [capture({ id: "CAP1", status: "DECLINED", amount: euros("4.00") })],
    });
    stub.answersWith(
      { body: refusedBefore },
      { status: 200, body: { id: "CAP1", status: "DECLINED" } },
      { status: 201, body: capture({ id: "CAP2" }) },
      { body: captured("4.00") },
    );
    expect(await take(400n, "the-key")).toMatchObject({ captured: money(400n, "EUR") });
    expect(stub.received.slice(1, 3).map(({ headers }) => headers["paypal-request-id"])).toEqual([
      "the-key",
      "the-key:CAP1",
    ]);
  });

  it("in another currency, or of what is not authorized, is refused", async () => {
    stub.answersWith(held());
    const dollars = stub.gateway().capturePayment(ORDER_ID, money(1000n, "USD"), call());
    expect(await errorOf(dollars)).toMatchObject({ message: "The payment is in EUR, not in USD." });
    stub.answersWith({ body: order({ status: "APPROVED" }) });
    expect(await errorOf(take(1000n))).toMatchObject({ kind: "invalid_data" });
  });

  it("renews the authorization once after its three days, and captures the renewed one", async () => {
    stub.answersWith(
      held({ create_time: daysAgo(4) }),
      { status: 201, body: authorization({ id: "AUTH2" }) },
      { status: 201, body: capture() },
      { body: captured("10.00") },
    );
    await take(1000n, "the-key");
    expect(stub.asked.slice(1, 3)).toEqual([
      "POST /v2/payments/authorizations/AUTH1/reauthorize",
      "POST /v2/payments/authorizations/AUTH2/capture",
    ]);
    expect(stub.received[1]).toMatchObject({
      headers: { "paypal-request-id": "the-key:reauthorize" },
      json: { amount: euros() },
    });
  });

  it.each([
    ["within the three days", held({ create_time: daysAgo(2) })],
    [
      "of a card",
      {
        body: order(
          { payment_source: { card: {} } },
          { authorizations: [authorization({ create_time: daysAgo(4) })] },
        ),
      },
    ],
    [
      "that was renewed before",
      {
        body: order(WALLET, {
          authorizations: [
            authorization({ id: "AUTH0", create_time: daysAgo(9) }),
            authorization({ create_time: daysAgo(4) }),
          ],
        }),
      },
    ],
  ])("does not renew one %s", async (_, before) => {
    stub.answersWith(before, { status: 201, body: capture() }, { body: captured("10.00") });
    await take(1000n);
    expect(stub.received[1]?.path).toBe("/v2/payments/authorizations/AUTH1/capture");
  });

  it("captures the first one where PayPal does not renew it, and knows nothing where that is not known", async () => {
    const old = held({ create_time: daysAgo(4) });
    stub.answersWith(
      old,
      refused("REAUTHORIZATION_NOT_SUPPORTED"),
      { body: capture() },
      { body: captured("10.00") },
    );
    await take(1000n);
    expect(stub.received[2]?.path).toBe("/v2/payments/authorizations/AUTH1/capture");
    stub.answersWith(old, { status: 500, body: {} });
    expect(await errorOf(take(1000n))).toMatchObject({ kind: "unknown" });
    expect(stub.received).toHaveLength(2);
  });

  it("that PayPal holds back is not on record yet; one that it declines took nothing", async () => {
    const pending = { id: "CAP1", status: "PENDING", status_details: { reason: "PENDING_REVIEW" } };
    stub.answersWith(held(), { status: 201, body: pending });
    expect(await errorOf(take(1000n))).toMatchObject({
      kind: "unknown",
      answered: true,
      message: expect.stringContaining("PENDING_REVIEW"),
    });
    stub.answersWith(held(), { status: 201, body: { id: "CAP1", status: "DECLINED" } });
    expect(await errorOf(take(1000n))).toMatchObject({ kind: "invalid_data" });
  });

  it.each([
    [{ response_code: "5120" }, "(5120, funds_limit)"],
    [{ response_code: "0500", payment_advice_code: "03" }, "(0500, issuer_refused, network advice 03)"],
    [{ response_code: "ZZZZ" }, "(ZZZZ, unclassified)"],
    [{ avs_code: "Y" }, "(no reason given)"],
  ])("that is declined tells what the processor said: %j", async (processor_response, words) => {
    const body = { id: "CAP1", status: "DECLINED", processor_response };
    stub.answersWith(held(), { status: 201, body });
    expect(await errorOf(take(1000n))).toMatchObject({
      kind: "invalid_data",
      message: `PayPal refused the capture ${words}. Nothing was taken.`,
    });
  });

  it.each(["MAX_CAPTURE_COUNT_EXCEEDED", "AUTHORIZATION_ALREADY_CAPTURED"])(
    "after another, refused with %s, says what the account may lack",
    async (issue) => {
      stub.answersWith({ body: captured("4.00") }, refused(issue));
      expect(await errorOf(take(300n))).toMatchObject({
        kind: "invalid_data",
        message: expect.stringMatching(new RegExp(`several captures.*\\(${issue}`)),
      });
      stub.answersWith({ body: captured("10.00") }, refused(issue));
      const { message } = await errorOf(take(1000n));
      expect(message).not.toContain("several captures");
    },
  );

  it("beside one that PayPal holds back takes no more than is left beside it", async () => {
    const payments = {
      authorizations: [authorization({ status: "PARTIALLY_CAPTURED" })],
      captures: [capture({ amount: euros("6.00"), status: "PENDING" })],
    };
    const beside = { body: order(WALLET, payments) };
    stub.answersWith(beside);
    expect(await errorOf(take(500n))).toMatchObject({
      kind: "unknown",
      answered: true,
      message: expect.stringContaining("4.00 EUR of the authorization is left beside it"),
    });
    expect(stub.received).toHaveLength(1);
    stub.answersWith(beside);
    expect(await errorOf(take(1001n))).toMatchObject({ kind: "invalid_data" });
    stub.answersWith(beside, { status: 201, body: capture() }, beside);
    await take(400n);
    expect(stub.received[1]?.json).toEqual({ amount: euros("4.00"), final_capture: true });
  });

  it.each([
    ["AUTHORIZATION_EXPIRED", "invalid_data", "lapsed"],
    ["AUTHORIZATION_VOIDED", "invalid_data", "void"],
    ["MAX_CAPTURE_COUNT_EXCEEDED", "invalid_data", "no more captures"],
    ["PAYEE_ACCOUNT_RESTRICTED", "misconfigured", "account"],
    ["PERMISSION_DENIED", "misconfigured", "another account"],
  ])("that is refused with %s is an error of the kind %s that says why", async (issue, kind, words) => {
    stub.answersWith(held(), refused(issue, issue === "PERMISSION_DENIED" ? 403 : 422));
    expect(await errorOf(take(1000n))).toMatchObject({ kind, message: expect.stringContaining(words) });
  });
});

describe("what was moved, and could not be read afterwards,", () => {
  const moved = { status: 201, body: { id: "X", status: "COMPLETED" } };
  const ten = [ORDER_ID, TEN_EUROS] as const;

  it.each([
    ["too many requests", refused("RATE_LIMIT_REACHED", 429)],
    ["an order that is not there", refused("INVALID_RESOURCE_ID", 404)],
    ["a failure", { status: 500, body: {} }],
  ])("is unknown, never nothing: %s", async (_, afterwards) => {
    stub.answersWith(held(), moved, afterwards);
    expect(await errorOf(stub.gateway().capturePayment(...ten, call()))).toMatchObject({ kind: "unknown" });
    stub.answersWith({ body: captured("10.00") }, moved, afterwards);
    expect(await errorOf(stub.gateway().refundPayment(...ten, call()))).toMatchObject({ kind: "unknown" });
    stub.answersWith(held(), { status: 204 }, afterwards);
    expect(await errorOf(stub.gateway().cancelPayment(ORDER_ID, call()))).toMatchObject({ kind: "unknown" });
  });
});

describe("a refund", () => {
  const give = (minor: bigint, key?: string) =>
    stub.gateway().refundPayment(ORDER_ID, money(minor, "EUR"), call(5000, key));
  const made = { status: 201, body: { id: "REF1", status: "COMPLETED" } };

  it("gives back exactly the amount of one capture", async () => {
    stub.answersWith({ body: captured("10.00") }, made, { body: captured("10.00") });
    await give(250n);
    expect(stub.received[1]).toMatchObject({
      path: "/v2/payments/captures/CAP1/refund",
      json: { amount: euros("2.50"), custom_id: expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
  });

  it("is split over several captures, each part under a key of its own", async () => {
    stub.answersWith({ body: captured("4.00", "6.00") }, made, made, { body: captured("4.00", "6.00") });
    await give(700n, "the-key");
    const [, first, second] = stub.received;
    expect(first).toMatchObject({
      path: "/v2/payments/captures/CAP1/refund",
      json: { amount: euros("4.00") },
    });
    expect(second).toMatchObject({
      path: "/v2/payments/captures/CAP2/refund",
      json: { amount: euros("3.00") },
    });
    expect([first, second].map((part) => part?.headers["paypal-request-id"])).toEqual([
      "the-key:CAP1",
      "the-key:CAP2",
    ]);
  });

  it("that was made in part is finished by a repeat under its key, and made anew under another", async () => {
    stub.answersWith({ body: captured("4.00", "6.00") }, made, "reset");
    expect(await errorOf(give(700n, "the-key"))).toMatchObject({ kind: "unknown" });
    const { custom_id } = stub.received[1]?.json as { custom_id: string };
    const half = order(WALLET, {
      authorizations: [authorization({ status: "CAPTURED" })],
      captures: [
        capture({ amount: euros("4.00"), status: "REFUNDED" }),
        capture({ id: "CAP2", amount: euros("6.00"), create_time: "2026-01-02T00:00:00Z" }),
      ],
      refunds: [refund("CAP1", "4.00", { custom_id })],
    });
    stub.answersWith({ body: half }, made, { body: half });
    await give(700n, "the-key");
    expect(stub.received[1]).toMatchObject({
      path: "/v2/payments/captures/CAP2/refund",
      json: { amount: euros("3.00") },
    });
    stub.answersWith({ body: half }, made, { body: half });
    await give(600n, "another-key");
    expect(stub.received[1]).toMatchObject({
      path: "/v2/payments/captures/CAP2/refund",
      json: { amount: euros("6.00") },
    });
  });

  it("whose rest is refused has moved money all the same", async () => {
    stub.answersWith({ body: captured("4.00", "6.00") }, made, refused("REFUND_NOT_ALLOWED"));
    expect(await errorOf(give(700n))).toMatchObject({
      kind: "unknown",
      answered: true,
      message: expect.stringContaining("4.00 EUR of the refund was made"),
    });
    stub.answersWith({ body: captured("4.00", "6.00") }, made, "reset");
    expect(await errorOf(give(700n))).toMatchObject({ kind: "unknown", answered: false });
  });

  it("of more than is left is refused before anything moves", async () => {
    const body = order(WALLET, {
      captures: [capture({ status: "PARTIALLY_REFUNDED" })],
      refunds: [refund("CAP1", "9.00")],
    });
    stub.answersWith({ body });
    expect(await errorOf(give(101n))).toMatchObject({ kind: "invalid_data" });
    expect(stub.received).toHaveLength(1);
  });

  it.each([
    ["REFUND_TIME_LIMIT_EXCEEDED", "180 days"],
    ["REFUND_FAILED_INSUFFICIENT_FUNDS", "not enough money"],
    ["TRANSACTION_DISPUTED", "disputed"],
    ["PENDING_CAPTURE", "not arrived"],
  ])("that is refused with %s says why", async (issue, words) => {
    stub.answersWith({ body: captured("10.00") }, refused(issue));
    expect(await errorOf(give(1000n))).toMatchObject({
      kind: "invalid_data",
      message: expect.stringContaining(words),
    });
  });

  it("that failed at once gave nothing back", async () => {
    stub.answersWith({ body: captured("10.00") }, { status: 201, body: { id: "REF1", status: "FAILED" } });
    expect(await errorOf(give(1000n))).toMatchObject({ kind: "invalid_data" });
  });
});
