import type { AdminManualRefund } from "../../api/admin-contract";

/** What is done about a refund, by its last part. */
export function refundPath(
  { provider_id, id }: AdminManualRefund,
  act: "file" | "signed" | "prepare" | "drop",
): string {
  return `/admin/tender/manual-refunds/${encodeURIComponent(provider_id)}/${encodeURIComponent(id)}/${act}`;
}
