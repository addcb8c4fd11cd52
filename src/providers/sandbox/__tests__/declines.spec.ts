import { DECLINE_CATEGORIES } from "../../../gateway/declines";
import { TEST_CARDS } from "../bank/test-cards";
import { BANK_CODES, declineOf, DECLINE_TABLE, STRIPE_CODES } from "../declines";
import { card, confirmed, created, openBank, type TestBank } from "./support";

describe("the sandbox's declines", () => {
  let bank: TestBank;
  beforeAll(async () => {
    bank = await openBank();
  });
  afterAll(() => bank.stop());

  async function declineFor(data: unknown) {
    const outcome = await confirmed(bank.gateway, await created(bank.gateway), data);
    return outcome.type === "declined" ? outcome.decline : undefined;
  }

  it.each([
    ["authenticate", "4000009990000096", "authentication_required"],
    ["provider_transient", "4000000000000119", "processing_error"],
    ["issuer_transient", "4000009990000013", "issuer_not_available"],
    ["issuer_generic", "4000000000000002", "generic_decline"],
    ["issuer_refused", "4000009990000021", "do_not_honor"],
    ["funds_limit", "4000000000009995", "insufficient_funds"],
    ["fix_data", "4000000000000127", "incorrect_cvc"],
    ["instrument_unusable", "4000000000000069", "expired_card"],
    ["unsupported_here", "4000009990000039", "card_not_supported"],
    ["never", "4000000000009987", "lost_card"],
    ["risk", "4100000000000019", "highest_risk_level"],
    ["compliance", "4000009990000062", "compliance_violation"],
    ["reconcile", "4000009990000047", "duplicate_transaction"],
    ["merchant_config", "4000009990000054", "account_capability_missing"],
    ["session_expired", "4000009990000070", "payment_expired"],
    ["unclassified", "4000009990000112", "unlisted_code"],
  ])("reach %s with card %s", async (category, number, code) => {
    expect(await declineFor(card(number))).toMatchObject({ category, code });
  });

  it("leave no category out of reach", () => {
    const reached = TEST_CARDS.flatMap(({ behaviour }) =>
      behaviour.type === "decline" ? [declineOf(behaviour.decline).category] : [],
    );
    expect(new Set(reached)).toEqual(new Set(DECLINE_CATEGORIES));
  });

  it.each([...STRIPE_CODES, ...BANK_CODES])("have a token for %s, mapped as the table says", async (code) => {
    const decline = await declineFor({ token: `tok_${code}` });
    expect(decline).toMatchObject({ code, category: DECLINE_TABLE[code].category });
  });

  it("pass on what network and bank advise", async () => {
    expect(await declineFor(card("4000000000009987"))).toEqual({
      category: "never",
      code: "lost_card",
      network_code: "41",
      advice_code: "do_not_try_again",
    });
    expect(await declineFor({ token: "tok_mastercard_advice_03" })).toMatchObject({ advice_code: "03" });
  });

  it.each(["constructor", "toString", "__proto__", ""])(
    "take the unknown code '%s' for unclassified",
    (code) => {
      expect(declineOf({ code }).category).toBe("unclassified");
    },
  );

  it("refuse a number that is no test card, and keep nothing of it", async () => {
    const reference = await created(bank.gateway);
    const outcome = await confirmed(bank.gateway, reference, card("4012888888881881"));
    expect(outcome).toMatchObject({
      type: "declined",
      decline: { code: "testmode_decline", category: "fix_data" },
    });
    expect(outcome.snapshot.instrument).toBeUndefined();
  });
});
