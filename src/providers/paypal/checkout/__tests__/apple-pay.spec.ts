import { applePay } from "../apple-pay";
import type { PayPalClient } from "../client";
import type { LoadedPayPal } from "../paypal-js";

const CLIENT = { currency: "EUR", amount: "32.40" } as PayPalClient;

/** What PayPal's script says of an account's Apple Pay. */
function loaded(config: object): LoadedPayPal {
  return {
    paypal: { createApplePayOneTimePaymentSession: () => ({ formatConfigForPaymentRequest: () => config }) },
    eligible: { getDetails: () => ({ config }) },
  } as unknown as LoadedPayPal;
}

describe("Apple Pay", () => {
  const config = { merchantCapabilities: ["supports3DS"], supportedNetworks: ["visa"] };
  beforeEach(() => {
    const ApplePaySession = { supportsVersion: () => true, canMakePayments: () => true };
    Object.assign(globalThis, { window: { ApplePaySession, location: { hostname: "shop.example" } } });
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, "window");
  });

  it("is offered with the merchant's country, which Apple's sheet cannot be without", async () => {
    expect(await applePay(CLIENT, loaded({ ...config, merchantCountry: "DE" }))).not.toBeNull();
    expect(await applePay(CLIENT, loaded(config))).toBeNull();
  });
});
