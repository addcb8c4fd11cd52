import { randomUUID } from "node:crypto";
import { money, type CallContext, type Money } from "../../src/gateway";
import { StripeGateway } from "../../src/providers/stripe/gateway";
import { parseOptions } from "../../src/providers/stripe/options";
import { startStripeSimulator, type StripeSimulator } from "../simulators/stripe";

const API_KEY = "sk_test_that_is_right";
const OTHER_KEY = "sk_test_of_another_account";
const READER_KEY = "rk_test_that_may_only_read";
const DAY_MS = 86_400_000;
const HUNDRED = money(10_000n, "EUR");

/**
 * What goes wrong at Stripe's is said so that an operator knows what to do, and moves nothing. What a whole store does
 * with it is in http/stripe-store.spec.ts and http/stripe-unsigned.spec.ts.
 */
describe("the Stripe gateway says clearly, and changes nothing, when", () => {
  let simulator: StripeSimulator;
  let gateway: StripeGateway;

  beforeAll(async () => {
    simulator = await startStripeSimulator({
      accounts: [
        {
          secret_key: API_KEY,
          restricted_keys: [
            { key: READER_KEY, permissions: ["payment_intents.retrieve", "payment_intents.list"] },
          ],
        },
        { secret_key: OTHER_KEY },
      ],
    });
    gateway = gatewayOf(API_KEY);
  });
  afterAll(() => simulator.stop());

  const gatewayOf = (api_key: string) => new StripeGateway(parseOptions({ api_key, api_url: simulator.url }));
  const call = (): CallContext => ({ idempotency_key: randomUUID(), signal: AbortSignal.timeout(5000) });

  async function open(amount: Money = HUNDRED, by = gateway): Promise<string> {
    const attempt_id = `payatt_${randomUUID()}`;
    const { snapshot } = await by.createPayment(
      { method: "card", amount, attempt_id, data: undefined },
      call(),
    );
    return snapshot.reference;
  }

  const confirm = (reference: string, payment_method = "pm_card_visa") =>
    gateway.confirmPayment(reference, { method: "card", amount: HUNDRED, data: { payment_method } }, call());

  async function authorized(payment_method?: string): Promise<string> {
    const reference = await open();
    await confirm(reference, payment_method);
    return reference;
  }

  async function captured(amount: Money = HUNDRED): Promise<string> {
    const reference = await authorized();
    await gateway.capturePayment(reference, amount, call());
    return reference;
  }

  const books = () => [...simulator.api.ledger(API_KEY), ...simulator.api.ledger(OTHER_KEY)];

  type Case = Readonly<{
    /** What is there before. */
    given?: () => Promise<string>;
    act: (reference: string) => Promise<unknown>;
    kind: string;
    says: RegExp;
  }>;

  const CASES: Readonly<Record<string, Case>> = {
    "the key is wrong": {
      act: () => gatewayOf("sk_test_of_nobody").ping(AbortSignal.timeout(5000)),
      kind: "misconfigured",
      says: /does not accept the API key. Check the option api_key/,
    },
    "a payment is made with a wrong key": {
      act: () => open(HUNDRED, gatewayOf("sk_test_of_nobody")),
      kind: "misconfigured",
      says: /Check the option api_key/,
    },
    "a restricted key lacks the permission": {
      act: () => open(HUNDRED, gatewayOf(READER_KEY)),
      kind: "misconfigured",
      says: /Give the restricted key the permission/,
    },
    "the payment is another account's": {
      given: () => open(HUNDRED, gatewayOf(OTHER_KEY)),
      act: (reference) => gateway.capturePayment(reference, HUNDRED, call()),
      kind: "misconfigured",
      says: /may be another account's/,
    },
    "the currency is none of Stripe's": {
      act: () => open(money(100n, "KPW")),
      kind: "misconfigured",
      says: /currency/,
    },
    "the amount is below Stripe's minimum, so that another provider may be tried": {
      act: () => open(money(49n, "EUR")),
      kind: "unavailable",
      says: /below what Stripe takes \(amount_too_small/,
    },
    "the amount is above Stripe's maximum": {
      act: () => open(money(100_000_000_000n, "EUR")),
      kind: "unavailable",
      says: /above what Stripe takes/,
    },
    "the payment method is gone": {
      given: () => open(),
      act: (reference) => confirm(reference, "pm_that_is_gone"),
      kind: "invalid_data",
      says: /does not know what was asked about/,
    },
    "an authorization that lapsed is to be captured": {
      given: async () => {
        const reference = await authorized();
        simulator.api.advance(8 * DAY_MS);
        return reference;
      },
      act: (reference) => gateway.capturePayment(reference, HUNDRED, call()),
      kind: "invalid_data",
      says: /may have lapsed/,
    },
    "more is to be captured than is reserved": {
      given: () => authorized(),
      act: (reference) => gateway.capturePayment(reference, money(10_001n, "EUR"), call()),
      kind: "invalid_data",
      says: /Not so much can be captured/,
    },
    "more is to be refunded than was captured": {
      given: () => captured(),
      act: (reference) => gateway.refundPayment(reference, money(10_001n, "EUR"), call()),
      kind: "invalid_data",
      says: /no more can be given back than was taken/,
    },
    "more is to be refunded than was captured of a part": {
      given: () => captured(money(4_000n, "EUR")),
      act: (reference) => gateway.refundPayment(reference, money(4_001n, "EUR"), call()),
      kind: "invalid_data",
      says: /no more can be given back than was taken/,
    },
    "it is captured in another currency": {
      given: () => authorized(),
      act: (reference) => gateway.capturePayment(reference, money(10_000n, "USD"), call()),
      kind: "invalid_data",
      says: /is in EUR, not in USD/,
    },
  };

  it.each(Object.entries(CASES))("%s", async (_, { given, act, kind, says }) => {
    const reference = (await given?.()) ?? "";
    const before = books();
    const error = await act(reference).then(
      () => undefined,
      (refusal: unknown) => refusal,
    );
    expect(error).toMatchObject({ kind, message: expect.stringMatching(says) });
    expect((error as Error).message).not.toContain(API_KEY);
    expect(books()).toEqual(before);
  });
});
