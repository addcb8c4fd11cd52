import type { RuleVerdict } from "./types";

/** What the rules have in common: each row of the tables says which of these it is, and what it does differently. */
type Verdict = Omit<RuleVerdict, "source">;

/** The refusal belongs to the card or account: elsewhere it would be refused too. A different one may do. */
export const REFUSED_INSTRUMENT = {
  same_provider: "never",
  switch_provider: "never",
  option_after: "rule_out",
  scope: "method",
  another_instrument: true,
  never_again_same_instrument: false,
  show: "as_is",
  alert_operator: false,
  then: "choose_another_method",
} as const satisfies Verdict;

/** The issuer will never approve; sending the card again costs fines, and the reason is not the shopper's to read. */
export const NEVER_AGAIN = {
  ...REFUSED_INSTRUMENT,
  never_again_same_instrument: true,
  show: "generic",
} as const satisfies Verdict;

/** The refusal belongs to the provider: the card may well be good. */
export const REFUSED_BY_PROVIDER = {
  ...REFUSED_INSTRUMENT,
  switch_provider: "always",
  scope: "provider",
  another_instrument: false,
} as const satisfies Verdict;

/** What is wrong can be put right where it was entered. */
export const AFTER_EDIT = {
  ...REFUSED_INSTRUMENT,
  same_provider: "after_edit",
  option_after: "keep",
} as const satisfies Verdict;
