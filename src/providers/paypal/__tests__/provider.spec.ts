import { logger } from "@medusajs/framework/logger";
import { PROVIDER_OPTION } from "../../../gateway/provider-option";
import { MedusaPayments, MemoryJournal } from "../../../testing";
import { PayPalPaymentProvider } from "..";
import { CLIENT_ID, CLIENT_SECRET, WEBHOOK_ID } from "./support";

const OPTIONS = {
  client_id: CLIENT_ID,
  client_secret: CLIENT_SECRET,
  webhook_id: WEBHOOK_ID,
  [PROVIDER_OPTION]: "main",
};

describe("the PayPal provider", () => {
  let warnings: jest.SpyInstance;
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
});
