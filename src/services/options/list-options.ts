import type { RecoveryService } from "../recovery/types";
import { declineView, localeOf, methodTitle } from "../texts/texts";
import type { MethodTitle } from "../texts/types";
import { clientOf, evaluateOptions, type Candidate, type OptionGroup } from "./evaluate";
import type { DeclinedOption, OptionsInput, OptionsList, RoutedOption, ShownOption } from "./types";

/**
 * The options of a cart as a shopper sees them: each method once, routed to the first provider left for it, and
 * below what this cart's refusals ruled out. Pure, apart from asking each shown gateway for its client config.
 */
export function listOptions(input: OptionsInput, recovery: RecoveryService): OptionsList {
  const options: RoutedOption[] = [];
  const declined: DeclinedOption[] = [];
  for (const group of evaluateOptions(input, recovery)) {
    const [first, ...others] = group.open;
    if (first) {
      options.push(routed(first, others, group, options.length, input.locale));
    } else {
      const refused = refusedIn(group, declined.length, input.locale);
      if (refused) {
        declined.push(refused);
      }
    }
  }
  return { options, declined };
}

/** The operator's words first; a method that several providers share keeps the method's own name. */
export function titleOf(
  { provider, method, capability, setting, method_setting, apart }: Candidate,
  locale: string,
): MethodTitle {
  const providers_own = apart || provider.kind === "foreign" ? setting?.titles : undefined;
  return methodTitle(method, locale, method_setting?.titles, providers_own, capability?.titles);
}

function routed(
  first: Candidate,
  others: readonly Candidate[],
  group: OptionGroup,
  position: number,
  locale: string,
): RoutedOption {
  return {
    ...shown(first, group.client, position, locale),
    fallback_provider_ids: others.map(({ provider }) => provider.id),
    portable_credential: first.capability?.portable_credential ?? false,
  };
}

function shown(
  candidate: Candidate,
  client: Record<string, unknown>,
  position: number,
  locale: string,
): ShownOption {
  return {
    id: candidate.id,
    provider_id: candidate.provider.id,
    method: candidate.method,
    ...titleOf(candidate, locale),
    icon: candidate.capability ? (candidate.capability.icon ?? candidate.method) : FOREIGN_ICON,
    express: candidate.capability?.express ?? false,
    position,
    client,
  };
}

/** Foreign providers tell nothing but their id. */
const FOREIGN_ICON = "generic";

/**
 * A group that only this cart's refusals keep from being offered. It goes by the option that was refused where that
 * could still be charged, so that the page finds the one it just used. A group that could not be charged anyway
 * (its gateway is down, the currency changed) is not told of.
 */
function refusedIn(group: OptionGroup, position: number, locale: string): DeclinedOption | undefined {
  const refused = group.candidates.filter(
    ({ ineligible, refusal }) => !ineligible && refusal?.attempt.decline,
  );
  const told =
    refused.find(({ provider, refusal }) => refusal?.attempt.provider_id === provider.id) ?? refused[0];
  if (!told?.refusal?.attempt.decline) {
    return undefined;
  }
  const client = clientOf(told);
  if (!client) {
    return undefined;
  }
  const { attempt, decision } = told.refusal;
  return {
    ...shown(told, client, position, locale),
    another_instrument: decision.another_instrument,
    decline: declineView(told.refusal.attempt.decline, decision, localeOf(locale)),
    attempt_id: attempt.id,
  };
}
