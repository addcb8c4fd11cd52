import { money } from "../../../gateway/money";
import { authorized, call, charge, errorOf, intent, refused, Stub, type Answer } from "./support";

const TEN_EUROS = money(1000n, "EUR");

const refund = (status: string, payment_intent: unknown) => ({
  id: "re_1",
  object: "refund",
  amount: 400,
  currency: "eur",
  status,
  failure_reason: "declined",
  payment_intent,
});

describe("the Stripe gateway", () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await Stub.open();
  });
  afterAll(() => stub.stop());

  describe("captures", () => {
    it.each([
      ["available", 400n, { amount_to_capture: "400", final_capture: "false" }],
      ["available", 1000n, { amount_to_capture: "1000", final_capture: "true" }],
      ["unavailable", 400n, { amount_to_capture: "400" }],
    ] as const)("with several captures %s %s as %j", async (several, amount, sent) => {
      stub.answersWith({ body: authorized(several) });
      await stub.gateway().capturePayment("pi_1", money(amount, "EUR"), call());
      const { "expand[0]": _, ...form } = stub.last?.form ?? {};
      expect(form).toEqual(sent);
    });

    it("the same once more under its key when as much is left as it took", async () => {
      const half = { ...authorized(), amount_capturable: 500 };
      stub.answersWith({ body: half }, refused({ type: "idempotency_error" }), { body: half });
      const snapshot = await stub.gateway().capturePayment("pi_1", money(500n, "EUR"), call(5000, "again"));
      expect(snapshot.status).toBe("authorized");
      expect(stub.received.map(({ form }) => form.final_capture)).toEqual([undefined, "true", "false"]);
      expect(stub.received.slice(1).map(({ headers }) => headers["idempotency-key"])).toEqual([
        "again",
        "again",
      ]);
    });

    it("once while Stripe is still busy with its key", async () => {
      const busy = refused({ type: "idempotency_error", code: "idempotency_key_in_use" }, 409);
      stub.answersWith({ body: authorized() }, busy);
      const error = await errorOf(stub.gateway().capturePayment("pi_1", money(400n, "EUR"), call()));
      expect(error).toMatchObject({ kind: "unknown" });
      expect(stub.received).toHaveLength(2);
    });

    it.each<[string, Answer]>([
      ["fails", { status: 500, body: {} }],
      ["is never answered", "reset"],
    ])("nothing, and is known to have captured nothing, where the read before it %s", async (_, answer) => {
      stub.answersWith(answer);
      const error = await errorOf(stub.gateway().capturePayment("pi_1", money(400n, "EUR"), call()));
      expect(error).toMatchObject({ kind: "unavailable" });
      expect(stub.received.map(({ method }) => method)).toEqual(["GET"]);
    });

    it("not in another currency", async () => {
      stub.answersWith({ body: authorized() });
      const error = await errorOf(stub.gateway().capturePayment("pi_1", money(1000n, "USD"), call()));
      expect(error).toMatchObject({ kind: "invalid_data" });
      expect(stub.received).toHaveLength(1);
    });

    it("not what has lapsed, and says so", async () => {
      stub.answersWith({ body: authorized() }, refused({ code: "charge_expired_for_capture" }));
      expect(await errorOf(stub.gateway().capturePayment("pi_1", TEN_EUROS, call()))).toMatchObject({
        kind: "invalid_data",
        message: expect.stringContaining("charge_expired_for_capture"),
      });
    });
  });

  describe("refunds", () => {
    const paid = (amount_refunded: number, more: Record<string, unknown> = {}) =>
      intent({
        status: "succeeded",
        amount_received: 1000,
        latest_charge: charge({ amount_captured: 1000, amount_refunded, ...more }),
      });

    it("exactly the amount, and tells the payment as it is then", async () => {
      stub.answersWith({ body: refund("pending", paid(400)) });
      const snapshot = await stub.gateway().refundPayment("pi_1", money(400n, "EUR"), call());
      expect(stub.last?.form).toMatchObject({ payment_intent: "pi_1", amount: "400" });
      expect(snapshot).toMatchObject({ status: "captured", refunded: money(400n, "EUR") });
    });

    it.each([
      ["duplicate", ["duplicate", undefined, "requested_by_customer"]],
      [undefined, [undefined, "requested_by_customer", "duplicate"]],
      ["Fraudulent", ["fraudulent", undefined, "requested_by_customer", "duplicate"]],
    ])(
      "the same once more for the reason %j, and finds the one it was first asked with",
      async (code, sent) => {
        const mismatch = refused({ type: "idempotency_error" });
        stub.answersWith(mismatch, mismatch, mismatch, mismatch);
        const reason = code === undefined ? {} : { reason: code };
        const error = await errorOf(
          stub.gateway().refundPayment("pi_1", money(400n, "EUR"), { ...call(), ...reason }),
        );
        expect(error).toMatchObject({ kind: "unknown" });
        expect(stub.received.map(({ form }) => form.reason)).toEqual(sent);
      },
    );

    it("once while Stripe is still busy with its key, and with no reason of its own making", async () => {
      stub.answersWith(refused({ type: "idempotency_error", code: "idempotency_key_in_use" }, 409));
      const error = await errorOf(
        stub.gateway().refundPayment("pi_1", money(400n, "EUR"), { ...call(), reason: "duplicate" }),
      );
      expect(error).toMatchObject({ kind: "unknown" });
      expect(stub.received.map(({ form }) => form.reason)).toEqual(["duplicate"]);
    });

    it("nothing when the refund fails at once", async () => {
      stub.answersWith({ body: refund("failed", paid(0)) });
      expect(await errorOf(stub.gateway().refundPayment("pi_1", money(400n, "EUR"), call()))).toMatchObject({
        kind: "invalid_data",
        message: expect.stringContaining("declined"),
      });
    });

    it.each([
      ["with the rest released", "succeeded", 400, 700, 100n],
      ["with the rest released and nothing given back", "succeeded", 400, 600, 0n],
      ["while the rest stays reserved", "requires_capture", 400, 100, 100n],
      ["never, when all was released", "canceled", 0, 1000, 0n],
    ])(
      "are told from what was only released: %s",
      async (_name, status, amount_captured, amount_refunded, refunded) => {
        const latest_charge = charge({ amount_captured, amount_refunded });
        stub.answersWith({ body: intent({ status, latest_charge }) });
        const snapshot = await stub.gateway().retrievePayment("pi_1", AbortSignal.timeout(5000));
        expect(snapshot.refunded).toEqual(money(refunded, "EUR"));
      },
    );
  });

  describe("voids", () => {
    it("what is reserved", async () => {
      stub.answersWith({ body: authorized() }, { body: intent({ status: "canceled" }) });
      expect(await stub.gateway().cancelPayment("pi_1", call())).toMatchObject({ status: "canceled" });
      expect(stub.last?.path).toBe("/v1/payment_intents/pi_1/cancel");
    });

    it("nothing, and is known to have voided nothing, where the read before it fails", async () => {
      stub.answersWith({ status: 503, body: {} });
      const error = await errorOf(stub.gateway().cancelPayment("pi_1", call()));
      expect(error).toMatchObject({ kind: "unavailable" });
      expect(stub.received.map(({ method }) => method)).toEqual(["GET"]);
    });

    it.each(["canceled", "succeeded"])("nothing of what is %s", async (status) => {
      stub.answersWith({ body: intent({ status }) });
      await stub.gateway().cancelPayment("pi_1", call());
      expect(stub.received).toHaveLength(1);
    });

    it("the rest, and what was captured before stays captured", async () => {
      const latest_charge = charge({ amount_captured: 400, amount_refunded: 600 });
      stub.answersWith({ body: intent({ status: "canceled", latest_charge }) });
      expect(await stub.gateway().cancelPayment("pi_1", call())).toMatchObject({
        status: "captured",
        authorized: money(1000n, "EUR"),
        captured: money(400n, "EUR"),
        refunded: money(0n, "EUR"),
      });
    });
  });

  it("tells of disputes", async () => {
    const disputed = intent({
      status: "succeeded",
      amount_received: 1000,
      latest_charge: charge({ amount_captured: 1000, disputed: true }),
    });
    const dispute = (id: string, status: string) => ({
      ...{ id, status, amount: 1000, currency: "eur", reason: "fraudulent" },
      evidence_details: { due_by: 1_900_000_000 },
    });
    const data = [
      dispute("dp_1", "needs_response"),
      dispute("dp_2", "lost"),
      dispute("dp_3", "warning_closed"),
    ];
    stub.answersWith({ body: disputed }, { body: { object: "list", data } });
    const { disputes } = await stub.gateway().retrievePayment("pi_1", AbortSignal.timeout(5000));
    expect(disputes?.map(({ status }) => status)).toEqual(["open", "lost", "won"]);
    expect(disputes?.[0]).toMatchObject({ amount: TEN_EUROS, respond_by: new Date(1_900_000_000_000) });
  });

  it("pings with what a restricted key may read", async () => {
    stub.answersWith({ body: { object: "list", data: [] } });
    await stub.gateway().ping(AbortSignal.timeout(5000));
    expect(stub.last?.path).toBe("/v1/payment_intents?limit=1");
  });

  it("tells the browser what Stripe's form needs, and no secret", () => {
    const gateway = stub.gateway({ publishable_key: "pk_test_1" });
    expect(gateway.clientConfig("card")).toEqual({
      form: "stripe_payment_element",
      publishable_key: "pk_test_1",
      test_mode: true,
      allowed_payment_method_types: ["card"],
      payment_method_configuration: null,
      capture_method: "manual",
      amount: null,
      currency: null,
    });
    expect(gateway.clientConfig("apple_pay").form).toBe("stripe_express_checkout");
    expect(() => gateway.clientConfig("cheque")).toThrow("none of them");
  });

  it.each([
    [6980n, "EUR", { amount: 6980, currency: "eur" }],
    [500n, "JPY", { amount: 500, currency: "jpy" }],
    [12340n, "KWD", { amount: 12340, currency: "kwd" }],
    [500n, "ISK", { amount: 50000, currency: "isk" }],
  ])("tells the browser %s minor units of %s as the API counts them", (amount_minor, currency, told) => {
    const gateway = stub.gateway({ publishable_key: "pk_test_1" });
    expect(gateway.clientConfig("card", { amount_minor, currency })).toMatchObject(told);
  });

  it("does not offer an amount that Stripe cannot hold", () => {
    const gateway = stub.gateway({ publishable_key: "pk_test_1" });
    const amount = { amount_minor: 12345n, currency: "KWD" };
    expect(() => gateway.clientConfig("card", amount)).toThrow("exactly");
  });

  it("asks the page to allow Stripe's script only where it can be started", () => {
    expect(stub.gateway({ publishable_key: "pk_test_1" }).browser_sources?.script).toContain(
      "https://js.stripe.com",
    );
    expect(stub.gateway({}).browser_sources).toBeUndefined();
  });

  it("hands the account's own set of methods only to the form that shows it", () => {
    const gateway = stub.gateway({ payment_method_configuration: "pmc_1" });
    expect(gateway.clientConfig("dynamic")).toMatchObject({
      payment_method_configuration: "pmc_1",
      allowed_payment_method_types: null,
    });
    expect(gateway.clientConfig("card")["payment_method_configuration"]).toBeNull();
  });
});
