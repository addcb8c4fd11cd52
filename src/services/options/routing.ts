import type { RecoveryService } from "../recovery/types";
import { evaluateOptions, isEligible, type Candidate, type OptionGroup } from "./evaluate";
import type { Alternatives, OptionsInput } from "./types";

/**
 * The providers to ask for an option, in order: the one the shopper chose, then the method's others. A method with
 * nothing left but refusals may be chosen again where a different card or account can help. Empty when the option does not exist
 * for this cart or cannot be charged.
 */
export function routeMethod(
  option_id: string,
  input: OptionsInput,
  recovery: RecoveryService,
): readonly string[] {
  const group = groupOf(option_id, evaluateOptions(input, recovery));
  const chosen_first = [...(group ? askable(group) : [])].sort(
    (a, b) => Number(b.id === option_id) - Number(a.id === option_id),
  );
  return chosen_first.map(({ provider }) => provider.id);
}

/**
 * What is left beside an option when it is refused: the method's other providers, and how many other methods. A
 * second card has the same providers left as the first one had.
 * @param input the cart's attempts without the one that is being decided on
 */
export function alternativesTo(
  option_id: string,
  input: OptionsInput,
  recovery: RecoveryService,
): Alternatives {
  const groups = evaluateOptions(input, recovery);
  const own = groupOf(option_id, groups);
  return {
    provider_ids: (own ? askable(own) : [])
      .filter(({ id }) => id !== option_id)
      .map(({ provider }) => provider.id),
    other_methods: groups.filter((group) => group !== own && group.open.length > 0).length,
  };
}

function groupOf(option_id: string, groups: readonly OptionGroup[]): OptionGroup | undefined {
  return groups.find(({ candidates }) => candidates.some(({ id }) => id === option_id));
}

/** Refused candidates count only when a method has no others, and a different card or account can help. */
function askable({ open, candidates }: OptionGroup): readonly Candidate[] {
  return open.length > 0
    ? open
    : candidates.filter(
        (candidate) => isEligible(candidate) && candidate.refusal?.decision.another_instrument,
      );
}
