import { paypalForm } from "..";
import { clientConfigOf, METHOD_IDS, METHODS, type PayPalMethod } from "../../methods";
import { cardFieldOptions, CARD_FIELDS } from "../card-look";
import { complaintsAfter, wrongFields } from "../card-state";
import { clientOf, orderIdOf } from "../client";

const SETTINGS = {
  client_id: "client-1",
  environment: "sandbox",
  capture: "manual",
  methods: METHOD_IDS,
} as const;
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
function option(method: PayPalMethod, told: Record<string, unknown> = {}) {
  return {
    id: `pp_paypal_main:${method}`,
    provider_id: "pp_paypal_main",
    method,
    title: method,
    description: null,
    icon: method,
    express: METHODS[method].express,
    position: 0,
    can_save: false,
    client: { ...clientConfigOf(method, SETTINGS, AMOUNT), ...told },
  };
}

describe("PayPal's form", () => {
  it("draws every method that the gateway offers", () => {
    expect(METHOD_IDS.map((method) => [method, paypalForm.draws(option(method))])).toEqual(
      METHOD_IDS.map((method) => [method, true]),
    );
  });

  it.each([
    ["another gateway's form", { form: "card_fields" }],
    ["no client id", { client_id: null }],
    ["no amount", { amount: null, currency: null }],
    ["something of a later gateway's to pay with", { funding_source: "barter" }],
  ])("does not draw an option with %s", (_, told) => {
    expect(paypalForm.draws(option("card", told))).toBe(false);
  });

  it("has a button of its own for everything but cards", () => {
    expect(METHOD_IDS.filter((method) => !paypalForm.hasOwnButton?.(option(method)))).toEqual(["card"]);
  });

  it("knows what to load, and where from", () => {
    expect(clientOf(option("card"))).toEqual({
      form: "card_fields",
      client_id: "client-1",
      environment: "sandbox",
      funding: "card",
      fundings: ["paypal", "paylater", "venmo", "card", "applepay", "googlepay"],
      amount: "69.80",
      currency: "EUR",
    });
    expect(clientOf(option("card", { test_mode: false }))?.environment).toBe("production");
    expect(clientOf(option("card", { funding_sources: ["barter"] }))?.fundings).toEqual(["card"]);
  });

  it("finds the order of an attempt", () => {
    expect(orderIdOf({ client: { order_id: "5O190127TN364715T" } })).toBe("5O190127TN364715T");
    expect(orderIdOf({ client: {} })).toBeUndefined();
    expect(orderIdOf(null)).toBeUndefined();
  });
});

describe("a card's fields", () => {
  const field = (change = {}) => ({
    isEmpty: false,
    isValid: true,
    isFocused: false,
    isPotentiallyValid: true,
    ...change,
  });
  const EMPTY = field({ isEmpty: true, isValid: false });
  const state = (change = {}) => ({
    cards: [],
    emittedBy: "number" as const,
    number: field(),
    expiry: field(),
    cvv: field(),
    name: EMPTY,
    ...change,
  });

  it("are all wanted before anything is typed, but for the name", () => {
    expect(wrongFields(null)).toEqual(["number", "expiry", "cvv"]);
    expect(wrongFields(state())).toEqual([]);
    expect(wrongFields(state({ cvv: EMPTY }))).toEqual(["cvv"]);
    expect(wrongFields(state({ name: field({ isValid: false }) }))).toEqual(["name"]);
  });

  it("are complained about once they are left wrong, and no longer than they are wrong", () => {
    const typing = {
      sender: "number" as const,
      data: state({ number: field({ isValid: false, isFocused: true }) }),
    };
    expect(complaintsAfter([], typing)).toEqual([]);
    const left = { sender: "number" as const, data: state({ number: field({ isValid: false }) }) };
    expect(complaintsAfter([], left)).toEqual(["number"]);
    expect(complaintsAfter(["number"], { sender: "number", data: state() })).toEqual([]);
  });

  it("are not complained about for being passed by empty", () => {
    expect(complaintsAfter([], { sender: "cvv", data: state({ cvv: EMPTY }) })).toEqual([]);
    expect(complaintsAfter(["cvv"], { sender: "number", data: state({ cvv: EMPTY }) })).toEqual(["cvv"]);
  });

  it.each(["en", "ar"])("have a name for screen readers and a message in %s", (locale) => {
    for (const type of CARD_FIELDS) {
      const made = cardFieldOptions(type, { theme: THEME, locale, direction: "rtl" });
      expect(made.ariaLabel).toBeTruthy();
      expect(made.ariaInvalidErrorMessage).toBeTruthy();
      // Digits run left to right in every language; a name runs as its page does.
      expect(made.style?.input?.direction).toBe(type === "name" ? "rtl" : "ltr");
    }
  });

  it("have the page's look", () => {
    const { style } = cardFieldOptions("number", { theme: THEME, locale: "en", direction: "ltr" });
    expect(style?.input).toMatchObject({ background: "#ffffff", borderRadius: "10px", color: "#14171f" });
  });
});
