import { loadCoreSdkScript } from "@paypal/paypal-js/sdk-v6";
import type { PayPalClient } from "../client";
import { isOffered, payPalFor } from "../paypal-js";

jest.mock("@paypal/paypal-js/sdk-v6", () => ({ loadCoreSdkScript: jest.fn() }));

const findEligibleMethods = jest.fn();
const createInstance = jest.fn();

let accounts = 0;

/** An option of an account that nothing was loaded for before. */
function client(change: Partial<PayPalClient> = {}): PayPalClient {
  return {
    form: "card_fields",
    client_id: `client-${++accounts}`,
    environment: "sandbox",
    funding: "card",
    fundings: ["paypal", "paylater", "card"],
    amount: "32.40",
    currency: "EUR",
    ...change,
  };
}

beforeEach(() => {
  jest.clearAllMocks();
  jest.mocked(loadCoreSdkScript).mockResolvedValue({ createInstance, version: "6.0.0" });
  createInstance.mockResolvedValue({ findEligibleMethods });
  findEligibleMethods.mockResolvedValue({ isEligible: (funding: string) => funding === "advanced_cards" });
});

describe("PayPal's script", () => {
  it("makes one instance for all methods of an account, with what they need", async () => {
    const card = client();
    await Promise.all([
      payPalFor(card, "ar"),
      payPalFor({ ...card, form: "button", funding: "paypal" }, "ar"),
      payPalFor({ ...card, form: "button", funding: "paylater" }, "ar"),
    ]);
    expect(createInstance.mock.calls).toEqual([
      [
        {
          clientId: card.client_id,
          components: ["paypal-payments", "card-fields"],
          pageType: "checkout",
          locale: "ar-EG",
        },
      ],
    ]);
    expect(findEligibleMethods.mock.calls).toEqual([[{ currencyCode: "EUR", amount: "32.40" }]]);
  });

  it("is of the account's environment", async () => {
    await payPalFor(client({ environment: "production" }), "en");
    expect(loadCoreSdkScript).toHaveBeenCalledWith({ environment: "production" });
  });

  it("leaves a language it does not know to PayPal", async () => {
    await payPalFor(client(), "xx");
    expect(createInstance.mock.calls[0]?.[0]).not.toHaveProperty("locale");
  });

  it("is asked anew about another amount, by the same instance", async () => {
    const before = client();
    await payPalFor(before, "en");
    await payPalFor({ ...before, amount: "40.00" }, "en");
    expect(createInstance).toHaveBeenCalledTimes(1);
    expect(findEligibleMethods).toHaveBeenLastCalledWith({ currencyCode: "EUR", amount: "40.00" });
  });

  it.each([
    [
      "the script is blocked",
      () => jest.mocked(loadCoreSdkScript).mockRejectedValueOnce(new Error("blocked")),
    ],
    ["there is no instance", () => createInstance.mockRejectedValueOnce(new Error("unreachable"))],
    [
      "nothing is known of what is offered",
      () => findEligibleMethods.mockRejectedValueOnce(new Error("503")),
    ],
  ])("may be asked for again after %s", async (_, fail) => {
    fail();
    const card = client();
    await expect(payPalFor(card, "en")).rejects.toThrow();
    await expect(payPalFor(card, "en")).resolves.toBeDefined();
  });

  it("says what PayPal offers, in its own words for cards", async () => {
    const card = client();
    const loaded = await payPalFor(card, "en");
    expect(isOffered(card, loaded)).toBe(true);
    expect(isOffered({ ...card, funding: "paypal" }, loaded)).toBe(false);
  });
});
