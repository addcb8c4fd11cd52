import type { AdminPaymentAttempt } from "../../api/admin-contract";
import type { DeclineView, PaymentOptionView } from "../client";
import { formOf } from "./forms";

/** How an alternative stands to what was refused. */
type Relation =
  /** The same method, or one with the same kind of form, through another provider. */
  | "same_kind_elsewhere"
  /** The same kind through the same provider, such as its other wallet. */
  | "same_kind_same_provider"
  | "other_kind_elsewhere"
  | "other_kind_same_provider";

/** Relations from the likeliest to work down; those in one row are equally likely. */
type Ranking = readonly (readonly Relation[])[];

/** The card or account was refused: what is charged differently is likelier than the same thing elsewhere. */
const INSTRUMENT_REFUSED: Ranking = [
  ["other_kind_elsewhere", "other_kind_same_provider"],
  ["same_kind_elsewhere", "same_kind_same_provider"],
];

/** The provider failed: what does not go through it is likelier, and first of it what the shopper chose. */
const PROVIDER_FAILED: Ranking = [
  ["same_kind_elsewhere"],
  ["other_kind_elsewhere"],
  ["same_kind_same_provider", "other_kind_same_provider"],
];

/** Nothing speaks for one alternative more than for another. */
const NOTHING_KNOWN: Ranking = [];

/** Every category of a refusal; the Store API's own type leaves room for later ones. */
type DeclineCategory = NonNullable<AdminPaymentAttempt["decline"]>["category"];

/** Which ranking a refusal calls for. A category of a later API, which has no row here, says nothing. */
const RANKING_OF_CATEGORY: Readonly<Record<string, Ranking>> = {
  authenticate: INSTRUMENT_REFUSED,
  issuer_transient: INSTRUMENT_REFUSED,
  issuer_generic: INSTRUMENT_REFUSED,
  issuer_refused: INSTRUMENT_REFUSED,
  funds_limit: INSTRUMENT_REFUSED,
  instrument_unusable: INSTRUMENT_REFUSED,
  never: INSTRUMENT_REFUSED,
  risk: INSTRUMENT_REFUSED,
  compliance: INSTRUMENT_REFUSED,
  unclassified: INSTRUMENT_REFUSED,
  provider_transient: PROVIDER_FAILED,
  unsupported_here: PROVIDER_FAILED,
  merchant_config: PROVIDER_FAILED,
  fix_data: NOTHING_KNOWN,
  session_expired: NOTHING_KNOWN,
  reconcile: NOTHING_KNOWN,
} satisfies Record<DeclineCategory, Ranking>;

/** The alternatives to a refused option, the likeliest to work first; equally likely ones stay in the operator's order. */
export function likeliestFirst(
  alternatives: readonly PaymentOptionView[],
  refused: PaymentOptionView,
  decline: DeclineView,
): readonly PaymentOptionView[] {
  const ranking = RANKING_OF_CATEGORY[decline.category] ?? NOTHING_KNOWN;
  const rank = (option: PaymentOptionView): number => {
    const relation = relationTo(refused, option);
    return ranking.findIndex((row) => row.includes(relation));
  };
  // The sort is stable, so that equals keep their order.
  return [...alternatives].sort((one, other) => rank(one) - rank(other));
}

function relationTo(refused: PaymentOptionView, option: PaymentOptionView): Relation {
  const kind = isSameKind(refused, option) ? "same_kind" : "other_kind";
  return `${kind}_${option.provider_id === refused.provider_id ? "same_provider" : "elsewhere"}`;
}

/**
 * Options that need no form may be anything, and so may what gateways' own forms ask for, but for their wallets: only
 * their method tells.
 */
function isSameKind(one: PaymentOptionView, other: PaymentOptionView): boolean {
  if (one.method === other.method) return true;
  const form = formOf(one);
  if (form === "none" || form !== formOf(other)) return false;
  return form !== "gateway" || (one.express && other.express);
}
