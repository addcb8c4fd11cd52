import { money } from "../../../gateway/money";
import { METHOD_IDS } from "../methods";
import { authorized, call, charge, errorOf, intent, refused, Stub } from "./support";

const TEN_EUROS = money(1000n, "EUR");
const CREATE = { method: "card", amount: TEN_EUROS, attempt_id: "payatt_1", data: undefined };
const CONFIRM = { method: "card", amount: TEN_EUROS };

describe("the Stripe gateway", () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await Stub.open();
  });
  afterAll(() => stub.stop());

  describe("makes a payment", () => {
    it("that waits for its method, and hands the browser what it needs and no more", async () => {
      stub.answersWith({ body: intent() });
      const { snapshot } = await stub.gateway().createPayment(CREATE, call(5000, "the-key"));
      expect(stub.last?.form).toEqual({
        amount: "1000",
        currency: "eur",
        capture_method: "manual",
        "allowed_payment_method_types[0]": "card",
        "metadata[attempt_id]": "payatt_1",
        "payment_method_options[card][request_multicapture]": "if_available",
        "expand[0]": "latest_charge",
      });
      expect(stub.last?.headers["idempotency-key"]).toBe("the-key");
      expect(snapshot).toMatchObject({ reference: "pi_1", status: "requires_confirmation" });
      expect(snapshot.client).toEqual({ id: "pi_1", client_secret: "pi_1_secret_for_the_browser" });
    });

    it.each(METHOD_IDS)("by %s without naming payment_method_types", async (method) => {
      stub.answersWith({ body: intent() });
      await stub.gateway({ methods: [method] }).createPayment({ ...CREATE, method }, call());
      const fields = Object.keys(stub.last?.form ?? {});
      expect(fields.filter((field) => field.startsWith("payment_method_types"))).toEqual([]);
      const allowed = fields.some((field) => field.startsWith("allowed_payment_method_types"));
      expect(fields.includes("automatic_payment_methods[enabled]")).toBe(!allowed);
    });

    it("of the account's own choice, with its configuration", async () => {
      stub.answersWith({ body: intent() });
      const gateway = stub.gateway({ methods: ["dynamic"], payment_method_configuration: "pmc_1" });
      await gateway.createPayment({ ...CREATE, method: "dynamic" }, call());
      expect(stub.last?.form).toMatchObject({
        "automatic_payment_methods[enabled]": "true",
        payment_method_configuration: "pmc_1",
      });
    });

    it.each([
      ["card", "automatic", "automatic"],
      ["klarna", "manual", "manual"],
      ["ideal", "manual", "automatic"],
      ["sepa_debit", "manual", "automatic"],
    ])("by %s with %s capture as %s", async (method, capture, sent) => {
      stub.answersWith({ body: intent() });
      await stub.gateway({ methods: [method], capture }).createPayment({ ...CREATE, method }, call());
      expect(stub.last?.form.capture_method).toBe(sent);
    });

    it("and passes nothing on that a shopper made up", async () => {
      stub.answersWith({ body: intent() });
      const data = { capture_method: "automatic", amount: 1, confirm: true, metadata: { attempt_id: "x" } };
      await stub.gateway().createPayment({ ...CREATE, data }, call());
      expect(stub.last?.form).toMatchObject({
        amount: "1000",
        capture_method: "manual",
        "metadata[attempt_id]": "payatt_1",
      });
      expect(stub.last?.form).not.toHaveProperty("confirm");
    });

    it("for a customer, and for a guest when the account does not know that customer", async () => {
      const input = { ...CREATE, customer: { gateway_customer_id: "cus_of_test_mode" } };
      stub.answersWith({ body: intent() });
      await stub.gateway().createPayment(input, call());
      expect(stub.last?.form.customer).toBe("cus_of_test_mode");
      stub.answersWith(refused({ code: "resource_missing", param: "customer" }), { body: intent() });
      const outcome = await stub.gateway().createPayment(input, call(5000, "key"));
      expect(outcome.type).toBe("action_required");
      expect(stub.last?.form).not.toHaveProperty("customer");
      expect(stub.received.map(({ headers }) => headers["idempotency-key"])).toEqual(["key", "key:guest"]);
    });

    it("of no amount that Stripe would have to round", async () => {
      stub.answersWith({ body: intent() });
      const error = await errorOf(
        stub.gateway().createPayment({ ...CREATE, amount: money(12_345n, "KWD") }, call()),
      );
      expect(error).toMatchObject({ kind: "unavailable" });
      expect(stub.received).toEqual([]);
    });
  });

  describe("confirms", () => {
    it.each([
      [{ payment_method: "pm_1" }, { payment_method: "pm_1" }],
      [{ saved_method_id: "pm_2" }, { payment_method: "pm_2" }],
      [{ confirmation_token: "ctoken_1" }, { confirmation_token: "ctoken_1" }],
      [{ payment_method: "pm_1", save: true }, { setup_future_usage: "off_session" }],
      [{ payment_method: "pm_1", use_stripe_sdk: true }, { use_stripe_sdk: "true" }],
    ])("with %j as %j", async (data, sent) => {
      stub.answersWith({ body: authorized() });
      const outcome = await stub.gateway().confirmPayment("pi_1", { ...CONFIRM, data }, call());
      expect(stub.last?.form).toMatchObject(sent);
      expect(outcome).toMatchObject({
        type: "approved",
        snapshot: {
          status: "authorized",
          authorized: TEN_EUROS,
          instrument: { last4: "4242", wallet: "apple_pay", fingerprint: "Xt5EWLLDS7FJjR1c" },
          authorization_expires_at: new Date(1_900_000_000_000),
        },
      });
    });

    it.each([
      ["text"],
      [[]],
      [{ payment_method: "pm_1", saved_method_id: "pm_2" }],
      [{ payment_method: "4242424242424242" }],
      [{ confirmation_token: "pm_1" }],
    ])("nothing of %j", async (data) => {
      stub.answersWith({ body: authorized() });
      const error = await errorOf(stub.gateway().confirmPayment("pi_1", { ...CONFIRM, data }, call()));
      expect(error).toMatchObject({ kind: "invalid_data" });
      expect(error.message).not.toContain("4242424242424242");
      expect(stub.received).toEqual([]);
    });

    it("and takes a 402 for a refusal with its reason", async () => {
      const last_payment_error = {
        code: "card_declined",
        decline_code: "insufficient_funds",
        network_decline_code: "51",
        payment_method: { type: "card", card: { brand: "visa", last4: "9995", fingerprint: "f" } },
      };
      const after = intent({ last_payment_error, latest_charge: "ch_1" });
      stub.answersWith(refused({ type: "card_error", ...last_payment_error, payment_intent: after }, 402));
      const data = { payment_method: "pm_1" };
      expect(await stub.gateway().confirmPayment("pi_1", { ...CONFIRM, data }, call())).toMatchObject({
        type: "declined",
        decline: { category: "funds_limit", code: "insufficient_funds", network_code: "51" },
        snapshot: { reference: "pi_1", instrument: { last4: "9995" } },
      });
    });

    it("and does not believe a refusal of another payment", async () => {
      stub.answersWith(refused({ type: "card_error", payment_intent: intent({ id: "pi_2" }) }, 402));
      const data = { payment_method: "pm_1" };
      expect(
        await errorOf(stub.gateway().confirmPayment("pi_1", { ...CONFIRM, data }, call())),
      ).toMatchObject({
        kind: "unknown",
      });
    });

    it("by reading, when the page confirmed with Stripe.js itself", async () => {
      stub.answersWith({ body: authorized() });
      const outcome = await stub.gateway().confirmPayment("pi_1", { ...CONFIRM, data: undefined }, call());
      expect(outcome.type).toBe("approved");
      expect(stub.received.map(({ method }) => method)).toEqual(["GET"]);
    });

    it("nothing when there is nothing to pay with", async () => {
      stub.answersWith({ body: intent() });
      const outcome = await stub.gateway().confirmPayment("pi_1", { ...CONFIRM, data: undefined }, call());
      expect(outcome).toMatchObject({ type: "action_required", next_action: { type: "confirm" } });
      expect(stub.received.map(({ method }) => method)).toEqual(["GET"]);
    });

    it("what the intent already has", async () => {
      stub.answersWith({ body: intent({ status: "requires_confirmation" }) }, { body: authorized() });
      const outcome = await stub.gateway().confirmPayment("pi_1", { ...CONFIRM, data: undefined }, call());
      expect(outcome.type).toBe("approved");
      expect(stub.received.map(({ method }) => method)).toEqual(["GET", "POST"]);
    });

    it("with 3-D Secure when the issuer refused without it", async () => {
      stub.answersWith({
        body: intent({
          status: "requires_action",
          next_action: { type: "redirect_to_url", redirect_to_url: { url: "https://hooks.stripe.com/3ds" } },
        }),
      });
      const input = { ...CONFIRM, data: { payment_method: "pm_1" }, authenticate: true as const };
      const outcome = await stub
        .gateway({ return_url: "https://shop.example/back" })
        .confirmPayment("pi_1", input, call());
      expect(stub.last?.form).toMatchObject({
        "payment_method_options[card][request_three_d_secure]": "any",
        return_url: "https://shop.example/back",
      });
      expect(outcome).toMatchObject({
        type: "action_required",
        next_action: { type: "redirect", url: "https://hooks.stripe.com/3ds", reason: "three_d_secure" },
      });
    });

    it("without the customer, and knows the way back when they are asked for", async () => {
      const last_payment_error = { code: "authentication_required", decline_code: "authentication_required" };
      stub.answersWith(
        refused(
          { type: "card_error", ...last_payment_error, payment_intent: intent({ last_payment_error }) },
          402,
        ),
      );
      const gateway = stub.gateway({ return_url: "https://shop.example/back" });
      const input = { ...CONFIRM, data: { saved_method_id: "pm_1", save: true }, off_session: true as const };
      expect(await gateway.confirmPayment("pi_1", input, call())).toMatchObject({
        type: "declined",
        decline: { category: "authenticate" },
      });
      expect(stub.last?.form).toEqual({
        payment_method: "pm_1",
        off_session: "true",
        "expand[0]": "latest_charge",
      });
    });

    it.each([
      ["use_stripe_sdk", {}, { type: "confirm" }],
      ["blik_authorize", {}, { type: "wait" }],
      [
        "oxxo_display_details",
        { oxxo_display_details: { hosted_voucher_url: "https://payments.stripe.com/oxxo" } },
        { type: "redirect", url: "https://payments.stripe.com/oxxo", reason: "bank_page" },
      ],
      ["redirect_to_url", { redirect_to_url: { url: "javascript:alert(1)" } }, { type: "confirm" }],
    ])("and tells what to do next: %s", async (type, details, next_action) => {
      stub.answersWith({
        body: intent({
          status: "requires_action",
          payment_method_types: ["card", "oxxo"],
          next_action: { type, ...details },
        }),
      });
      const data = { confirmation_token: "ctoken_1" };
      const outcome = await stub.gateway().confirmPayment("pi_1", { ...CONFIRM, data }, call());
      expect(outcome).toMatchObject({ type: "action_required", next_action });
      expect(outcome.snapshot.client).toMatchObject({ stripe_action: type });
    });

    it.each([
      ["by default", {}, { type: "wait", settles_later: true }],
      [
        "for a type the operator names",
        { async_payment_method_types: ["sepa_debit"] },
        { type: "wait", settles_later: true },
      ],
      ["for no other type", { async_payment_method_types: ["bacs_debit"] }, { type: "wait" }],
      ["not where the operator wants none", { async_payment_method_types: [] }, { type: "wait" }],
    ])(
      "a bank debit, whose news comes days later and whose order does not wait: %s",
      async (_, options, next_action) => {
        stub.answersWith({ body: intent({ status: "processing", payment_method_types: ["sepa_debit"] }) });
        const input = { method: "sepa_debit", amount: TEN_EUROS, data: { confirmation_token: "ctoken_1" } };
        const outcome = await stub.gateway(options).confirmPayment("pi_1", input, call());
        expect(outcome).toMatchObject({ type: "pending", snapshot: { authorized: money(0n, "EUR") } });
        expect(outcome.snapshot.next_action).toEqual(next_action);
      },
    );

    it.each([
      ["sepa_debit", { type: "wait", settles_later: true }],
      ["card", { type: "wait" }],
    ])("what an intent of several types is being paid with: %s", async (type, next_action) => {
      const latest_charge = charge({ payment_method_details: { type } });
      stub.answersWith({
        body: intent({ status: "processing", payment_method_types: ["card", "sepa_debit"], latest_charge }),
      });
      const input = { method: "dynamic", amount: TEN_EUROS, data: { confirmation_token: "ctoken_1" } };
      const outcome = await stub.gateway().confirmPayment("pi_1", input, call());
      expect(outcome.snapshot.next_action).toEqual(next_action);
    });
  });
});
