import { randomUUID } from "node:crypto";
import { money, type CallContext, type ConfirmPaymentInput, type Money } from "../../src/gateway";
import { StripeGateway } from "../../src/providers/stripe/gateway";
import { parseOptions } from "../../src/providers/stripe/options";
import { registerWalletDomains } from "../../src/providers/stripe/wallet-domains";
import { startStripeSimulator, type StripeSimulator } from "../simulators/stripe";

const API_KEY = "sk_test_behaviour";
const DAY_MS = 86_400_000;
const HUNDRED = money(10_000n, "EUR");

/** What is Stripe's own, beyond the conformance suite: the real SDK against the simulator. */
describe("the Stripe gateway at Stripe", () => {
  let simulator: StripeSimulator;
  let gateway: StripeGateway;

  beforeAll(async () => {
    simulator = await startStripeSimulator({
      accounts: [{ secret_key: API_KEY }],
    });
    gateway = gatewayWith({});
  });
  afterAll(() => simulator.stop());

  function gatewayWith(options: Record<string, unknown>): StripeGateway {
    const return_url = "https://shop.example/back";
    return new StripeGateway(
      parseOptions({ api_key: API_KEY, api_url: simulator.url, return_url, ...options }),
    );
  }

  const call = (): CallContext => ({ idempotency_key: randomUUID(), signal: AbortSignal.timeout(5000) });
  const read = (reference: string) => gateway.retrievePayment(reference, AbortSignal.timeout(5000));

  type Opened = Readonly<{ method?: string; amount?: Money; customer?: string; by?: StripeGateway }>;

  async function open({
    method = "card",
    amount = HUNDRED,
    customer,
    by = gateway,
  }: Opened = {}): Promise<string> {
    const { snapshot } = await by.createPayment(
      {
        ...{ method, amount, attempt_id: `payatt_${randomUUID()}`, data: undefined },
        ...(customer !== undefined && { customer: { gateway_customer_id: customer } }),
      },
      call(),
    );
    return snapshot.reference;
  }

  const confirm = (reference: string, data: unknown, more: Partial<ConfirmPaymentInput> = {}, by = gateway) =>
    by.confirmPayment(reference, { method: "card", amount: HUNDRED, data, ...more }, call());

  async function authorized(name = "visa"): Promise<string> {
    const reference = await open();
    await confirm(reference, { payment_method: `pm_card_${name}` });
    return reference;
  }

  async function captured(name = "visa"): Promise<string> {
    const reference = await authorized(name);
    await gateway.capturePayment(reference, HUNDRED, call());
    return reference;
  }

  const failure = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => "a success",
      (error: unknown) => error,
    );

  it("knows until when an authorization lives, and that it lapsed", async () => {
    const reference = await authorized();
    const { authorization_expires_at } = await read(reference);
    expect(authorization_expires_at?.getTime()).toBeGreaterThan(simulator.api.now() + 6 * DAY_MS);
    simulator.api.advance(8 * DAY_MS);
    expect(await read(reference)).toMatchObject({
      status: "canceled",
      authorized: money(0n, "EUR"),
      refunded: money(0n, "EUR"),
    });
    expect(await failure(gateway.capturePayment(reference, HUNDRED, call()))).toMatchObject({
      kind: "invalid_data",
      message: expect.stringContaining("payment_intent_unexpected_state"),
    });
  });

  it("takes a part of a card that can be captured once, and does not call the released rest a refund", async () => {
    const reference = await authorized("jcb");
    expect(await gateway.capturePayment(reference, money(4_000n, "EUR"), call())).toMatchObject({
      status: "captured",
      authorized: HUNDRED,
      captured: money(4_000n, "EUR"),
      refunded: money(0n, "EUR"),
    });
    expect(await gateway.refundPayment(reference, money(1_000n, "EUR"), call())).toMatchObject({
      refunded: money(1_000n, "EUR"),
    });
    expect(await failure(gateway.capturePayment(reference, money(1_000n, "EUR"), call()))).toMatchObject({
      kind: "invalid_data",
    });
  });

  it("makes the same half capture once when its key comes again", async () => {
    const reference = await authorized();
    const again = call();
    await gateway.capturePayment(reference, money(5_000n, "EUR"), again);
    const { captured: taken } = await gateway.capturePayment(reference, money(5_000n, "EUR"), again);
    expect(taken).toEqual(money(5_000n, "EUR"));
  });

  it("sees a refund that fails days later as money that was not given back", async () => {
    const reference = await captured("refundFail");
    expect(await gateway.refundPayment(reference, HUNDRED, call())).toMatchObject({ refunded: HUNDRED });
    simulator.api.advance(4 * DAY_MS);
    expect(await read(reference)).toMatchObject({ status: "captured", refunded: money(0n, "EUR") });
  });

  it("tells of a dispute and how it ended", async () => {
    const reference = await captured();
    const { id } = simulator.api.openDispute(reference, { amount: 2_500 });
    expect((await read(reference)).disputes).toMatchObject([
      { id, status: "open", reason: "fraudulent", amount: money(2_500n, "EUR") },
    ]);
    simulator.api.closeDispute(id, "lost");
    expect((await read(reference)).disputes).toMatchObject([{ id, status: "lost" }]);
  });

  it("charges a saved card without the customer, and asks them back when the issuer wants them", async () => {
    const customer = await gateway.customers.ensure({ id: "cus_1", email: "a@example.com" }, call());
    const first = await open({ customer });
    await confirm(first, { payment_method: "pm_card_authenticationRequired", save: true });
    simulator.api.decide(first, "approve");
    const [saved] = await gateway.saved_methods.list(customer);
    const data = { saved_method_id: saved?.id };

    const renewal = await open({ customer });
    const refused = await confirm(renewal, data, { off_session: true });
    expect(refused).toMatchObject({ type: "declined", decline: { category: "authenticate" } });

    const asked = await confirm(renewal, data, { authenticate: true });
    expect(asked).toMatchObject({
      type: "action_required",
      next_action: { type: "redirect", reason: "three_d_secure" },
    });
    simulator.api.decide(renewal, "approve");
    expect(await read(renewal)).toMatchObject({ status: "authorized", authorized: HUNDRED });
  });

  it("charges a saved card without the customer where it was set up for that", async () => {
    const customer = await gateway.customers.ensure({ id: "cus_2", email: "b@example.com" }, call());
    const first = await open({ customer });
    await confirm(first, { payment_method: "pm_card_visa", save: true });
    const [saved] = await gateway.saved_methods.list(customer);
    const outcome = await confirm(
      await open({ customer }),
      { saved_method_id: saved?.id },
      { off_session: true },
    );
    expect(outcome.type).toBe("approved");
  });

  it("leaves 3-D Secure to Stripe.js where the page asks for it, and reads what came of it", async () => {
    const reference = await open();
    const outcome = await confirm(reference, {
      payment_method: "pm_card_authenticationRequired",
      use_stripe_sdk: true,
    });
    expect(outcome).toMatchObject({ type: "action_required", next_action: { type: "confirm" } });
    expect(outcome.snapshot.client).toMatchObject({
      id: reference,
      client_secret: expect.stringContaining(reference),
      stripe_action: "use_stripe_sdk",
    });
    simulator.api.decide(reference, "approve");
    expect((await confirm(reference, undefined)).type).toBe("approved");
  });

  it("pays by wallet, and says which", async () => {
    const reference = await open({ method: "google_pay" });
    const outcome = await confirm(
      reference,
      { payment_method: "pm_card_visa__google_pay" },
      { method: "google_pay" },
    );
    expect(outcome).toMatchObject({ type: "approved", snapshot: { instrument: { wallet: "google_pay" } } });
  });

  it("sends the shopper to a bank and takes the money at once when they approve there", async () => {
    const by = gatewayWith({ methods: ["ideal"] });
    const { id } = await paymentMethod("ideal");
    const reference = await open({ method: "ideal", by });
    const outcome = await confirm(reference, { payment_method: id }, { method: "ideal" }, by);
    expect(outcome).toMatchObject({
      type: "action_required",
      next_action: { type: "redirect", reason: "bank_page" },
    });
    simulator.api.decide(reference, "approve");
    expect(await read(reference)).toMatchObject({ status: "captured", captured: HUNDRED });
  });

  it.each([
    ["paid", { status: "captured", captured: HUNDRED }],
    ["failed", { status: "requires_confirmation", captured: money(0n, "EUR"), decline: expect.anything() }],
  ] as const)("waits for days for a bank debit that is %s in the end", async (answer, end) => {
    const by = gatewayWith({ methods: ["sepa_debit"] });
    const { id } = await paymentMethod("sepa_debit");
    const reference = await open({ method: "sepa_debit", by });
    const outcome = await confirm(reference, { payment_method: id }, { method: "sepa_debit" }, by);
    expect(outcome).toMatchObject({ type: "pending", snapshot: { captured: money(0n, "EUR") } });
    simulator.api.settleDebit(reference, answer);
    expect(await read(reference)).toMatchObject(end);
  });

  it("registers the store's domains for wallets, once", async () => {
    const register = () =>
      registerWalletDomains(gateway.client, ["shop.example", "www.shop.example"], AbortSignal.timeout(5000));
    const first = await register();
    expect(first.map(({ domain, apple_pay }) => [domain, apple_pay.active])).toEqual([
      ["shop.example", true],
      ["www.shop.example", true],
    ]);
    expect(await register()).toEqual(first);
    const created = simulator.api
      .requests()
      .filter(({ operation }) => operation === "payment_method_domains.create");
    expect(created).toHaveLength(2);
  });

  /** As Stripe.js makes it from the shopper's form. */
  async function paymentMethod(type: "ideal" | "sepa_debit"): Promise<{ id: string }> {
    const details = { ideal: {}, sepa_debit: { iban: "DE89370400440532013000" } };
    const raw = await gateway.client.raw(AbortSignal.timeout(5000), (sdk) =>
      sdk.paymentMethods.create({
        type,
        [type]: details[type],
        billing_details: { name: "Ada", email: "ada@example.com" },
      }),
    );
    return { id: raw.id };
  }
});
