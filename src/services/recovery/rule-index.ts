import type { Decline } from "../../gateway/declines";
import type { RecoveryTrace } from "./trace";
import type { RecoveryRule, RuleLayer } from "./types";

export type RuleIndex = Readonly<{
  /** The rule that speaks for a refusal. Takes a few map look-ups, however many rules there are. */
  ruleFor(decline: Decline, trace?: RecoveryTrace): RecoveryRule;
  /** The row of the refusal's own category. */
  categoryRule(decline: Decline): RecoveryRule;
  ruleById(id: string): RecoveryRule | undefined;
}>;

/**
 * Files the rules once under what they match, so that deciding is looking up. Within a layer the earlier row wins.
 * Throws when two rules share an id or `unclassified`, which everything falls back to, has no row.
 */
export function indexRules(rules: readonly RecoveryRule[]): RuleIndex {
  const by_id = new Map<string, RecoveryRule>();
  const by_category = new Map<string, RecoveryRule>();
  const layers = new Map<RuleLayer, Shelf>(DECLINE_LAYERS.map((layer) => [layer, emptyShelf()]));
  for (const rule of rules) {
    if (by_id.has(rule.id)) {
      throw new Error(`Two recovery rules are called "${rule.id}".`);
    }
    by_id.set(rule.id, rule);
    const shelf = layers.get(rule.layer);
    if (shelf) {
      file(rule, shelf);
    }
    for (const category of rule.layer === "category" ? (rule.match.categories ?? []) : []) {
      by_category.set(category, by_category.get(category) ?? rule);
    }
  }
  const unclassified = by_category.get("unclassified");
  if (!unclassified) {
    throw new Error('The recovery rules need a category row for "unclassified".');
  }
  const shelves = [...layers];

  const categoryRule = (decline: Decline) => by_category.get(decline.category) ?? unclassified;

  return {
    categoryRule,
    ruleById: (id) => by_id.get(id),
    ruleFor(decline, trace) {
      const own = categoryRule(decline);
      // Money may have moved: no advice about the card may skip reading the payment first.
      if (own.same_provider === "read_first") {
        return told(own, "read_first", trace);
      }
      for (const [layer, shelf] of shelves) {
        const rule = find(shelf, decline);
        if (rule) {
          return told(rule, "speaks", trace);
        }
        trace?.({ step: "layer", because: "silent", layer });
      }
      return told(own, "speaks", trace);
    },
  };
}

/** Tells which rule speaks, and what of it is the operator's. */
export function tellRule(rule: RecoveryRule, because: "speaks" | "read_first", trace: RecoveryTrace): void {
  trace({ step: "rule", because, rule_id: rule.id, layer: rule.layer });
  for (const changed of rule.changed ?? []) {
    trace({ step: "operator", because: "changed", ...changed });
  }
}

function told(rule: RecoveryRule, because: "speaks" | "read_first", trace?: RecoveryTrace): RecoveryRule {
  if (trace) {
    tellRule(rule, because, trace);
  }
  return rule;
}

/** The layers a refusal can be looked up in, first heard first. Transport rules are found by their id. */
const DECLINE_LAYERS: readonly RuleLayer[] = ["network_advice", "gateway_advice", "decline_code", "category"];

type Shelf = Readonly<{
  network_code: Map<string, RecoveryRule[]>;
  advice_code: Map<string, RecoveryRule[]>;
  code: Map<string, RecoveryRule[]>;
  category: Map<string, RecoveryRule[]>;
}>;

function emptyShelf(): Shelf {
  return { network_code: new Map(), advice_code: new Map(), code: new Map(), category: new Map() };
}

/** Files a rule under the most telling thing it matches; the rest is checked when it is found. */
function file(rule: RecoveryRule, shelf: Shelf): void {
  const { network_codes, advice_codes, codes, categories } = rule.match;
  const [drawer, keys] = network_codes
    ? [shelf.network_code, network_codes]
    : advice_codes
      ? [shelf.advice_code, advice_codes]
      : codes
        ? [shelf.code, codes]
        : [shelf.category, categories ?? []];
  for (const key of keys) {
    const filed = drawer.get(key);
    if (filed) {
      filed.push(rule);
    } else {
      drawer.set(key, [rule]);
    }
  }
}

function find(shelf: Shelf, decline: Decline): RecoveryRule | undefined {
  return (
    fitting(shelf.network_code, decline.network_code, decline) ??
    fitting(shelf.advice_code, decline.advice_code, decline) ??
    fitting(shelf.code, decline.code, decline) ??
    fitting(shelf.category, decline.category, decline)
  );
}

function fitting(
  drawer: Map<string, RecoveryRule[]>,
  key: string | undefined,
  decline: Decline,
): RecoveryRule | undefined {
  return key === undefined ? undefined : drawer.get(key)?.find((rule) => matches(rule, decline));
}

function matches({ match }: RecoveryRule, decline: Decline): boolean {
  return (
    has(match.network_codes, decline.network_code) &&
    has(match.advice_codes, decline.advice_code) &&
    has(match.codes, decline.code) &&
    has(match.categories, decline.category)
  );
}

function has(accepted: readonly string[] | undefined, value: string | undefined): boolean {
  return accepted === undefined || (value !== undefined && accepted.includes(value));
}
