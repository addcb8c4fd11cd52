import type { MethodSetting, OwnTitles } from "./types";

/** What an operator decides about a provider and its methods, apart from their order and from rules. */
export type SettingValues = Readonly<{
  enabled: boolean;
  apart: boolean;
  titles: OwnTitles;
  methods: Readonly<Record<string, MethodSetting>>;
}>;

/** Titles to be set, by locale; null takes one away. Locales that are left out stay as they are. */
export type TitlesWish = Readonly<
  Record<string, Readonly<{ title: string; description?: string | null }> | null>
>;

/** What is to be changed; what is left out stays as it is. */
export type SettingWish = Readonly<{
  enabled?: boolean;
  apart?: boolean;
  titles?: TitlesWish;
  methods?: Readonly<Record<string, Readonly<{ enabled?: boolean; apart?: boolean; titles?: TitlesWish }>>>;
}>;

/** The setting after a wish. */
export function settingAfter(before: SettingValues, wish: SettingWish): SettingValues {
  return {
    enabled: wish.enabled ?? before.enabled,
    apart: wish.apart ?? before.apart,
    titles: titlesAfter(before.titles, wish.titles),
    methods: {
      ...before.methods,
      ...Object.fromEntries(
        Object.entries(wish.methods ?? {}).map(([method, { titles, ...switches }]) => {
          const known = before.methods[method] ?? {};
          return [
            method,
            { ...known, ...switches, ...(titles && { titles: titlesAfter(known.titles ?? {}, titles) }) },
          ];
        }),
      ),
    },
  };
}

/** Of a setting only what the wish speaks of, for the log of changes. */
export function spokenOf(values: SettingValues, wish: SettingWish): Record<string, unknown> {
  return {
    ...(wish.enabled !== undefined && { enabled: values.enabled }),
    ...(wish.apart !== undefined && { apart: values.apart }),
    ...(wish.titles && { titles: titlesOf(values.titles, wish.titles) }),
    ...(wish.methods && {
      methods: Object.fromEntries(
        Object.entries(wish.methods).map(([method, { enabled, apart, titles }]) => {
          const known = values.methods[method] ?? {};
          return [
            method,
            {
              ...(enabled !== undefined && { enabled: known.enabled ?? true }),
              ...(apart !== undefined && { apart: known.apart ?? values.apart }),
              ...(titles && { titles: titlesOf(known.titles ?? {}, titles) }),
            },
          ];
        }),
      ),
    }),
  };
}

function titlesAfter(before: OwnTitles, wish: TitlesWish = {}): OwnTitles {
  const after = new Map(Object.entries(before));
  for (const [locale, own] of Object.entries(wish)) {
    if (own === null) {
      after.delete(locale);
    } else {
      after.set(locale, own);
    }
  }
  return Object.fromEntries(after);
}

function titlesOf(titles: OwnTitles, wish: TitlesWish): Record<string, unknown> {
  return Object.fromEntries(Object.keys(wish).map((locale) => [locale, titles[locale] ?? null]));
}
