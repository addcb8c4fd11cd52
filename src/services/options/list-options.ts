import type { RecoveryService } from "../recovery/types";
import { benefitTitle, declineView, localeOf, methodTitle } from "../texts/texts";
import type { MethodTitle } from "../texts/types";
import { clientOf, evaluateOptions, isEligible, type Candidate, type OptionGroup } from "./evaluate";
import { incentiveOf } from "./incentive";
import type { DeclinedOption, OptionsInput, OptionsList, ShownOption } from "./types";

/**
 * The options of a cart as a shopper sees them: each method once, routed to the first provider left for it, and
 * below what this cart's refusals ruled out. Pure, apart from asking each shown gateway for its client config.
 */
export function listOptions(input: OptionsInput, recovery: RecoveryService): OptionsList {
  const options: ShownOption[] = [];
  const declined: DeclinedOption[] = [];
  for (const group of evaluateOptions(input, recovery)) {
    const [first] = group.open;
    if (first) {
      options.push(shown(first, group.client, options.length, input));
    } else {
      const refused = refusedIn(group, declined.length, input);
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

/** One option as a shopper sees it. */
export function shown(
  candidate: Candidate,
  client: Record<string, unknown>,
  position: number,
  { locale, incentives }: OptionsInput,
): ShownOption {
  const promotion_id = incentiveOf(candidate.setting, candidate.method);
  const incentive = promotion_id === undefined ? undefined : incentives?.get(promotion_id);
  return {
    id: candidate.id,
    provider_id: candidate.provider.id,
    method: candidate.method,
    ...titleOf(candidate, locale),
    icon: candidate.capability ? (candidate.capability.icon ?? candidate.method) : FOREIGN_ICON,
    express: candidate.capability?.express ?? false,
    position,
    saves: canKeep(candidate),
    ...(incentive && {
      incentive: { code: incentive.code, title: benefitTitle(incentive.brings, localeOf(locale)) },
    }),
    client,
  };
}

function canKeep({ provider, capability }: Candidate): boolean {
  return provider.kind === "gateway" && provider.capabilities.saved_methods && capability?.saves === true;
}

/** Foreign providers tell nothing but their id. */
const FOREIGN_ICON = "generic";

/**
 * A group that only this cart's refusals keep from being offered. It goes by the option that was refused where that
 * could still be charged, so that the page finds the one it just used. A group that could not be charged anyway
 * (its gateway is down, the currency changed) is not told of.
 */
function refusedIn(group: OptionGroup, position: number, input: OptionsInput): DeclinedOption | undefined {
  const refused = group.candidates.filter(
    (candidate) => isEligible(candidate) && candidate.refusal?.attempt.decline,
  );
  const told =
    refused.find(({ provider, refusal }) => refusal?.attempt.provider_id === provider.id) ?? refused[0];
  const decline = told?.refusal?.attempt.decline;
  if (!told?.refusal || !decline) {
    return undefined;
  }
  const client = clientOf(told, input);
  if (!client) {
    return undefined;
  }
  const { decision } = told.refusal;
  return {
    ...shown(told, client, position, input),
    another_instrument: decision.another_instrument,
    decline: declineView(decline, decision, localeOf(input.locale)),
  };
}
