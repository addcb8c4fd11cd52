import { z } from "@medusajs/framework/zod";
import type { AdminManualRefund } from "../../../admin-contract";
import { pageOf } from "../paging/schemas";

/** `POST /admin/tender/manual-refunds/:provider_id/:id/signed`. The gateway says what it may be. */
export const SignedRefundBody = z.strictObject({ text: z.string().min(1) });
export type SignedRefundInput = z.infer<typeof SignedRefundBody>;

export const ManualRefundsQuery = pageOf({
  /** `open`: those that still wait for somebody. */
  status: z.enum(["open", "all"]).default("all"),
});
export type ManualRefundsQuery = z.infer<typeof ManualRefundsQuery>;

/** `GET /admin/tender/manual-refunds/:provider_id`: newest first. */
export type AdminManualRefundPage = Readonly<{
  manual_refunds: readonly AdminManualRefund[];
  next_cursor: string | null;
}>;
