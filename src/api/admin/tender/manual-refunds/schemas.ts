import { z } from "@medusajs/framework/zod";

/** `POST /admin/tender/manual-refunds/:provider_id/:id/signed`. The gateway says what it may be. */
export const SignedRefundBody = z.strictObject({ text: z.string().min(1) });

export type SignedRefundInput = z.infer<typeof SignedRefundBody>;
