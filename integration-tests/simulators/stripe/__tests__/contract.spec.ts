import Stripe from "stripe";
import { startStripeSimulator, type StripeSimulator } from "..";
import { refusalOf } from "./support";

let simulator: StripeSimulator;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startStripeSimulator({
    accounts: [
      {
        id: "acct_first",
        secret_key: "sk_test_first",
        publishable_key: "pk_test_first",
        restricted_keys: [{ key: "rk_test_first", permissions: ["payment_intents.retrieve", "account.*"] }],
        payment_method_types: ["card"],
      },
      { id: "acct_second", secret_key: "sk_test_second" },
    ],
  });
  stripe = new Stripe("sk_test_first", simulator.sdk);
});

afterAll(() => simulator.stop());

/** Sends what the SDK's types would not let a program say. */
async function raw(
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{
  http_status: number;
  error?: Record<string, unknown>;
  id?: string;
  payment_method_types?: string[];
}> {
  const answer = await fetch(`${simulator.url}${path}`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_first", ...headers },
    body: new URLSearchParams(form),
  });
  return { http_status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
}

const valid = { amount: "2000", currency: "eur" };

describe("parameters", () => {
  const wrong: [string, Record<string, string>, Record<string, string>][] = [
    ["unknown", { ...valid, amonut: "1" }, { code: "parameter_unknown", param: "amonut" }],
    [
      "unknown deep inside",
      { ...valid, "payment_method_options[card][speed]": "fast" },
      { code: "parameter_unknown", param: "payment_method_options[card][speed]" },
    ],
    ["missing", { amount: "2000" }, { code: "parameter_missing", param: "currency" }],
    ["not a number", { ...valid, amount: "many" }, { code: "parameter_invalid_integer", param: "amount" }],
    ["not whole", { ...valid, amount: "20.5" }, { code: "parameter_invalid_integer", param: "amount" }],
    ["not of an enum", { ...valid, capture_method: "later" }, { param: "capture_method" }],
    [
      "of an open enum, but unknown",
      { ...valid, "allowed_payment_method_types[0]": "barter" },
      { param: "allowed_payment_method_types[0]" },
    ],
    [
      "no longer supported",
      { ...valid, "payment_method_types[0]": "card" },
      { code: "payment_method_types_no_longer_supported", param: "payment_method_types" },
    ],
    [
      "exclusive",
      { ...valid, "allowed_payment_method_types[0]": "card", "automatic_payment_methods[enabled]": "true" },
      { code: "parameters_exclusive" },
    ],
    [
      "not activated",
      { ...valid, "allowed_payment_method_types[0]": "ideal" },
      { code: "payment_intent_invalid_parameter" },
    ],
    ["for confirming only", { ...valid, off_session: "true" }, { param: "off_session" }],
  ];

  it.each(wrong)("that are %s are refused", async (_what, form, error) => {
    const before = simulator.api.ledger().length;
    const answer = await raw("/v1/payment_intents", form);
    expect(answer).toMatchObject({ http_status: 400, error: { type: "invalid_request_error", ...error } });
    expect(simulator.api.ledger()).toHaveLength(before);
  });

  it("of an older API version may name payment_method_types", async () => {
    const answer = await raw(
      "/v1/payment_intents",
      { ...valid, "payment_method_types[0]": "card" },
      { "stripe-version": "2024-04-10" },
    );
    expect(answer).toMatchObject({ http_status: 200, payment_method_types: ["card"] });
  });
});

describe("amounts", () => {
  const wrong: [number, string, string | undefined, string][] = [
    [49, "eur", "amount_too_small", "amount"],
    [100_000_000, "eur", "amount_too_large", "amount"],
    [0, "eur", "parameter_invalid_integer", "amount"],
    [49, "jpy", "amount_too_small", "amount"],
    [1005, "kwd", undefined, "amount"],
    [2000, "xyz", undefined, "currency"],
  ];

  it.each(wrong)("%d %s are refused", async (amount, currency, code, param) => {
    const refusal = await refusalOf(stripe.paymentIntents.create({ amount, currency }));
    expect(refusal).toMatchObject({ statusCode: 400, param });
    expect(refusal.code).toBe(code);
  });

  it("are whole units without decimals, and tens where there are three", async () => {
    expect((await stripe.paymentIntents.create({ amount: 50, currency: "JPY" })).currency).toBe("jpy");
    expect((await stripe.paymentIntents.create({ amount: 1010, currency: "kwd" })).amount).toBe(1010);
  });
});

describe("keys", () => {
  it("that are unknown are refused with 401", async () => {
    const refusal = await refusalOf(new Stripe("sk_test_wrong", simulator.sdk).balance.retrieve());
    expect(refusal).toMatchObject({ type: "StripeAuthenticationError", statusCode: 401 });
    expect(refusal.message).not.toContain("sk_test_wrong");
  });

  it("that are restricted do what they may, and are refused the rest with 403", async () => {
    const restricted = new Stripe("rk_test_first", simulator.sdk);
    const { id } = await stripe.paymentIntents.create({ amount: 2000, currency: "eur" });
    expect((await restricted.paymentIntents.retrieve(id)).id).toBe(id);
    expect((await restricted.accounts.retrieveCurrent()).id).toBe("acct_first");
    const refusal = await refusalOf(restricted.refunds.create({ payment_intent: id }));
    expect(refusal).toMatchObject({ type: "StripePermissionError", statusCode: 403 });
    expect(refusal.message).toContain("rak_refund_write");
  });

  it("of another account find nothing", async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 2000, currency: "eur" });
    const refusal = await refusalOf(new Stripe("sk_test_second", simulator.sdk).paymentIntents.retrieve(id));
    expect(refusal).toMatchObject({ statusCode: 404, code: "resource_missing", param: "intent" });
  });

  it("that are publishable confirm an intent whose client secret they know, and no more", async () => {
    const { id, client_secret } = await stripe.paymentIntents.create({ amount: 2000, currency: "eur" });
    const browser = { authorization: "Bearer pk_test_first" };
    const form = { payment_method: "pm_card_authenticationRequired" };
    const path = `/v1/payment_intents/${id}/confirm`;
    expect(await raw(path, form, browser)).toMatchObject({
      http_status: 400,
      error: { param: "client_secret" },
    });
    expect(await raw(path, { ...form, client_secret: "wrong" }, browser)).toMatchObject({ http_status: 404 });
    const answer = await raw(path, { ...form, client_secret: client_secret ?? "" }, browser);
    expect(answer).toMatchObject({ http_status: 200, next_action: { type: "use_stripe_sdk" } });
    const preflight = await fetch(`${simulator.url}${path}`, { method: "OPTIONS" });
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(await raw("/v1/refunds", { payment_intent: id }, browser)).toMatchObject({ http_status: 403 });
  });
});

it("refuses payments to an account that Stripe has stopped", async () => {
  simulator.api.enableCharges(false, "acct_second");
  const second = new Stripe("sk_test_second", simulator.sdk);
  expect((await second.accounts.retrieveCurrent()).charges_enabled).toBe(false);
  const refusal = await refusalOf(second.paymentIntents.create({ amount: 2000, currency: "eur" }));
  expect(refusal.code).toBe("account_invalid");
  expect(simulator.api.events("acct_second").map(({ type }) => type)).toEqual(["account.updated"]);
});

it("expands what is asked for and refuses what cannot be", async () => {
  const customer = await stripe.customers.create();
  const params = { amount: 2000, currency: "eur", customer: customer.id };
  const intent = await stripe.paymentIntents.create({ ...params, expand: ["customer", "payment_method"] });
  expect(intent).toMatchObject({ customer: { id: customer.id, object: "customer" }, payment_method: null });
  const listed = await stripe.paymentIntents.list({ customer: customer.id, expand: ["data.customer"] });
  expect(listed.data).toMatchObject([{ customer: { id: customer.id } }]);
  const refusal = await refusalOf(stripe.paymentIntents.create({ ...params, expand: ["nonsense"] }));
  expect(refusal.message).toContain("cannot be expanded");
});

it("answers 404 for what it does not play", async () => {
  const refusal = await refusalOf(stripe.invoices.list());
  expect(refusal.message).toContain("Unrecognized request URL");
});
