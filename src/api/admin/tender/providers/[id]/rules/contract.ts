import { z } from "@medusajs/framework/zod";

const MOST = 300;

const Currency = z.string().regex(/^[A-Za-z]{3}$/, "must be a code of three letters");
const Country = z.string().regex(/^[A-Za-z]{2}$/, "must be a code of two letters");
const Ids = z.array(z.string().min(1).max(100)).max(MOST);
const OnlyOrNever = z.strictObject({ only: Ids.optional(), never: Ids.optional() });
const Amount = z.number().nonnegative().nullish();

/**
 * All rules of a provider; what is left out, null or empty is no rule. Amounts are decimals in the currency's main unit.
 */
export const OptionRulesBody = z.strictObject({
  currencies: z.array(Currency).max(MOST).optional(),
  countries: z.array(Country).max(MOST).optional(),
  amounts: z
    .array(z.strictObject({ currency_code: Currency, min: Amount, max: Amount }))
    .max(MOST)
    .optional(),
  customer_groups: OnlyOrNever.optional(),
  products: OnlyOrNever.optional(),
});
export type OptionRulesBody = z.infer<typeof OptionRulesBody>;

/** Something by its id; `name` is null where it was deleted. */
export type Named = Readonly<{ id: string; name: string | null }>;

type NamedOnlyOrNever = Readonly<{ only: readonly Named[]; never: readonly Named[] }>;

/** When a provider is offered. An empty list is no rule. */
export type AdminOptionRules = Readonly<{
  provider_id: string;
  /** Lower-case ISO 4217 codes. */
  currencies: readonly string[];
  /** Lower-case ISO 3166-1 alpha-2 codes of billing countries. */
  countries: readonly string[];
  amounts: readonly Readonly<{ currency_code: string; min: number | null; max: number | null }>[];
  customer_groups: NamedOnlyOrNever;
  products: NamedOnlyOrNever;
  /** True where what is stored cannot be read: the provider is not offered until the rules are saved anew. */
  unreadable: boolean;
}>;

/** `GET` and `POST /admin/tender/providers/:id/rules`. */
export type AdminOptionRulesResult = Readonly<{ rules: AdminOptionRules }>;
