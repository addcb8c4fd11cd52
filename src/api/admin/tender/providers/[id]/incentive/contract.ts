import { z } from "@medusajs/framework/zod";

/** `promotion_code` null takes the incentive away. Without a method it is for all that have none of their own. */
export const OptionIncentiveBody = z.strictObject({
  method: z.string().min(1).max(200).optional(),
  promotion_code: z.string().trim().min(1).max(200).nullable(),
});
export type OptionIncentiveBody = z.infer<typeof OptionIncentiveBody>;

export type AdminPromotion = Readonly<{
  id: string;
  /** Null where the promotion was deleted: nothing comes with the option then. */
  code: string | null;
  /** False where it is not active now, e.g. since its campaign is over. */
  active: boolean;
}>;

/** What comes with a provider's options. */
export type AdminOptionIncentive = Readonly<{
  provider_id: string;
  all: AdminPromotion | null;
  /** Of single methods, which go before. */
  methods: Readonly<Record<string, AdminPromotion>>;
}>;

/** `GET` and `POST /admin/tender/providers/:id/incentive`. */
export type AdminOptionIncentiveResult = Readonly<{ incentive: AdminOptionIncentive }>;
