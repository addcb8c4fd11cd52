import type { AttemptStatus } from "../../gateway/attempt-states";
import type { RecoveryService } from "../recovery/types";
import { reasonsAgainst } from "./eligibility";
import { groupOptions, placeOptions, type PlacedOption } from "./placing";
import { refusalsOf, type Refusal } from "./refusals";
import type { HiddenReason, OptionsInput } from "./types";

/** One method of one provider, and what stands against offering it. */
export type Candidate = PlacedOption & {
  /** Why it cannot be offered to such a cart at all; empty when it can. */
  readonly against: HiddenReason[];
  /** The refusal of this cart that rules it out. */
  readonly refusal: Refusal | undefined;
};

/** Whether it may be offered to such a cart, whatever happened in it. */
export function isEligible({ against }: Candidate): boolean {
  return against.length === 0;
}

/** What a shopper sees as one: the same method of several providers, or one that is shown apart. */
export type OptionGroup = Readonly<{
  candidates: readonly Candidate[];
  /** Those that may be charged, the one to ask first on top. */
  open: readonly Candidate[];
  /** What the browser may know of the first open one. */
  client: Record<string, unknown>;
}>;

/**
 * Weighs every method of every provider once. Listing and routing both read this, so they cannot differ.
 * Groups and candidates come in the order they are shown: operator's position, then the order of the providers' ids,
 * then the gateway's order of methods.
 */
export function evaluateOptions(input: OptionsInput, recovery: RecoveryService): readonly OptionGroup[] {
  const refusals = refusalsOf(input.attempts, recovery);
  const candidates = placeOptions(input.providers, input.settings).map((option): Candidate => ({
    ...option,
    against: reasonsAgainst({ cart: input.cart, ...option }),
    refusal: refusals.against(option.provider.id, option.method),
  }));
  return groupOptions(candidates).map((group) => openGroup(group, input));
}

/** Asks the gateways in order for what the browser may know; one that throws is passed over and hides only itself. */
function openGroup(candidates: readonly Candidate[], input: OptionsInput): OptionGroup {
  const chargeable = candidates.filter((candidate) => isEligible(candidate) && !candidate.refusal);
  const open = waitingFirst(chargeable, input.attempts);
  for (const [index, candidate] of open.entries()) {
    const client = clientOf(candidate, input);
    if (client) {
      return { candidates, open: open.slice(index), client };
    }
    candidate.against.push({ code: "client_error" });
  }
  return { candidates, open: [], client: {} };
}

/** An attempt that waits for the shopper's details. */
const WAITING: readonly AttemptStatus[] = ["created", "ready"];

/**
 * The provider that the cart's waiting attempt is with comes before the method's others: it may have taken over from
 * one that is down, and only its own form can finish what it began.
 */
function waitingFirst(open: readonly Candidate[], attempts: OptionsInput["attempts"]): readonly Candidate[] {
  const waiting = attempts.findLast(({ status }) => WAITING.includes(status));
  const isWaiting = ({ provider, method }: Candidate): boolean =>
    provider.id === waiting?.provider_id && method === waiting.method;
  return [...open].sort((a, b) => Number(isWaiting(b)) - Number(isWaiting(a)));
}

/**
 * What the browser may know of an option; undefined when its gateway throws, which hides only this option and is
 * told to `onClientError`.
 */
export function clientOf(
  { provider, method }: Candidate,
  { cart, onClientError }: OptionsInput,
): Record<string, unknown> | undefined {
  if (provider.kind === "foreign") {
    return { form: "none" };
  }
  try {
    return provider.clientConfig(method, cart.amount);
  } catch (error) {
    onClientError?.({ provider_id: provider.id, method, error });
    return undefined;
  }
}
