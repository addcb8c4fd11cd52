import { parseOptions } from "../options";

const OPTIONS = {
  bank_url: "http://127.0.0.1:9100",
  api_key: "sk_sandbox_secret",
  webhook_secret: "whsec_secret",
};

describe("the sandbox's options", () => {
  it("have sensible defaults", () => {
    expect(parseOptions(OPTIONS, "development")).toEqual({
      ...OPTIONS,
      capture: "manual",
      previous_webhook_secrets: [],
      allow_in_production: false,
    });
  });

  it.each(["http://localhost:9100", "http://127.0.0.1", "http://[::1]:9100/base", "https://bank.example"])(
    "allow the address %s",
    (bank_url) => {
      expect(parseOptions({ ...OPTIONS, bank_url }, "test").bank_url).toBe(bank_url);
    },
  );

  it.each([
    ["http://bank.example"],
    ["http://10.0.0.1:9100"],
    ["http://127.0.0.1.evil.example"],
    ["http://localhost.evil.example"],
    ["http://localhost@evil.example"],
    ["ftp://127.0.0.1"],
    ["127.0.0.1:9100"],
    [""],
  ])("refuse the address '%s'", (bank_url) => {
    expect(() => parseOptions({ ...OPTIONS, bank_url }, "test")).toThrow('"bank_url"');
  });

  it("do not start in production unless told to in so many words", () => {
    expect(() => parseOptions(OPTIONS, "production")).toThrow("allow_in_production: true");
    expect(parseOptions({ ...OPTIONS, allow_in_production: true }, "production").allow_in_production).toBe(
      true,
    );
    expect(() => parseOptions({ ...OPTIONS, allow_in_production: "yes" }, "production")).toThrow(
      "allow_in_production",
    );
  });

  it("name what is wrong and never what was written", () => {
    const wrong = { ...OPTIONS, api_key: "short", capture: "sometimes", currencies: ["euro"] };
    expect(() => parseOptions(wrong, "test")).toThrow(/"api_key".*"capture".*"currencies\.0"/);
    expect(() => parseOptions(wrong, "test")).not.toThrow(/short|sometimes|euro|whsec_secret/);
    expect(() => parseOptions(undefined, "test")).toThrow("options are not valid");
  });

  it("take currencies in either case", () => {
    expect(parseOptions({ ...OPTIONS, currencies: ["eur", "JPY"] }, "test").currencies).toEqual([
      "EUR",
      "JPY",
    ]);
  });
});
