import type { GatewayErrorKind } from "../../gateway/errors";
import { CATEGORY_RULES } from "./category-rules";
import type { RuleVerdict } from "./types";
import { AFTER_EDIT, REFUSED_BY_PROVIDER } from "./verdicts";

/** What a call without an outcome permits: only "refused" and "never happened" may fall back (Kill Bill). */
export const TRANSPORT_RULES = {
  unavailable: {
    ...REFUSED_BY_PROVIDER,
    option_after: "keep",
    another_instrument: true,
    source: "Certainly nothing happened; health decides whether the provider stays on offer",
  },
  misconfigured: {
    ...REFUSED_BY_PROVIDER,
    alert_operator: true,
    source: "Nothing happened, and nothing will until an operator acts",
  },
  unknown: {
    ...CATEGORY_RULES.reconcile,
    source: "Perhaps something happened; only reading tells (Kill Bill's janitor)",
  },
  invalid_data: {
    ...AFTER_EDIT,
    source: "What was entered does not fit the method; nothing was sent to the gateway",
  },
  invalid_webhook: {
    ...CATEGORY_RULES.reconcile,
    source: "A forged message says nothing about a payment; only reading does",
  },
} as const satisfies Record<GatewayErrorKind, RuleVerdict>;

export const GATEWAY_ERROR_KINDS = Object.keys(TRANSPORT_RULES) as (keyof typeof TRANSPORT_RULES)[];
