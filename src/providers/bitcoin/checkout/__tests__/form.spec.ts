import { coinForm } from "..";
import { optionOf, paymentOf } from "../client";
import { isThrough } from "../standing";
import { attempt, option } from "./support";

describe("the form for coins", () => {
  it("draws its gateway's options, into which nothing is typed", () => {
    expect(coinForm.draws(option())).toBe(true);
    expect(coinForm.asksForDetails?.(option())).toBe(false);
    expect(optionOf(option({ expires_in_min: 15 }))).toEqual({ coin_title: "Bitcoin", expires_in_min: 15 });
  });

  it.each([
    ["another form", { form: "card_fields" }],
    ["no coin", { coin: undefined }],
    ["no ticker", { ticker: "" }],
  ])("does not draw an option with %s", (_, told) => {
    expect(coinForm.draws(option(told))).toBe(false);
  });

  it("acts within the page on a payment that has an address", () => {
    expect(coinForm.actsOn(attempt())).toBe(true);
    expect(coinForm.actsInPage?.(attempt())).toBe(true);
  });

  it.each([
    ["no address", { address: undefined }],
    ["a phase of a later gateway's", { phase: "frozen" }],
    ["no end", { expires_at: "soon" }],
    ["no rate", { rate: { price: "0", currency: "EUR" } }],
  ])("has nothing to do with an attempt with %s", (_, told) => {
    expect(coinForm.actsOn(attempt(told))).toBe(false);
    expect(coinForm.afterOrder?.(attempt(told))).toBeNull();
  });

  it.each([
    ["awaiting", "pending", "unpaid"],
    ["partial", "pending", "unpaid"],
    ["confirming", "pending", "confirming"],
    ["confirming", "authorized", "confirming"],
    ["confirming", "captured", "paid"],
    ["settled", "captured", "paid"],
    ["expired", "pending", "overdue"],
    // Whatever the chain said last, an attempt that is closed cannot be paid.
    ["awaiting", "canceled", "overdue"],
  ] as const)("shows a payment that is %s and %s beside its order as %s", (phase, status, standing) => {
    expect(coinForm.afterOrder?.(attempt({ phase }, { status }))).toBe(standing);
  });
});

describe("the shopper's part", () => {
  it.each([
    ["authorized", null, true],
    ["captured", null, true],
    ["pending", { type: "wait", settles_later: true }, true],
    ["pending", { type: "wait" }, false],
    ["action_required", { type: "confirm" }, false],
    ["canceled", null, false],
  ] as const)("of an attempt that is %s with %j is over: %s", (status, next_action, isOver) => {
    expect(isThrough(attempt({}, { status, next_action }))).toBe(isOver);
  });
});

describe("what the gateway tells of a payment", () => {
  it.each(["javascript:alert(1)", "https://wallet.example/", "litecoin:bcrt1q", undefined, ""])(
    "has no link for wallets in %j",
    (uri) => {
      expect(paymentOf(attempt({ uri }))).toMatchObject({ uri: null });
    },
  );

  it("has the demo's wallet with the address and what is missing", () => {
    const told = { missing: "0.0003", simulated: { pay_url: "/demo/wallet?chain=bitcoin-regtest" } };
    expect(paymentOf(attempt(told))?.demo_wallet_url).toBe(
      `/demo/wallet?chain=bitcoin-regtest&address=bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080&amount=0.0003`,
    );
    const elsewhere = { simulated: { pay_url: "http://localhost:9000/wallet" } };
    expect(paymentOf(attempt(elsewhere))?.demo_wallet_url).toMatch(
      /^http:\/\/localhost:9000\/wallet\?address=/,
    );
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "wallet", "", 7])(
    "has no demo's wallet at %j",
    (pay_url) => {
      expect(paymentOf(attempt({ simulated: { pay_url } }))?.demo_wallet_url).toBeNull();
    },
  );
});
