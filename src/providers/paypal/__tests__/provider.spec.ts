import { logger } from "@medusajs/framework/logger";
import { PROVIDER_OPTION } from "../../../gateway/provider-option";
import { MedusaPayments, MemoryJournal } from "../../../testing";
import { PayPalPaymentProvider } from "..";
import { CLIENT_ID, CLIENT_SECRET, refused, Stub, WEBHOOK_ID } from "./support";

const OPTIONS = {
  client_id: CLIENT_ID,
  client_secret: CLIENT_SECRET,
  webhook_id: WEBHOOK_ID,
  [PROVIDER_OPTION]: "main",
};

describe("the PayPal provider", () => {
  let stub: Stub;
  let warnings: jest.SpyInstance;
  beforeAll(async () => {
    stub = await Stub.open();
  });
  afterAll(() => stub.stop());
  beforeEach(() => {
    warnings = jest.spyOn(logger, "warn").mockImplementation();
  });
  afterEach(() => warnings.mockRestore());

  it("goes by its name and the id in the store's configuration", () => {
    const { cradle } = new MedusaPayments(new MemoryJournal());
    expect(new PayPalPaymentProvider(cradle, OPTIONS).provider_id).toBe("pp_paypal_main");
  });

  it("warns at start when its webhooks cannot be checked", () => {
    PayPalPaymentProvider.validateOptions(OPTIONS);
    expect(warnings).not.toHaveBeenCalled();
    PayPalPaymentProvider.validateOptions({ ...OPTIONS, webhook_id: undefined });
    expect(warnings).toHaveBeenCalledWith(expect.stringContaining("webhook_id"));
  });

  it("does not start with options that are wrong", () => {
    expect(() => PayPalPaymentProvider.validateOptions({ ...OPTIONS, capture: "later" })).toThrow(
      '"capture"',
    );
  });

  it("offers Medusa no account holders unless methods are to be kept", () => {
    const { cradle } = new MedusaPayments(new MemoryJournal());
    expect(new PayPalPaymentProvider(cradle, OPTIONS).createAccountHolder).toBeUndefined();
    const keeping = new PayPalPaymentProvider(cradle, { ...OPTIONS, saved_methods: true });
    expect(keeping.createAccountHolder).toBeDefined();
  });

  it("keeps nobody from paying while PayPal's Vault is down, and leaves it alone after a few tries", async () => {
    stub.answersWith(refused("INTERNAL_SERVER_ERROR", 503));
    const { cradle } = new MedusaPayments(new MemoryJournal());
    const options = { ...OPTIONS, saved_methods: true, api_url: stub.url };
    const provider = new PayPalPaymentProvider(cradle, options);
    const context = { customer: { id: "cus_01", email: "a@example.com" } };
    for (let tries = 0; tries < 7; tries += 1) {
      expect(await provider.createAccountHolder?.({ context })).toEqual({});
    }
    expect([provider.health.state, stub.received.length]).toEqual(["closed", 5]);
    expect(warnings).toHaveBeenCalledWith(expect.stringContaining("pays without keeping anything"));
  });
});
