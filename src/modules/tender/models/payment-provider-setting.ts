import { model } from "@medusajs/framework/utils";

/** What the operator decided about one provider: whether, where and how its methods are offered. */
export const TenderPaymentProviderSetting = model.define("tender_payment_provider_setting", {
  id: model.id({ prefix: "payset" }).primaryKey(),
  provider_id: model.text().unique(),
  enabled: model.boolean().default(true),
  /** Null for one that nobody placed: it comes last. */
  position: model.number().nullable(),
  /** Shown as an option of its own instead of standing behind the method's first provider. */
  apart: model.boolean().default(false),
  /** `{ [locale]: { title, description } }` */
  titles: model.json().nullable(),
  /** Per method: `{ [method]: { enabled, position, apart, titles } }` */
  methods: model.json().nullable(),
  /** `{ amounts: { [currency]: { min_minor, max_minor } }, countries, currencies }`; amounts are strings of digits */
  rules: model.json().nullable(),
  incentive: model.json().nullable(),
});
