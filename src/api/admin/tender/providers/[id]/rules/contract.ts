import { z } from "@medusajs/framework/zod";
import type { ReadRules } from "../../../../../../workflows/operate/options/option-rules";

export type { Named } from "../../../../../../workflows/operate/options/named";
export type { ReadRules as AdminOptionRules } from "../../../../../../workflows/operate/options/option-rules";

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

/** `GET` and `POST /admin/tender/providers/:id/rules`. */
export type AdminOptionRulesResult = Readonly<{ rules: ReadRules }>;
