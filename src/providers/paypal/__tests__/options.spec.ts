import { missingOptions, parseOptions } from "../options";
import { CLIENT_ID, CLIENT_SECRET } from "./support";

const KEYS = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET };

describe("the options of the PayPal provider", () => {
  it("are few where nothing special is wanted", () => {
    expect(parseOptions(KEYS)).toMatchObject({
      environment: "sandbox",
      capture: "manual",
      methods: ["paypal"],
      webhook_verification: "offline",
      webhook_max_age_s: 345_600,
      saved_methods: false,
      three_d_secure: "when_required",
      landing_page: "no_preference",
      send_order_details: true,
    });
  });

  it("take all methods, and currencies in any case", () => {
    const methods = ["paypal", "pay_later", "venmo", "card", "apple_pay", "google_pay"];
    const options = parseOptions({ ...KEYS, methods, currencies: ["eur", "HUF"], environment: "live" });
    expect(options).toMatchObject({ methods, currencies: ["EUR", "HUF"], environment: "live" });
  });

  it("name what is not set and webhooks or a method depend on", () => {
    const missing = (options: object) => missingOptions(parseOptions({ ...KEYS, ...options }));
    expect(missing({})).toEqual(["webhook_id"]);
    expect(missing({ webhook_id: "8PT597110X687430L" })).toEqual([]);
    expect(missing({ webhook_id: "8PT597110X687430L", methods: ["apple_pay"] })).toEqual([
      "apple_pay_domain_association",
    ]);
  });

  it.each([
    ["client_id", { client_id: undefined }],
    ["client_secret", { client_secret: "short" }],
    ["environment", { environment: "production" }],
    ["webhook_id", { webhook_id: "https://shop.example/hooks" }],
    ["webhook_verification", { webhook_verification: "never" }],
    ["webhook_max_age_s", { webhook_max_age_s: 1 }],
    ["capture", { capture: "later" }],
    ["methods", { methods: [] }],
    ["methods", { methods: ["paypal", "paypal"] }],
    ["methods.0", { methods: ["cash"] }],
    ["currencies.0", { currencies: ["KRW"] }],
    ["brand_name", { brand_name: "x".repeat(128) }],
    ["soft_descriptor", { soft_descriptor: "x".repeat(23) }],
    ["landing_page", { landing_page: "billing" }],
    ["send_order_details", { send_order_details: "no" }],
    ["apple_pay_domain_association", { apple_pay_domain_association: "" }],
    ["api_url", { api_url: "http://pay.example" }],
    ["webhook_certificate_origins.0", { webhook_certificate_origins: ["http://pay.example"] }],
    ["webhook_root_certificates.0", { webhook_root_certificates: ["not a certificate"] }],
    ["return_url", { return_url: "javascript:alert(1)" }],
  ])("name what is wrong, and no secret: %s", (option, wrong) => {
    const parse = () => parseOptions({ ...KEYS, ...wrong });
    expect(parse).toThrow(`"${option}"`);
    expect(parse).not.toThrow(CLIENT_SECRET);
  });

  it("must be there", () => {
    expect(() => parseOptions(undefined)).toThrow("The PayPal payment provider's options are not valid");
  });
});
