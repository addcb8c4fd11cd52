import type { AttemptRecord } from "../../gateway/journal";
import type { OperationStatus } from "../../gateway/operations";
import { isTransportRule } from "./rules";
import type { RecoveryAction } from "./types";

/** A try to pay a cart as remembered, with the ends of its authorizations, first to last. */
export type RememberedTry = Pick<AttemptRecord, "id" | "decline" | "recovery"> &
  Readonly<{ authorizations: readonly OperationStatus[] }>;

/** What a cart has behind it of the budgets in `recover.ts`. */
export type SpentBudget = Readonly<{
  /** Second tries at the same provider, made by us or left to the shopper. */
  retries: number;
  /** Changes of provider. */
  switches: number;
}>;

/**
 * Told from what is remembered of the cart's attempts, so that another confirm gives no new budget.
 * @param refused_id the attempt that is being decided on: what was decided about it before is in question
 */
export function spentBudget(tries: readonly RememberedTry[], refused_id: string): SpentBudget {
  const others = tries.filter(({ id }) => id !== refused_id);
  return {
    retries: sum(tries.map(retriesWithin)) + others.filter(leftToShopper).length,
    switches: others.filter(({ recovery }) => recovery === "switch_provider").length,
  };
}

/** False for an attempt that came to no decision, since its provider could not be asked: it costs the shopper nothing. */
export function reachedDecision({
  status,
  recovery_rule_id,
}: Pick<AttemptRecord, "status" | "recovery_rule_id">): boolean {
  return status !== "failed" && !(recovery_rule_id !== null && isTransportRule(recovery_rule_id));
}

const SAME_PROVIDER: ReadonlySet<string> = new Set<RecoveryAction>(["retry", "authenticate"]);

/** A refused attempt is authorized again by nobody but us. */
function retriesWithin({ authorizations }: RememberedTry): number {
  const refused_at = authorizations.indexOf("declined");
  return refused_at < 0 ? 0 : authorizations.length - refused_at - 1;
}

/** The shopper was told to try the same again. One that we tried again at once has no decline left, or another recovery. */
function leftToShopper({ decline, recovery }: RememberedTry): boolean {
  return decline !== null && recovery !== null && SAME_PROVIDER.has(recovery);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
