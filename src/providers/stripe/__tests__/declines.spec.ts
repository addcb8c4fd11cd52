import { DECLINE_CATEGORIES } from "../../../gateway/declines";
import { declineOf, DECLINE_TABLE } from "../declines";
import { CATEGORY_OF_ERROR_CODE } from "../error-codes";

describe("Stripe's declines", () => {
  it.each([
    ["authenticate", { code: "card_declined", decline_code: "authentication_required" }],
    ["authenticate", { code: "payment_intent_authentication_failure" }],
    ["provider_transient", { code: "processing_error", decline_code: "processing_error" }],
    ["issuer_transient", { code: "card_declined", decline_code: "issuer_not_available" }],
    ["issuer_generic", { code: "card_declined", decline_code: "generic_decline" }],
    ["issuer_refused", { code: "card_declined", decline_code: "do_not_honor" }],
    ["funds_limit", { code: "card_declined", decline_code: "insufficient_funds" }],
    ["fix_data", { code: "incorrect_cvc", decline_code: "incorrect_cvc" }],
    ["instrument_unusable", { code: "expired_card", decline_code: "expired_card" }],
    ["unsupported_here", { code: "card_declined", decline_code: "currency_not_supported" }],
    ["never", { code: "card_declined", decline_code: "stolen_card" }],
    ["risk", { code: "card_declined", decline_code: "fraudulent" }],
    ["reconcile", { code: "card_declined", decline_code: "duplicate_transaction" }],
    ["merchant_config", { code: "capability_not_active" }],
    ["session_expired", { code: "payment_intent_payment_attempt_expired" }],
    ["unclassified", { code: "card_declined", decline_code: "a_code_of_next_year" }],
    ["unclassified", { code: "a_code_of_next_year" }],
    ["issuer_generic", {}],
  ])("reach %s with %j", (category, refusal) => {
    expect(declineOf(refusal).category).toBe(category);
  });

  it("are told by the issuer's own code where there is one", () => {
    expect(declineOf({ code: "card_declined", decline_code: "lost_card" }).code).toBe("lost_card");
    expect(declineOf({ code: "incorrect_number" }).code).toBe("incorrect_number");
  });

  it("pass on what network and issuer advise, the network first where it says something", () => {
    const refusal = {
      decline_code: "do_not_honor",
      network_decline_code: "57",
      advice_code: "try_again_later",
    };
    expect(declineOf(refusal)).toEqual({
      category: "issuer_refused",
      code: "do_not_honor",
      network_code: "57",
      advice_code: "try_again_later",
    });
    expect(declineOf({ ...refusal, network_advice_code: "03" }).advice_code).toBe("03");
    expect(declineOf({ ...refusal, network_advice_code: "24" }).advice_code).toBe("try_again_later");
    expect(declineOf({ advice_code: "constructor" })).not.toHaveProperty("advice_code");
  });

  it.each(["constructor", "toString", "__proto__", ""])("take the code '%s' for unclassified", (code) => {
    expect(declineOf({ code }).category).toBe("unclassified");
  });

  it("have a category for every code", () => {
    const categories = [
      ...Object.values(DECLINE_TABLE).map(({ category }) => category),
      ...Object.values(CATEGORY_OF_ERROR_CODE),
    ];
    expect(categories.filter((category) => !DECLINE_CATEGORIES.includes(category))).toEqual([]);
  });
});
