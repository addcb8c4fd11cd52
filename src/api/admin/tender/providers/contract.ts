import { z } from "@medusajs/framework/zod";
import type { GatewayErrorKind, Health } from "../../../../gateway";

const MOST_LOCALES = 50;
const MOST_METHODS = 100;
const MOST_OPTIONS = 500;

const Id = z.string().min(1).max(200);

/** BCP 47, brought to its usual spelling, so that one language is not kept twice. */
const LocaleCode = z
  .string()
  .max(35)
  .refine(isLocale, 'must be the code of a language, such as "en" or "ar-EG"')
  .transform((code) => Intl.getCanonicalLocales(code)[0] ?? code);

/** A line of an operator's words, in any script; what overrides the direction of the text after it is no part of it. */
const Words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}\u202d\u202e]*$/u, "must be one line of text");

const TitlesBody = z
  .record(
    LocaleCode,
    z
      .strictObject({
        title: Words(120).regex(/[\p{L}\p{N}\p{S}\p{P}]/u, "must be something that can be seen"),
        description: Words(300)
          .nullish()
          .transform((description) => description || null),
      })
      .nullable(),
  )
  .refine((titles) => Object.keys(titles).length <= MOST_LOCALES, "are too many at once");

/** `POST /admin/tender/providers/:id/setting`. What is left out stays as it is; null takes a language's words away. */
export const ProviderSettingBody = z.strictObject({
  enabled: z.boolean().optional(),
  /** Shown as options of their own instead of standing behind the method's first provider. */
  apart: z.boolean().optional(),
  /** For another plugin's provider, and one that is shown apart. */
  titles: TitlesBody.optional(),
  methods: z
    .record(
      Id,
      z.strictObject({
        enabled: z.boolean().optional(),
        apart: z.boolean().optional(),
        titles: TitlesBody.optional(),
      }),
    )
    .refine((methods) => Object.keys(methods).length <= MOST_METHODS, "are too many at once")
    .optional(),
});
export type ProviderSettingBody = z.infer<typeof ProviderSettingBody>;

/** `POST /admin/tender/providers/:id/regions` */
export const ProviderRegionBody = z.strictObject({ region_id: Id, enabled: z.boolean() });
export type ProviderRegionBody = z.infer<typeof ProviderRegionBody>;

/** `POST /admin/tender/option-order`: first the option that shoppers see first, in it first the provider asked first. */
export const OptionOrderBody = z.strictObject({
  order: z
    .array(z.strictObject({ method: Id, provider_ids: z.array(Id).min(1).max(MOST_OPTIONS) }))
    .min(1)
    .max(MOST_OPTIONS),
  /** `order_revision` of the order that is changed. */
  revision: z.string().min(1).max(100),
});
export type OptionOrderBody = z.infer<typeof OptionOrderBody>;

/** An operator's own words, by locale. */
export type AdminTitles = Readonly<Record<string, Readonly<{ title: string; description?: string | null }>>>;

/** One method of a provider. */
export type AdminProviderMethod = Readonly<{
  id: string;
  icon: string;
  /** The gateway's own, for a method without a common name. */
  names: AdminTitles;
  /** Shown above the list, as a button. */
  express: boolean;
  enabled: boolean;
  apart: boolean;
  titles: AdminTitles;
}>;

/** An installed payment provider: how it is set up, how it fares, what was decided about it. */
export type AdminPaymentProvider = Readonly<{
  id: string;
  /** `foreign`: another plugin's. `broken`: it could not be started. */
  kind: "gateway" | "foreign" | "broken";
  /** What its service is called; null where only the id is known. */
  name: string | null;
  /** How its id ends where several of a kind are installed. */
  account: string | null;
  /** Null where it is not known. */
  mode: "test" | "live" | null;
  /** Names of options that are not set and that something depends on. */
  missing: readonly string[];
  /** Where its service sends webhooks; null for one that sends none. */
  webhook_url: string | null;
  last_webhook_at: string | null;
  /** This server's circuit breaker: `open` is not offered for a while; null for other plugins' providers. */
  health: Health | null;
  /** The last one of a week, the message redacted. */
  last_error: Readonly<{ kind: GatewayErrorKind; message: string | null; at: string }> | null;
  enabled: boolean;
  apart: boolean;
  titles: AdminTitles;
  /** Columns of its setting that were written by hand and cannot be read. */
  unreadable: readonly string[];
  methods: readonly AdminProviderMethod[];
  /** Ids of the regions that enable it. */
  region_ids: readonly string[];
}>;

/** One option as shoppers see it, and the providers that are asked for it, first to last. */
export type AdminOptionPlace = Readonly<{ method: string; apart: boolean; provider_ids: readonly string[] }>;

export type AdminOptionRegion = Readonly<{ id: string; name: string; currency_code: string }>;

/** `GET /admin/tender/providers`, and the answer to whatever changes it. */
export type AdminPaymentProvidersResult = Readonly<{
  providers: readonly AdminPaymentProvider[];
  order: readonly AdminOptionPlace[];
  /** To be sent with a change of the order. */
  order_revision: string;
  regions: readonly AdminOptionRegion[];
}>;

/** `POST /admin/tender/providers/:id/check` */
export type AdminConnectionCheck = Readonly<{
  ok: boolean;
  took_ms: number;
  /** `timeout`: no answer in time. `failed`: something unforeseen, of which the log says more. */
  error: GatewayErrorKind | "timeout" | "failed" | null;
  /** The gateway's own words, without secrets. */
  message: string | null;
}>;

function isLocale(code: string): boolean {
  try {
    return Intl.getCanonicalLocales(code).length === 1;
  } catch {
    return false;
  }
}
