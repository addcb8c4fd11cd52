import type { RecoveryService } from "../recovery/types";
import { evaluateOptions, type Candidate } from "./evaluate";
import { shown, titleOf } from "./list-options";
import type { HiddenOption, HiddenReason, OfferedOption, OptionsExplained, OptionsInput } from "./types";

/**
 * What a shopper is offered and what not, for whoever asks why. It reads the same evaluation as listing and routing, so
 * that it cannot say anything else than what they do.
 */
export function explainOptions(input: OptionsInput, recovery: RecoveryService): OptionsExplained {
  const offered: OfferedOption[] = [];
  const hidden: HiddenOption[] = [];
  for (const { candidates, open, client } of evaluateOptions(input, recovery)) {
    const [first] = open;
    if (first) {
      offered.push({
        ...shown(first, client, offered.length, input),
        provider_ids: open.map(({ provider }) => provider.id),
      });
    }
    for (const candidate of candidates) {
      const reasons = reasonsOf(candidate);
      if (reasons.length > 0) {
        const { id, provider, method } = candidate;
        const { title } = titleOf(candidate, input.locale);
        hidden.push({ id, provider_id: provider.id, method, title, reasons });
      }
    }
  }
  return { offered, hidden };
}

/** What speaks against it at all, and what happened in the cart. */
function reasonsOf({ against, refusal }: Candidate): readonly HiddenReason[] {
  if (!refusal) {
    return against;
  }
  const { id, decline } = refusal.attempt;
  const { category, code } = decline ?? { category: "unclassified" as const, code: "declined" };
  return [...against, { code: "declined", attempt_id: id, category, decline_code: code }];
}
