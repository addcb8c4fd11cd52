import { z } from "@medusajs/framework/zod";
import type { OptionRules, ProviderSetting, SettingValues } from "../../../services";

/** A row of `tender_payment_provider_setting`. It may have been written by hand, so its JSON may be anything. */
export type SettingRow = Readonly<{
  provider_id: string;
  enabled: boolean;
  /** Null for one that nobody placed: it comes last. */
  position: number | null;
  apart: boolean;
  titles: unknown;
  methods: unknown;
  rules: unknown;
  incentive?: unknown;
}>;

/**
 * The row as the options service takes it. JSON columns are parsed here and trusted inside. Titles and incentives that
 * cannot be read are left out. With `methods` or `rules` that cannot be read the provider is not offered: nobody knows then
 * whom its operator wanted to be charged there.
 * @param warn is told what is wrong, and what follows
 */
export function toProviderSetting(row: SettingRow, warn: (message: string) => void): ProviderSetting {
  const { provider_id, position, apart } = row;
  const column = <T>(name: Column, schema: z.ZodType<T>, follows: string) => {
    const parsed = schema.nullish().safeParse(row[name]);
    if (!parsed.success) {
      const { path = [], message } = parsed.error.issues[0] ?? {};
      warn(
        `tender_payment_provider_setting of ${provider_id}: ${[name, ...path].join(".")} cannot be read ` +
          `(${message}). ${follows}`,
      );
    }
    return parsed.success ? (parsed.data ?? undefined) : UNREADABLE;
  };
  const titles = column("titles", OwnTitles, "The titles are left out.");
  const methods = column("methods", MethodSettings, "The provider is not offered until this is corrected.");
  const rules = column("rules", Rules, "The provider is not offered until this is corrected.");
  const incentive = column("incentive", Incentive, "Nothing comes with its options until this is corrected.");
  const unreadable = [
    ...(methods === UNREADABLE ? (["methods"] as const) : []),
    ...(rules === UNREADABLE ? (["rules"] as const) : []),
  ];
  return {
    provider_id,
    position,
    apart,
    enabled: row.enabled,
    ...(titles !== UNREADABLE && { titles }),
    ...(methods !== UNREADABLE && { methods }),
    ...(rules !== UNREADABLE && { rules }),
    ...(incentive !== UNREADABLE && { incentive }),
    ...(unreadable.length > 0 && { unreadable }),
  };
}

type Column = "titles" | "methods" | "rules" | "incentive";

const UNREADABLE = Symbol("unreadable");

const OwnTitles = z.record(z.string(), z.object({ title: z.string(), description: z.string().nullish() }));

const MethodSettings = z.record(
  z.string(),
  z.object({
    enabled: z.boolean().optional(),
    position: z.number().optional(),
    apart: z.boolean().optional(),
    titles: OwnTitles.optional(),
  }),
);

const Minor = z.string().regex(/^\d+$/).transform(BigInt);

const Ids = z.array(z.string());

const OnlyOrNever = z.object({ only: Ids.optional(), never: Ids.optional() });

const Rules = z.object({
  amounts: z
    .record(z.string(), z.object({ min_minor: Minor.optional(), max_minor: Minor.optional() }))
    .optional(),
  countries: Ids.optional(),
  currencies: Ids.optional(),
  customer_groups: OnlyOrNever.optional(),
  products: OnlyOrNever.optional(),
});

const Promotion = z.object({ promotion_id: z.string() });

const Incentive = z.object({
  all: Promotion.optional(),
  methods: z.record(z.string(), Promotion).optional(),
});

/** Rules as they are stored: minor units as strings of digits. */
export function storedRules({ amounts, ...others }: OptionRules): object {
  return {
    ...others,
    ...(amounts && {
      amounts: Object.fromEntries(
        Object.entries(amounts).map(([currency, { min_minor, max_minor }]) => [
          currency,
          {
            ...(min_minor !== undefined && { min_minor: min_minor.toString() }),
            ...(max_minor !== undefined && { max_minor: max_minor.toString() }),
          },
        ]),
      ),
    }),
  };
}

/** A row's rules; undefined where they cannot be read. */
export function rulesIn(row: SettingRow | undefined): OptionRules | undefined {
  const parsed = Rules.nullish().safeParse(row?.rules);
  return parsed.success ? (parsed.data ?? {}) : undefined;
}

/** What a row ties to options; one that cannot be read ties nothing. */
export function incentiveIn(row: SettingRow | undefined): NonNullable<ProviderSetting["incentive"]> {
  return Incentive.nullish().safeParse(row?.incentive).data ?? {};
}

/** A JSON column that nobody can read. */
export type UnreadableColumn = "titles" | "methods" | "rules";

/** The row as an operator sees and changes it; what cannot be read counts as empty, and is named. */
export function toSettingValues(
  row: SettingRow | undefined,
): SettingValues & Readonly<{ unreadable: readonly UnreadableColumn[] }> {
  const titles = OwnTitles.nullish().safeParse(row?.titles);
  const methods = MethodSettings.nullish().safeParse(row?.methods);
  const unreadable = {
    titles: !titles.success,
    methods: !methods.success,
    rules: !Rules.nullish().safeParse(row?.rules).success,
  };
  return {
    enabled: row?.enabled ?? true,
    apart: row?.apart ?? false,
    titles: titles.data ?? {},
    methods: methods.data ?? {},
    unreadable: (["titles", "methods", "rules"] as const).filter((name) => unreadable[name]),
  };
}
