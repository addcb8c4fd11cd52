import { METHOD_IDS } from "../methods";
import { isTestMode, missingOptions, parseOptions, webhookSecretsOf } from "../options";

const KEY = "sk_test_51Secret";

describe("the Stripe provider's options", () => {
  it("need a key only", () => {
    expect(parseOptions({ api_key: KEY })).toMatchObject({
      api_key: KEY,
      capture: "manual",
      methods: ["card", "apple_pay", "google_pay", "link"],
      delete_customers: false,
    });
  });

  it("are those of @medusajs/payment-stripe as well", () => {
    expect(
      parseOptions({
        apiKey: KEY,
        webhookSecret: "whsec_12345678",
        capture: true,
        automaticPaymentMethods: true,
        paymentMethodConfiguration: "pmc_1",
        paymentDescription: "An order",
        oxxoExpiresDays: 3,
        asyncPaymentMethodTypes: ["sepa_debit"],
      }),
    ).toMatchObject({
      api_key: KEY,
      webhook_secret: "whsec_12345678",
      capture: "automatic",
      methods: ["card", "apple_pay", "google_pay", "link", "dynamic"],
      payment_method_configuration: "pmc_1",
      payment_description: "An order",
      oxxo_expires_days: 3,
    });
  });

  it("name what is not set and the page or webhooks depend on", () => {
    const missing = (options: object) => missingOptions(parseOptions({ api_key: KEY, ...options }));
    expect(missing({})).toEqual(["publishable_key", "webhook_secret"]);
    expect(missing({ publishable_key: "pk_test_1", webhookSecret: "whsec_12345678" })).toEqual([]);
    expect(missing({ publishable_key: "pk_test_1", previous_webhook_secrets: ["whsec_12345678"] })).toEqual(
      [],
    );
  });

  it("may not say the same twice under two names", () => {
    expect(() => parseOptions({ api_key: KEY, apiKey: "sk_test_other" })).toThrow('"api_key" is set twice');
  });

  it("offer every method there is, each once", () => {
    expect(parseOptions({ api_key: KEY, methods: METHOD_IDS }).methods).toEqual(METHOD_IDS);
    expect(() => parseOptions({ api_key: KEY, methods: ["card", "card"] })).toThrow('"methods"');
    expect(() => parseOptions({ api_key: KEY, methods: [] })).toThrow('"methods"');
  });

  it.each([
    ["api_key", { api_key: "pk_test_51Public" }],
    ["api_key", {}],
    ["publishable_key", { api_key: KEY, publishable_key: KEY }],
    ["capture", { api_key: KEY, capture: "sometimes" }],
    ["methods.0", { api_key: KEY, methods: ["cheque"] }],
    ["oxxo_expires_days", { api_key: KEY, oxxoExpiresDays: 0 }],
    ["wallet_domains.0", { api_key: KEY, wallet_domains: ["https://shop.example"] }],
    ["api_url", { api_key: KEY, api_url: "http://stripe.example" }],
    ["return_url", { api_key: KEY, return_url: "javascript:alert(1)" }],
  ])("name what is wrong (%s) and never what was written", (name, options) => {
    expect(() => parseOptions(options)).toThrow(`"${name}"`);
    expect(() => parseOptions(options)).not.toThrow(/51Secret|51Public|sometimes|cheque/);
  });

  it("accept secrets that are being replaced", () => {
    const options = parseOptions({
      api_key: KEY,
      webhook_secret: "whsec_new_one",
      previous_webhook_secrets: ["whsec_old_one"],
    });
    expect(webhookSecretsOf(options)).toEqual(["whsec_new_one", "whsec_old_one"]);
    expect(webhookSecretsOf(parseOptions({ api_key: KEY }))).toEqual([]);
  });

  it.each([
    ["sk_test_1", true],
    ["rk_test_1", true],
    ["sk_live_1", false],
  ])("tell test mode by the key %s", (api_key, test_mode) => {
    expect(isTestMode(parseOptions({ api_key }))).toBe(test_mode);
  });
});
