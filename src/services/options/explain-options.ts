import type { RecoveryService } from "../recovery/types";
import { evaluateOptions, type Candidate, type OptionGroup } from "./evaluate";
import { titleOf } from "./list-options";
import type { OptionExplanation, OptionsInput } from "./types";

/** Every method of every provider, shown or not, and why. For operators: declines are told as they are. */
export function explainOptions(input: OptionsInput, recovery: RecoveryService): readonly OptionExplanation[] {
  let position = 0;
  return evaluateOptions(input, recovery).flatMap((group) => {
    const listed_at = group.open.length > 0 ? position++ : -1;
    return group.candidates.map((candidate) => ({
      id: candidate.id,
      provider_id: candidate.provider.id,
      method: candidate.method,
      title: titleOf(candidate, input.locale).title,
      state: stateOf(candidate, group, listed_at),
    }));
  });
}

function stateOf(candidate: Candidate, { open }: OptionGroup, position: number): OptionExplanation["state"] {
  const { ineligible, refusal } = candidate;
  if (ineligible) {
    return { shown: "hidden", ...ineligible };
  }
  if (refusal) {
    return {
      shown: "hidden",
      reason: "refused",
      decided_by: "cart",
      attempt_id: refusal.attempt.id,
      rule_id: refusal.decision.rule_id,
      ...(refusal.attempt.decline ? { decline: refusal.attempt.decline } : {}),
    };
  }
  const first = open[0];
  return first && first !== candidate ? { shown: "fallback", of: first.id } : { shown: "listed", position };
}
