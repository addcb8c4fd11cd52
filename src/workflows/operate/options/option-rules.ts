import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import {
  InvalidMoney,
  money,
  moneyToDecimal,
  showMoney,
  wholeMoneyFromDecimal,
  type Money,
} from "../../../gateway";
import { rulesIn, storedRules } from "../../../modules/tender/stores/setting-row";
import type { OnlyOrNever, OptionRules } from "../../../services";
import { tenderModule } from "../../medusa/load-cart";
import { assertCountries, namesOf, type Named, type NamedKind } from "./named";
import { requireInstalled } from "./installed-providers";

/** Rules as an operator writes them; amounts are decimals in the currency's main unit. */
export type WrittenRules = Readonly<{
  currencies?: readonly string[];
  countries?: readonly string[];
  amounts?: readonly Readonly<{ currency_code: string; min?: number | null; max?: number | null }>[];
  customer_groups?: OnlyOrNever;
  products?: OnlyOrNever;
}>;

type NamedOnlyOrNever = Readonly<{ only: readonly Named[]; never: readonly Named[] }>;

/** Rules as an operator reads them; an empty list is no rule. */
export type ReadRules = Readonly<{
  provider_id: string;
  /** Lower-case ISO 4217 codes. */
  currencies: readonly string[];
  /** Lower-case ISO 3166-1 alpha-2 codes of billing countries. */
  countries: readonly string[];
  /** Decimals in the currency's main unit. */
  amounts: readonly Readonly<{ currency_code: string; min: number | null; max: number | null }>[];
  customer_groups: NamedOnlyOrNever;
  products: NamedOnlyOrNever;
  /** What is stored cannot be read; nothing is offered until it is written anew. */
  unreadable: boolean;
}>;

/** @throws MedusaError `NOT_FOUND` for a provider that is not installed */
export async function readOptionRules(container: MedusaContainer, provider_id: string): Promise<ReadRules> {
  await requireInstalled(container, provider_id);
  const rows = await tenderModule(container).settings.rows();
  const rules = rulesIn(rows.find((row) => row.provider_id === provider_id));
  return { ...(await toReadRules(container, provider_id, rules ?? {})), unreadable: rules === undefined };
}

/**
 * Writes all rules of a provider in place of those before, those that could not be read too.
 * @throws MedusaError `NOT_FOUND` for a provider that is not installed; `INVALID_DATA`, which says what, for a currency,
 *   country, customer group or product that does not exist and was not in the rules, and for a smallest amount above the
 *   largest
 */
export async function changeOptionRules(
  container: MedusaContainer,
  {
    provider_id,
    rules: written,
    actor_id,
  }: Readonly<{ provider_id: string; rules: WrittenRules; actor_id: string }>,
): Promise<ReadRules> {
  await requireInstalled(container, provider_id);
  const rules = toOptionRules(written);
  const { settings } = tenderModule(container);
  const standing = rulesIn((await settings.rows()).find((row) => row.provider_id === provider_id));
  await Promise.all([
    assertCountries(container, rules.countries ?? []),
    assertKnown(container, "customer_group", rules.customer_groups, standing?.customer_groups),
    assertKnown(container, "product", rules.products, standing?.products),
  ]);
  const after = Object.keys(rules).length > 0 ? storedRules(rules) : null;
  await settings.change((rows) => {
    const before = rows.find((row) => row.provider_id === provider_id)?.rules ?? null;
    return {
      write: [{ provider_id, rules: after }],
      log: { actor_id, action: "option_rules.update", subject: provider_id, before, after },
      result: undefined,
    };
  });
  return { ...(await toReadRules(container, provider_id, rules)), unreadable: false };
}

/** What is empty is no rule: a list that nothing fits would switch the provider off, for which there is a switch. */
function toOptionRules({
  currencies,
  countries,
  amounts,
  customer_groups,
  products,
}: WrittenRules): OptionRules {
  const limits = (amounts ?? []).flatMap(toLimit);
  const twice = limits.find(([currency], at) => limits.findIndex(([other]) => other === currency) !== at);
  if (twice) {
    throw invalid(`There is more than one limit in ${twice[0]}.`);
  }
  const groups = toOnlyOrNever(customer_groups);
  const goods = toOnlyOrNever(products);
  return {
    ...(currencies?.length && { currencies: distinct(currencies.map(knownCurrency)) }),
    ...(countries?.length && { countries: distinct(countries.map((code) => code.toLowerCase())) }),
    ...(limits.length > 0 && { amounts: Object.fromEntries(limits) }),
    ...(groups && { customer_groups: groups }),
    ...(goods && { products: goods }),
  };
}

type Limit = [currency: string, limit: { min_minor?: bigint; max_minor?: bigint }];

function toLimit({ currency_code, min, max }: NonNullable<WrittenRules["amounts"]>[number]): Limit[] {
  const currency = knownCurrency(currency_code);
  const least = min == null ? undefined : exactly(min, currency);
  const most = max == null ? undefined : exactly(max, currency);
  if (least && most && least.amount_minor > most.amount_minor) {
    throw invalid(`The smallest amount, ${showMoney(least)}, is above the largest, ${showMoney(most)}.`);
  }
  return least || most
    ? [
        [
          currency,
          {
            ...(least && { min_minor: least.amount_minor }),
            ...(most && { max_minor: most.amount_minor }),
          },
        ],
      ]
    : [];
}

function exactly(amount: number, currency: string): Money {
  const whole = wholeMoneyFromDecimal(amount, currency);
  if (!whole) {
    throw invalid(`${amount} ${currency} has a fraction of the currency's smallest unit.`);
  }
  return whole;
}

function knownCurrency(code: string): string {
  try {
    return money(0n, code).currency;
  } catch (error) {
    throw error instanceof InvalidMoney ? invalid(error.message) : error;
  }
}

function toOnlyOrNever({ only, never }: OnlyOrNever = {}): OnlyOrNever | undefined {
  return only?.length || never?.length
    ? {
        ...(only?.length && { only: distinct(only) }),
        ...(never?.length && { never: distinct(never) }),
      }
    : undefined;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

async function assertKnown(
  container: MedusaContainer,
  kind: NamedKind,
  { only = [], never = [] }: OnlyOrNever = {},
  standing: OnlyOrNever = {},
): Promise<void> {
  const both = only.find((id) => never.includes(id));
  if (both !== undefined) {
    throw invalid(`${both} is both wanted and excluded.`);
  }
  const named = await namesOf(container, kind, [...only, ...never]);
  // What was deleted since it was chosen may stay: without it an "only" would let everybody in.
  const stood = new Set([...(standing.only ?? []), ...(standing.never ?? [])]);
  const unknown = named.filter(({ id, name }) => name === null && !stood.has(id)).map(({ id }) => id);
  if (unknown.length > 0) {
    throw invalid(`There is no ${kind.replace("_", " ")} ${unknown.join(", ")}.`);
  }
}

async function toReadRules(
  container: MedusaContainer,
  provider_id: string,
  rules: OptionRules,
): Promise<Omit<ReadRules, "unreadable">> {
  const named = async (kind: NamedKind, { only = [], never = [] }: OnlyOrNever = {}) => {
    const known = await namesOf(container, kind, [...only, ...never]);
    return { only: known.slice(0, only.length), never: known.slice(only.length) };
  };
  const [customer_groups, products] = await Promise.all([
    named("customer_group", rules.customer_groups),
    named("product", rules.products),
  ]);
  const decimal = (amount_minor: bigint | undefined, currency: string): number | null =>
    amount_minor === undefined ? null : Number(moneyToDecimal({ amount_minor, currency }));
  return {
    provider_id,
    currencies: (rules.currencies ?? []).map((code) => code.toLowerCase()),
    countries: rules.countries ?? [],
    amounts: Object.entries(rules.amounts ?? {}).map(([currency, { min_minor, max_minor }]) => ({
      currency_code: currency.toLowerCase(),
      min: decimal(min_minor, currency),
      max: decimal(max_minor, currency),
    })),
    customer_groups,
    products,
  };
}

function invalid(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, message);
}
