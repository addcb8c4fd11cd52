import type { PaymentOptionView } from "../../client";
import { likeliestFirst } from "../likeliest";
import { BANK, CARD, DECLINE, option, WALLET } from "./support";

function at(provider_id: string, one: PaymentOptionView): PaymentOptionView {
  return { ...one, id: `${provider_id}:${one.method}`, provider_id };
}

const CARD_ELSEWHERE = at("pp_b", CARD);
const WALLET_ELSEWHERE = at("pp_b", option("google_pay", "wallet_sheet", true));
const DELIVERY = at("pp_c", option("pp_c", "none"));
const TRANSFER = at("pp_d", option("pp_d", "none"));

function ranked(
  category: string,
  refused: PaymentOptionView,
  ...alternatives: PaymentOptionView[]
): string[] {
  return likeliestFirst(alternatives, refused, { ...DECLINE, category }).map(({ id }) => id);
}

describe("the alternatives to a refused option", () => {
  it.each(["issuer_refused", "funds_limit", "instrument_unusable", "risk", "unclassified"])(
    "begin with another kind where the card itself was refused: %s",
    (category) =>
      expect(ranked(category, CARD, CARD_ELSEWHERE, WALLET, BANK)).toEqual([
        WALLET.id,
        BANK.id,
        CARD_ELSEWHERE.id,
      ]),
  );

  it.each(["provider_transient", "unsupported_here", "merchant_config"])(
    "begin with the same kind elsewhere where the provider failed, and end with what goes through it too: %s",
    (category) =>
      expect(ranked(category, CARD, BANK, WALLET_ELSEWHERE, WALLET, CARD_ELSEWHERE)).toEqual([
        CARD_ELSEWHERE.id,
        WALLET_ELSEWHERE.id,
        BANK.id,
        WALLET.id,
      ]),
  );

  it.each(["fix_data", "session_expired", "of_a_later_version"])(
    "stay in the operator's order where nothing speaks for one of them: %s",
    (category) =>
      expect(ranked(category, CARD, CARD_ELSEWHERE, BANK, WALLET)).toEqual([
        CARD_ELSEWHERE.id,
        BANK.id,
        WALLET.id,
      ]),
  );

  it("count another wallet as the same kind as a wallet", () =>
    expect(ranked("funds_limit", WALLET, WALLET_ELSEWHERE, BANK)).toEqual([BANK.id, WALLET_ELSEWHERE.id]));

  it("count two options without a form as of different kinds: nothing is known of them", () =>
    expect(ranked("provider_transient", DELIVERY, CARD, TRANSFER)).toEqual([CARD.id, TRANSFER.id]));
});
