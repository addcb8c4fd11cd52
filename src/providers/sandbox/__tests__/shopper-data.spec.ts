import { InvalidPaymentData } from "../../../gateway/errors";
import { confirmDataOf, createDataOf } from "../shopper-data";

const CARD = { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" };

describe("what a shopper's browser sends", () => {
  it("is cut down to what the method knows", () => {
    const greedy = {
      amount_minor: "1",
      capture: "automatic",
      capture_method: "automatic",
      confirm: true,
      status: "captured",
    };
    expect(confirmDataOf("card", { card: { ...CARD, ...greedy }, ...greedy })).toEqual({ card: CARD });
    expect(
      confirmDataOf("apple_pay", { wallet: { token: "tok_visa", ...greedy }, card: CARD, ...greedy }),
    ).toEqual({
      wallet: { token: "tok_visa" },
    });
    expect(confirmDataOf("bank_redirect", { card: CARD, token: "tok_visa", ...greedy })).toEqual({});
    expect(createDataOf("card", { token: "tok_visa", card: CARD, session_id: "s", ...greedy })).toEqual({
      token: "tok_visa",
    });
  });

  it.each([undefined, null, {}])("may be nothing: %p", (data) => {
    expect(confirmDataOf("card", data)).toEqual({});
    expect(createDataOf("bank_redirect", data)).toEqual({});
  });

  it("may hold numbers as text", () => {
    const typed = { number: "4242 4242-4242 4242", exp_month: "01", exp_year: " 40 ", cvc: 123 };
    expect(confirmDataOf("card", { card: typed })).toEqual({
      card: { number: "4242 4242-4242 4242", exp_month: 1, exp_year: 40, cvc: "123" },
    });
  });

  it.each([
    ["card.number", { card: { ...CARD, number: "4242 DROP TABLE" } }],
    ["card.number", { card: { ...CARD, number: ["4242424242424242"] } }],
    ["card.exp_month", { card: { ...CARD, exp_month: "December" } }],
    ["card.exp_year", { card: { ...CARD, exp_year: undefined } }],
    ["card.cvc", { card: { ...CARD, cvc: { value: "987" } } }],
    ["card.save", { card: { ...CARD, save: "yes" } }],
    ["card", { card: "4242424242424242" }],
    ["token", { token: 42 }],
    ["saved_method_id", { saved_method_id: "" }],
  ])("is refused when %s is wrong, and the value is not repeated", (field, data) => {
    const run = () => confirmDataOf("card", data);
    expect(run).toThrow(InvalidPaymentData);
    expect(run).toThrow(`"${field}"`);
    expect(run).not.toThrow(/4242|December|987|DROP/);
  });

  it("is refused when it names two instruments, or is no object", () => {
    expect(() => confirmDataOf("card", { card: CARD, token: "tok_visa" })).toThrow("one of card, token");
    expect(() => confirmDataOf("card", "4242424242424242")).toThrow(InvalidPaymentData);
  });

  it.each(["cash", "constructor", ""])("is refused for the method '%s'", (method) => {
    expect(() => confirmDataOf(method, {})).toThrow(InvalidPaymentData);
  });
});
