import { stripeForm } from "..";
import { clientOf } from "../client";
import {
  elementsOptions,
  expressOptions,
  paymentElementOptions,
  stripeLocale,
  walletOf,
} from "../elements-options";
import { METHODS } from "../../methods";
import { clientConfigOf } from "../../methods";

const SETTINGS = { publishable_key: "pk_test_1", test_mode: true, capture: "manual" } as const;
const AMOUNT = { amount_minor: 6980n, currency: "EUR" };
const THEME = {
  isDark: false,
  accent: "#1f5eff",
  onAccent: "#ffffff",
  text: "#14171f",
  textQuiet: "#585f6e",
  background: "#ffffff",
  line: "#8a91a0",
  error: "#b3261e",
  radius: "10px",
  font: "system-ui",
};

/** An option as the Store API gives it, with what the gateway tells the browser. */
function option(method: keyof typeof METHODS, told: Record<string, unknown> = {}) {
  return {
    id: `pp_stripe_main:${method}`,
    provider_id: "pp_stripe_main",
    method,
    title: method,
    description: null,
    icon: method,
    express: false,
    position: 0,
    can_save: false,
    client: { ...clientConfigOf(method, SETTINGS, AMOUNT), ...told },
  };
}

const LOOK = { locale: "en", theme: THEME, save: false };

const client = (method: keyof typeof METHODS) => clientOf(option(method))!;

describe("Stripe's form", () => {
  it("draws every method that the gateway offers", () => {
    for (const method of Object.keys(METHODS) as (keyof typeof METHODS)[]) {
      expect([method, stripeForm.draws(option(method))]).toEqual([method, true]);
    }
  });

  it.each([
    ["another gateway's form", { form: "card_fields" }],
    ["no publishable key", { publishable_key: null }],
    ["no amount", { amount: null, currency: null }],
    ["nothing to pay", { amount: 0 }],
  ])("does not draw an option with %s", (_, told) => {
    expect(stripeForm.draws(option("card", told))).toBe(false);
  });

  it("acts only on what waits for Stripe's script", () => {
    const attempt = (told: Record<string, unknown>) => ({
      id: "att_1",
      option_id: "pp_stripe_main:card",
      provider_id: "pp_stripe_main",
      method: "card",
      status: "action_required" as const,
      amount: 69.8,
      currency_code: "eur",
      next_action: { type: "confirm" as const },
      fallback_of: null,
      decline: null,
      client: told,
      read_at: "2026-01-01T00:00:00.000Z",
    });
    expect(
      stripeForm.actsOn(attempt({ client_secret: "pi_1_secret", stripe_action: "use_stripe_sdk" })),
    ).toBe(true);
    expect(stripeForm.actsOn(attempt({ client_secret: "pi_1_secret" }))).toBe(false);
    expect(stripeForm.actsOn(attempt({ stripe_action: "use_stripe_sdk" }))).toBe(false);
  });
});

describe("the group of elements", () => {
  it("is made before there is a payment, in the API's units", () => {
    expect(elementsOptions(client("card"), LOOK)).toMatchObject({
      mode: "payment",
      amount: 6980,
      currency: "eur",
      captureMethod: "manual",
      allowedPaymentMethodTypes: ["card"],
    });
  });

  it("takes at once what cannot wait, as the server will", () => {
    expect(elementsOptions(client("ideal"), LOOK).captureMethod).toBe("automatic");
  });

  it("is told of what is to be kept, and that it is not after all", () => {
    const told = (save: boolean) => elementsOptions(client("card"), { ...LOOK, save }).setupFutureUsage;
    expect([told(true), told(false)]).toEqual(["off_session", null]);
  });

  it("leaves the account's choice to the account", () => {
    const options = elementsOptions(client("dynamic"), LOOK);
    expect(options).not.toHaveProperty("allowedPaymentMethodTypes");
    expect(options).not.toHaveProperty("paymentMethodConfiguration");
    const own = clientOf(option("dynamic", { payment_method_configuration: "pmc_1" }))!;
    expect(elementsOptions(own, LOOK)).toMatchObject({ paymentMethodConfiguration: "pmc_1" });
  });

  it.each([
    ["en", "en"],
    ["ar", "ar"],
    ["xx", "auto"],
  ])("speaks %s as %s", (ours, stripes) => expect(stripeLocale(ours)).toBe(stripes));

  it.each([
    [false, "stripe"],
    [true, "night"],
  ])("has the page's look where that is dark: %s", (isDark, theme) => {
    const { appearance } = elementsOptions(client("card"), { ...LOOK, theme: { ...THEME, isDark } });
    expect(appearance).toMatchObject({ theme, variables: { colorPrimary: "#1f5eff", borderRadius: "10px" } });
  });
});

describe("the fields", () => {
  it("have no wallets among them, which have buttons of their own", () => {
    const { wallets } = paymentElementOptions(client("card"), { email: null, disabled: false });
    expect(wallets).toEqual({ applePay: "never", googlePay: "never", link: "never" });
  });

  it("are read only while a payment is under way", () => {
    expect(paymentElementOptions(client("card"), { email: null, disabled: true }).readOnly).toBe(true);
  });
});

describe("a wallet's button", () => {
  it("is of one wallet only", () => {
    expect(expressOptions("googlePay", THEME).paymentMethods).toEqual({
      applePay: "never",
      googlePay: "auto",
      link: "never",
      amazonPay: "never",
      paypal: "never",
      klarna: "never",
    });
  });

  it("is known for every express method of the gateway", () => {
    const express = Object.entries(METHODS).filter(([, { form }]) => form === "stripe_express_checkout");
    expect(express.map(([method]) => [method, walletOf(method) !== undefined])).toEqual(
      express.map(([method]) => [method, true]),
    );
  });
});
