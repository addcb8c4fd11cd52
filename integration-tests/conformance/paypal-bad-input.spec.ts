import { randomUUID } from "node:crypto";
import { money, type Money } from "../../src/gateway";
import { call, errorOf } from "../../src/providers/paypal/__tests__/support";
import { PayPalGateway } from "../../src/providers/paypal/gateway";
import { parseOptions } from "../../src/providers/paypal/options";
import { startPaypalSimulator, TEST_CARDS, type PaypalSimulator } from "../simulators/paypal";
import { CARD, enterCard } from "../support/paypal-card-fields";
import { CLIENT_ID, CLIENT_SECRET, PaypalShop } from "../support/paypal-shop";

const KEYS = { client_id: "client-id-that-is-right", client_secret: "client-secret-that-is-right" };
const OTHER_KEYS = { client_id: "client-id-of-another", client_secret: "client-secret-of-another" };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HUNDRED = money(10_000n, "EUR");

/**
 * What goes wrong at PayPal's is said so that an operator knows what to do, and moves nothing. What a whole store does
 * with it is in http/paypal-store.spec.ts.
 */
describe("the PayPal gateway says clearly, and changes nothing, when", () => {
  let simulator: PaypalSimulator;
  let gateway: PayPalGateway;

  beforeAll(async () => {
    simulator = await startPaypalSimulator({
      accounts: [
        { ...KEYS, country: "DE", transaction_limits: { USD: 1_000_000n } },
        OTHER_KEYS,
        { client_id: CLIENT_ID, client_secret: CLIENT_SECRET },
      ],
    });
    gateway = gatewayOf(KEYS);
  });
  afterAll(() => simulator.stop());

  type Keys = Readonly<{ client_id: string; client_secret: string }>;
  const gatewayOf = (keys: Keys, more: object = {}) =>
    new PayPalGateway(
      parseOptions({ ...keys, methods: ["paypal", "card"], api_url: simulator.url, ...more }),
    );

  async function open(amount: Money = HUNDRED, by = gateway, method = "paypal"): Promise<string> {
    const attempt_id = `payatt_${randomUUID()}`;
    const { snapshot } = await by.createPayment({ method, amount, attempt_id, data: undefined }, call());
    return snapshot.reference;
  }

  const confirm = (reference: string, amount = HUNDRED, by = gateway) =>
    by.confirmPayment(reference, { method: "paypal", amount, data: undefined }, call());

  async function authorized(amount = HUNDRED): Promise<string> {
    const reference = await open(amount);
    simulator.api.approve(reference);
    await confirm(reference, amount);
    return reference;
  }

  async function captured(amount = HUNDRED, taken = amount): Promise<string> {
    const reference = await authorized(amount);
    await gateway.capturePayment(reference, taken, call());
    return reference;
  }

  const books = () => simulator.api.ledger();

  type Case = Readonly<{
    /** What is there before. */
    given?: () => Promise<string>;
    act: (reference: string) => Promise<unknown>;
    kind: string;
    says: RegExp;
  }>;

  const CASES: Readonly<Record<string, Case>> = {
    "the secret is wrong": {
      act: () =>
        gatewayOf({ ...KEYS, client_secret: "client-secret-of-nobody" }).ping(AbortSignal.timeout(5000)),
      kind: "misconfigured",
      says: /does not accept client_id and client_secret in its sandbox environment/,
    },
    "the order is another merchant's": {
      given: () => open(HUNDRED, gatewayOf(OTHER_KEYS)),
      act: (reference) => gateway.capturePayment(reference, HUNDRED, call()),
      kind: "invalid_data",
      says: /PayPal has no such order .*another account's/,
    },
    "an approved order of another merchant is to be paid with": {
      given: async () => {
        const reference = await open(HUNDRED, gatewayOf(OTHER_KEYS));
        simulator.api.approve(reference);
        return reference;
      },
      act: (reference) => gateway.retrievePayment(reference, AbortSignal.timeout(5000)),
      kind: "invalid_data",
      says: /another account's or the other environment's/,
    },
    "the currency is none of PayPal's": {
      act: () => open(money(1_000n, "KWD")),
      kind: "unavailable",
      says: /PayPal cannot take exactly 1.000 KWD/,
    },
    "the currency has no decimals at PayPal, and the amount has": {
      act: () => open(money(100_050n, "HUF")),
      kind: "unavailable",
      says: /PayPal cannot take exactly 1000.50 HUF/,
    },
    "a part of such a currency with decimals is to be given back": {
      given: () => captured(money(100_000n, "HUF")),
      act: (reference) => gateway.refundPayment(reference, money(50_050n, "HUF"), call()),
      kind: "unavailable",
      says: /PayPal cannot take exactly 500.50 HUF/,
    },
    "the amount is beyond what the account may take, so that another provider may be tried": {
      act: () => open(money(1_000_001n, "USD")),
      kind: "unavailable",
      says: /beyond what PayPal takes \(TRANSACTION_LIMIT_EXCEEDED/,
    },
    "the approved order is for another amount": {
      given: async () => {
        const reference = await open();
        simulator.api.approve(reference);
        return reference;
      },
      act: (reference) => confirm(reference, money(20_000n, "EUR")),
      kind: "invalid_data",
      says: /is for 100.00 EUR, not for 200.00 EUR/,
    },
    "an order is to be changed that its payer has agreed to": {
      given: async () => {
        const reference = await open();
        simulator.api.approve(reference);
        return reference;
      },
      act: (reference) => gateway.updatePayment(reference, money(20_000n, "EUR"), call()),
      kind: "invalid_data",
      says: /agreed to another amount already/,
    },
    "nobody approved an order in time, and it is to be read": {
      given: async () => {
        const reference = await open();
        simulator.api.advance(4 * HOUR_MS);
        return reference;
      },
      act: (reference) => gateway.retrievePayment(reference, AbortSignal.timeout(5000)),
      kind: "invalid_data",
      says: /nobody approved it in time/,
    },
    "nothing is authorized, and it is to be captured": {
      given: () => open(),
      act: (reference) => gateway.capturePayment(reference, HUNDRED, call()),
      kind: "invalid_data",
      says: /is not authorized, so nothing can be captured/,
    },
    "an authorization that lapsed is to be captured": {
      given: async () => {
        const reference = await authorized();
        simulator.api.advance(30 * DAY_MS);
        return reference;
      },
      act: (reference) => gateway.capturePayment(reference, HUNDRED, call()),
      kind: "invalid_data",
      says: /nothing can be captured any more/,
    },
    "more is to be captured than is reserved, though PayPal would take 115 % of it": {
      given: () => authorized(),
      act: (reference) => gateway.capturePayment(reference, money(10_001n, "EUR"), call()),
      kind: "invalid_data",
      says: /Not so much can be captured: 100.00 EUR of the authorization is left/,
    },
    "more is to be captured than is left": {
      given: () => captured(HUNDRED, money(6_000n, "EUR")),
      act: (reference) => gateway.capturePayment(reference, money(4_001n, "EUR"), call()),
      kind: "invalid_data",
      says: /40.00 EUR of the authorization is left/,
    },
    "it is captured in another currency": {
      given: () => authorized(),
      act: (reference) => gateway.capturePayment(reference, money(10_000n, "USD"), call()),
      kind: "invalid_data",
      says: /is in EUR, not in USD/,
    },
    "more is to be refunded than was captured": {
      given: () => captured(HUNDRED, money(4_000n, "EUR")),
      act: (reference) => gateway.refundPayment(reference, money(4_001n, "EUR"), call()),
      kind: "invalid_data",
      says: /No more can be refunded than was captured: 40.00 EUR is left/,
    },
    "a refund comes after PayPal's 180 days": {
      given: async () => {
        const reference = await captured();
        simulator.api.advance(181 * DAY_MS);
        return reference;
      },
      act: (reference) => gateway.refundPayment(reference, money(1_000n, "EUR"), call()),
      kind: "invalid_data",
      says: /REFUND_TIME_LIMIT_EXCEEDED/,
    },
  };

  /**
   * PayPal's `invalid_client` is the same for a wrong secret, an unknown client id, and the keys of its other environment:
   * all it can be told to an operator is to look for each of them.
   */
  it.each([
    ["sandbox", "live"],
    ["live", "sandbox"],
  ] as const)("its %s does not take the keys, whatever is wrong with them", async (environment, other) => {
    const unknown = { ...KEYS, client_id: "client-id-of-nobody" };
    const wrong = { ...KEYS, client_secret: "client-secret-of-nobody" };
    const before = books();
    for (const keys of [unknown, wrong]) {
      const { message, ...error } = await errorOf(open(HUNDRED, gatewayOf(keys, { environment })));
      expect(error).toMatchObject({ kind: "misconfigured" });
      expect(message).toBe(
        `PayPal does not accept client_id and client_secret in its ${environment} environment (invalid_client). ` +
          `Check both, and that they are not the keys of "${other}" (option environment).`,
      );
    }
    expect(books()).toEqual(before);
  });

  it.each(Object.entries(CASES))("%s", async (_, { given, act, kind, says }) => {
    const reference = (await given?.()) ?? "";
    const before = books();
    const error = await errorOf(act(reference));
    expect(error).toMatchObject({ kind, message: expect.stringMatching(says) });
    const { message } = error;
    for (const { client_secret } of [KEYS, OTHER_KEYS]) {
      expect(message).not.toContain(client_secret);
    }
    expect(books()).toEqual(before);
  });

  const FRACTIONS = [
    { amount: money(1_000n, "JPY"), fraction: "100.5", whole: "100", whole_minor: 100 },
    { amount: money(2_000n, "EUR"), fraction: "10.005", whole: "10.00", whole_minor: 1_000 },
  ];

  it.each(FRACTIONS)(
    "an operator captures a fraction of a coin: $fraction $amount.currency",
    async ({ amount, fraction, whole, whole_minor }) => {
      const store = new PaypalShop(simulator);
      const payment = await store.pay(amount);
      const { message } = await errorOf(store.medusa.capturePayment(payment.id, fraction));
      expect(message).toContain(`A capture of ${fraction} ${amount.currency} is not possible`);
      expect(message).toMatch(/Nothing was moved\. Type [\d.]+ [A-Z]{3} instead\.$/);
      expect(store.booked(payment)).toMatchObject({ captured: 0 });
      await store.medusa.capturePayment(payment.id, whole);
      expect(store.booked(payment)).toMatchObject({ captured: whole_minor });
    },
  );

  it.each(FRACTIONS)(
    "an operator refunds a fraction of a coin: $fraction $amount.currency",
    async ({ amount, fraction, whole, whole_minor }) => {
      const store = new PaypalShop(simulator);
      const payment = await store.captured(amount);
      const { message } = await errorOf(store.medusa.refundPayment(payment.id, fraction));
      expect(message).toContain(`A refund of ${fraction} ${amount.currency} is not possible`);
      expect(store.booked(payment)).toMatchObject({ captured: Number(amount.amount_minor), refunded: 0 });
      await store.medusa.refundPayment(payment.id, whole);
      expect(store.booked(payment)).toMatchObject({ refunded: whole_minor });
    },
  );

  it("an order has expired, and asks for a new one", async () => {
    const reference = await open();
    simulator.api.advance(4 * HOUR_MS);
    const before = books();
    expect(await confirm(reference)).toMatchObject({
      type: "declined",
      decline: { category: "session_expired", code: "ORDER_EXPIRED" },
    });
    expect(books()).toEqual(before);
  });

  it("the payer's bank does not know who pays: nothing is taken", async () => {
    const reference = await open(HUNDRED, gateway, "card");
    await enterCard(simulator.url, { client_id: KEYS.client_id }, reference, {
      ...CARD,
      number: TEST_CARDS.fails_unasked,
    });
    const before = books();
    const outcome = await gateway.confirmPayment(
      reference,
      { method: "card", amount: HUNDRED, data: undefined },
      call(),
    );
    expect(outcome).toMatchObject({ type: "declined", decline: { code: "three_d_secure_failed" } });
    expect(books()).toEqual(before);
  });
});
