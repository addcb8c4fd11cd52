import { DECLINE_CATEGORIES } from "../../gateway/declines";
import type { GatewayErrorKind } from "../../gateway/errors";
import { ADVICE_RULES } from "./advice-rules";
import { CATEGORY_RULES } from "./category-rules";
import { GATEWAY_ERROR_KINDS, TRANSPORT_RULES } from "./transport-rules";
import type { RecoveryRule } from "./types";

const TRANSPORT = "transport.";

/** Every rule Tender decides by. Adding one is adding a row to its table. */
export const RECOVERY_RULES: readonly RecoveryRule[] = [
  ...ADVICE_RULES,
  ...DECLINE_CATEGORIES.map((category): RecoveryRule => ({
    id: `category.${category}`,
    layer: "category",
    match: { categories: [category] },
    ...CATEGORY_RULES[category],
  })),
  ...GATEWAY_ERROR_KINDS.map((kind): RecoveryRule => ({
    id: transportRuleId(kind),
    layer: "transport",
    match: {},
    ...TRANSPORT_RULES[kind],
  })),
];

/** The id under which a kind of gateway error has its rule. */
export function transportRuleId(kind: GatewayErrorKind): string {
  return `${TRANSPORT}${kind}`;
}

/** True for the id of a rule about a call that gave no outcome. */
export function isTransportRule(rule_id: string): boolean {
  return rule_id.startsWith(TRANSPORT);
}
