import { z } from "@medusajs/framework/zod";
import type { Named } from "../providers/[id]/rules/contract";

const Id = z.string().min(1).max(100);
const Locale = z.string().max(50).optional();

/** A cart, or what a cart would be like. What is left out is not held against any option. */
export const OptionPreviewBody = z.union([
  z.strictObject({ cart_id: Id, locale: Locale }),
  z.strictObject({
    region_id: Id,
    currency_code: z.string().regex(/^[A-Za-z]{3}$/, "must be a code of three letters"),
    country: z
      .string()
      .regex(/^[A-Za-z]{2}$/, "must be a code of two letters")
      .optional(),
    /** A decimal in the currency's main unit. */
    amount: z.number().nonnegative().optional(),
    /** None for a guest. */
    customer_group_ids: z.array(Id).max(100).optional(),
    product_ids: z.array(Id).max(100).optional(),
    locale: Locale,
  }),
]);
export type OptionPreviewBody = z.infer<typeof OptionPreviewBody>;

/** Amounts are decimals in the currency's main unit. */
export type AdminHiddenReason =
  | Readonly<{
      code:
        | "disabled"
        | "disabled_for_region"
        | "method_disabled"
        | "unhealthy"
        | "client_error"
        | "not_installed";
    }>
  | Readonly<{ code: "settings_unreadable"; columns: readonly string[] }>
  | Readonly<{
      code: "currency_of_gateway" | "currency_of_operator";
      currency: string;
      accepted: readonly string[];
    }>
  | Readonly<{
      code: "country_of_gateway" | "country_of_operator";
      country: string;
      accepted: readonly string[];
    }>
  | Readonly<{
      code: "amount_of_gateway" | "amount_of_operator";
      amount: number;
      min: number | null;
      max: number | null;
      currency_code: string;
    }>
  /** For `only` the groups of which the customer would have to be in one, else those that the customer is in. */
  | Readonly<{ code: "customer_group_only" | "customer_group_never"; groups: readonly Named[] }>
  /** The products in the cart that are in the way. */
  | Readonly<{ code: "product_only" | "product_never"; products: readonly Named[] }>
  | Readonly<{ code: "declined"; attempt_id: string; category: string; decline_code: string }>;

export type AdminOfferedOption = Readonly<{
  id: string;
  method: string;
  title: string;
  description: string | null;
  icon: string;
  express: boolean;
  incentive: Readonly<{ code: string; title: string }> | null;
  /** Who is asked, one after the other where one cannot be reached. */
  provider_ids: readonly string[];
}>;

export type AdminHiddenOption = Readonly<{
  provider_id: string;
  /** Null where the provider's methods are not known. */
  method: string | null;
  title: string;
  /** All that speak against it, never empty. */
  reasons: readonly AdminHiddenReason[];
}>;

/** `POST /admin/tender/option-preview`. */
export type AdminOptionPreviewResult = Readonly<{
  preview: Readonly<{ offered: readonly AdminOfferedOption[]; hidden: readonly AdminHiddenOption[] }>;
}>;
