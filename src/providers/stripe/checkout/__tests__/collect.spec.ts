import type { Stripe, StripeElements } from "@stripe/stripe-js";
import { collectToken } from "../stripe-js";

/** The two calls that are made of Stripe.js, in their order. */
function stripeThat(answers: { submit?: object; token?: object }) {
  const calls: string[] = [];
  const elements = {
    submit: async () => {
      calls.push("submit");
      return answers.submit ?? {};
    },
  } as unknown as StripeElements;
  const stripe = {
    createConfirmationToken: async (given: { elements: StripeElements }) => {
      calls.push(given.elements === elements ? "token" : "token of other elements");
      return answers.token ?? { confirmationToken: { id: "ctoken_1" } };
    },
  } as unknown as Stripe;
  return { calls, collected: collectToken(stripe, elements) };
}

describe("what is typed into Stripe's fields", () => {
  it("becomes a token, and 3-D Secure is shown over the page", async () => {
    const { calls, collected } = stripeThat({});
    expect(await collected).toEqual({
      type: "data",
      data: { confirmation_token: "ctoken_1", use_stripe_sdk: true },
    });
    expect(calls).toEqual(["submit", "token"]);
  });

  it("is left to Stripe's fields to complain about where something is missing", async () => {
    const { calls, collected } = stripeThat({ submit: { error: { type: "validation_error" } } });
    expect(await collected).toEqual({ type: "incomplete" });
    expect(calls).toEqual(["submit"]);
  });

  it.each(["api_connection_error", "card_error", "api_error"])(
    "is for the page to tell about where Stripe answers %s",
    async (type) => {
      expect(
        await stripeThat({ token: { error: { type, message: "Stripe's own text" } } }).collected,
      ).toEqual({
        type: "failed",
      });
    },
  );
});
