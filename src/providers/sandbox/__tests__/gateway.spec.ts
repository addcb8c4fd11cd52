import { money } from "../../../gateway/money";
import {
  authorized,
  call,
  card,
  confirmed,
  created,
  errorOf,
  openBank,
  TEN_EUROS,
  type TestBank,
} from "./support";

const soon = () => AbortSignal.timeout(5000);

describe("the sandbox gateway", () => {
  let bank: TestBank;
  let automatic: TestBank;
  beforeAll(async () => {
    bank = await openBank();
    automatic = await openBank({}, { capture: "automatic" });
  });
  afterAll(() => Promise.all([bank.stop(), automatic.stop()]));

  it("makes a payment that holds our attempt's id and moves nothing", async () => {
    const input = { method: "card", amount: TEN_EUROS, attempt_id: "attempt_7", data: undefined };
    const outcome = await bank.gateway.createPayment(input, call());
    expect(outcome).toMatchObject({
      type: "action_required",
      next_action: { type: "confirm" },
      snapshot: { status: "requires_confirmation", amount: TEN_EUROS, authorized: money(0n, "EUR") },
    });
    const { body } = await bank.control("GET", `payments/${outcome.snapshot.reference}`);
    expect(body).toMatchObject({ metadata: { attempt_id: "attempt_7" }, capture: "manual" });
  });

  it.each([
    ["EUR", 1050n],
    ["JPY", 1000n],
    ["KWD", 12_345n],
  ])("authorizes, captures and refunds %s to the minor unit", async (currency, amount_minor) => {
    const amount = money(amount_minor, currency);
    const reference = await created(bank.gateway, { amount });
    const outcome = await confirmed(bank.gateway, reference, card("4242424242424242"), { amount });
    expect(outcome).toMatchObject({
      type: "approved",
      snapshot: { status: "authorized", authorized: amount },
    });
    const captured = await bank.gateway.capturePayment(reference, amount, call());
    expect(captured).toMatchObject({ status: "captured", captured: amount });
    const refunded = await bank.gateway.refundPayment(reference, money(1n, currency), call());
    expect(refunded.refunded).toEqual(money(1n, currency));
  });

  it("captures with the authorization when the operator wants it so", async () => {
    const reference = await created(automatic.gateway);
    const outcome = await confirmed(automatic.gateway, reference, card("4242424242424242"));
    expect(outcome).toMatchObject({
      type: "approved",
      snapshot: { status: "captured", captured: TEN_EUROS },
    });
    expect(automatic.gateway.capabilities.capture).toBe("automatic");
  });

  it("captures and refunds in parts, and refuses more than there is", async () => {
    const reference = await authorized(bank.gateway);
    const { gateway } = bank;
    expect((await gateway.capturePayment(reference, money(300n, "EUR"), call())).status).toBe("authorized");
    expect((await gateway.capturePayment(reference, money(200n, "EUR"), call())).captured.amount_minor).toBe(
      500n,
    );
    expect(await errorOf(gateway.capturePayment(reference, money(501n, "EUR"), call()))).toMatchObject({
      kind: "invalid_data",
      message: expect.stringContaining("amount_exceeds_authorized"),
    });
    await gateway.refundPayment(reference, money(499n, "EUR"), call());
    expect(await errorOf(gateway.refundPayment(reference, money(2n, "EUR"), call()))).toMatchObject({
      kind: "invalid_data",
    });
    expect(await gateway.retrievePayment(reference, soon())).toMatchObject({
      captured: money(500n, "EUR"),
      refunded: money(499n, "EUR"),
    });
  });

  it("refuses an amount in another currency than the payment's", async () => {
    const reference = await authorized(bank.gateway);
    const error = await errorOf(bank.gateway.capturePayment(reference, money(1000n, "USD"), call()));
    expect(error.message).toContain("currency_mismatch");
  });

  it("voids what is not captured, and calls a second void a success", async () => {
    const reference = await authorized(bank.gateway);
    expect(await bank.gateway.cancelPayment(reference, call())).toMatchObject({ status: "canceled" });
    expect(await bank.gateway.cancelPayment(reference, call())).toMatchObject({ status: "canceled" });
    const outcome = await confirmed(bank.gateway, reference, card("4242424242424242"));
    expect(outcome).toMatchObject({ type: "declined", decline: { category: "session_expired" } });
  });

  it("does not pretend to void what was captured", async () => {
    const reference = await authorized(bank.gateway);
    await bank.gateway.capturePayment(reference, TEN_EUROS, call());
    expect(await errorOf(bank.gateway.cancelPayment(reference, call()))).toMatchObject({
      kind: "invalid_data",
    });
  });

  it("changes the amount of an unconfirmed payment, and of no other", async () => {
    const reference = await created(bank.gateway);
    const amount = money(2500n, "EUR");
    expect((await bank.gateway.updatePayment(reference, amount, call())).snapshot.amount).toEqual(amount);
    expect(await errorOf(confirmed(bank.gateway, reference, card("4242424242424242")))).toMatchObject({
      message: expect.stringContaining("amount_mismatch"),
    });
    const outcome = await confirmed(bank.gateway, reference, card("4242424242424242"), { amount });
    expect(outcome.snapshot.authorized).toEqual(amount);
    expect(await errorOf(bank.gateway.updatePayment(reference, TEN_EUROS, call()))).toMatchObject({
      message: expect.stringContaining("wrong_state"),
    });
  });

  it("authorizes once: confirming again with another card answers what is", async () => {
    const reference = await authorized(bank.gateway);
    const again = await confirmed(bank.gateway, reference, card("5555555555554444"));
    expect(again).toMatchObject({
      type: "approved",
      snapshot: { authorized: TEN_EUROS, instrument: { last4: "4242" } },
    });
  });

  it("lets another card pay after a decline", async () => {
    const reference = await created(bank.gateway);
    expect((await confirmed(bank.gateway, reference, card("4000000000009995"))).type).toBe("declined");
    expect((await confirmed(bank.gateway, reference, card("4242424242424242"))).type).toBe("approved");
  });

  it("sends a card that wants 3-D Secure to the bank's page", async () => {
    const reference = await created(bank.gateway);
    const outcome = await confirmed(bank.gateway, reference, card("4000002760003184"));
    expect(outcome).toMatchObject({
      type: "action_required",
      next_action: { type: "redirect", reason: "three_d_secure", url: expect.stringContaining(bank.url) },
    });
  });

  it.each(["apple_pay", "google_pay"])(
    "approves a confirmed %s sheet, and rules by its token",
    async (method) => {
      const pay = async (data: unknown) =>
        confirmed(bank.gateway, await created(bank.gateway, { method }), data, { method });
      expect(await pay(undefined)).toMatchObject({
        type: "approved",
        snapshot: { instrument: { wallet: method } },
      });
      expect(await pay({ wallet: {} })).toMatchObject({ type: "approved" });
      expect(await pay({ wallet: { token: "tok_insufficient_funds" } })).toMatchObject({
        type: "declined",
        decline: { category: "funds_limit" },
      });
    },
  );

  it("uses the token or saved card given with the payment when confirm brings none", async () => {
    const reference = await created(bank.gateway, { data: { token: "tok_mastercard" } });
    const outcome = await confirmed(bank.gateway, reference, undefined);
    expect(outcome).toMatchObject({ type: "approved", snapshot: { instrument: { brand: "mastercard" } } });
  });

  it("asks for a card when there is none at all", async () => {
    const reference = await created(bank.gateway);
    expect(await errorOf(confirmed(bank.gateway, reference, undefined))).toMatchObject({
      kind: "invalid_data",
    });
  });

  it("keeps a card for its customer only, and only when told to", async () => {
    const { customers, saved_methods } = bank.gateway;
    const mine = await customers.ensure({ id: "cus_a" }, call());
    expect(await customers.ensure({ id: "cus_a" }, call())).toBe(mine);
    const other = await customers.ensure({ id: "cus_b" }, call());
    const customer = { gateway_customer_id: mine };

    await confirmed(bank.gateway, await created(bank.gateway, { customer }), card("4242424242424242"));
    expect(await saved_methods.list(mine)).toEqual([]);
    for (let i = 0; i < 2; i += 1) {
      const data = card("4242424242424242", { save: true });
      await confirmed(bank.gateway, await created(bank.gateway, { customer }), data);
    }
    const saved = await saved_methods.list(mine);
    expect(saved).toEqual([
      expect.objectContaining({ method: "card", brand: "visa", last4: "4242", exp_month: 12 }),
    ]);
    expect(await saved_methods.list(other)).toEqual([]);

    const data = { saved_method_id: saved[0]?.id };
    expect((await confirmed(bank.gateway, await created(bank.gateway, { customer }), data)).type).toBe(
      "approved",
    );
    for (const stranger of [{ gateway_customer_id: other }, undefined]) {
      const reference = await created(bank.gateway, { customer: stranger });
      expect(await errorOf(confirmed(bank.gateway, reference, data))).toMatchObject({
        kind: "invalid_data",
        message: expect.stringContaining("saved_method_unknown"),
      });
    }
    await saved_methods.remove(other, saved[0]?.id ?? "");
    expect(await saved_methods.list(mine)).toHaveLength(1);
    await saved_methods.remove(mine, saved[0]?.id ?? "");
    await saved_methods.remove(mine, saved[0]?.id ?? "");
    expect(await saved_methods.list(mine)).toEqual([]);
  });

  it("asks for proof where the merchant wants it and the issuer can: also of a card that was saved", async () => {
    const { gateway } = bank;
    const asked = async (number: string) =>
      (await confirmed(gateway, await created(gateway), card(number), { authenticate: true })).type;
    expect(await asked("4000009990000096")).toBe("action_required");
    expect(await asked("4000000000003055")).toBe("action_required");
    // Its issuer has no 3-D Secure.
    expect(await asked("4242424242424242")).toBe("approved");
    expect(await asked("4000000000009995")).toBe("declined");

    const mine = await gateway.customers.ensure({ id: "cus_asked" }, call());
    const customer = { gateway_customer_id: mine };
    const data = card("4000002500003155", { save: true });
    const { snapshot } = await confirmed(gateway, await created(gateway, { customer }), data);
    const url = snapshot.next_action?.type === "redirect" ? snapshot.next_action.url : "";
    await fetch(url, { method: "POST", body: new URLSearchParams({ decision: "approve" }) });
    const [saved] = await gateway.saved_methods.list(mine);
    const again = { saved_method_id: saved?.id };
    const reference = await created(gateway, { customer });
    expect((await confirmed(gateway, reference, again, { authenticate: true })).type).toBe("action_required");
  });

  it("asks no second proof of the card that was set up, and saves the one that is refused", async () => {
    const mine = await bank.gateway.customers.ensure({ id: "cus_c" }, call());
    const customer = { gateway_customer_id: mine };
    const data = card("4000002500003155", { save: true });
    const outcome = await confirmed(bank.gateway, await created(bank.gateway, { customer }), data);
    const url = outcome.snapshot.next_action?.type === "redirect" ? outcome.snapshot.next_action.url : "";
    expect(await bank.gateway.saved_methods.list(mine)).toEqual([]);
    await fetch(url, { method: "POST", body: new URLSearchParams({ decision: "approve" }) });
    const [saved] = await bank.gateway.saved_methods.list(mine);
    const again = await confirmed(bank.gateway, await created(bank.gateway, { customer }), {
      saved_method_id: saved?.id,
    });
    expect(again.type).toBe("approved");

    const refused = card("4000000000000341", { save: true });
    const declined = await confirmed(bank.gateway, await created(bank.gateway, { customer }), refused);
    expect(declined.type).toBe("declined");
    expect((await bank.gateway.saved_methods.list(mine)).map(({ last4 }) => last4)).toContain("0341");
  });

  it("knows a typed card again without asking, and at the bank by its fingerprint", async () => {
    const { gateway } = bank;
    const data = card("4242 4242 4242 4242");
    const first = await confirmed(gateway, await created(gateway), data);
    const second = await confirmed(gateway, await created(gateway), card("4242424242424242"));
    expect(first.snapshot.instrument?.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(second.snapshot.instrument?.fingerprint).toBe(first.snapshot.instrument?.fingerprint);
    expect(gateway.identifyInstrument("card", data)).toBe("card:4242424242424242");
    expect(gateway.identifyInstrument("card", { token: "tok_visa" })).toBeUndefined();
    expect(gateway.identifyInstrument("card", { card: "nonsense" })).toBeUndefined();
  });

  it("tells the browser what to draw and nothing it must not know", () => {
    const { gateway } = bank;
    expect(gateway.clientConfig("card")).toEqual({
      form: "card_fields",
      test_mode: true,
      test_number: "4242424242424242",
      saved_methods: true,
      brands: ["visa", "mastercard", "amex"],
    });
    expect(gateway.clientConfig("apple_pay")).toEqual({ form: "wallet_sheet", test_mode: true });
    expect(gateway.clientConfig("bank_redirect")).toEqual({ form: "redirect", test_mode: true });
  });

  it("answers a ping", async () => {
    await expect(bank.gateway.ping(soon())).resolves.toBeUndefined();
  });
});
