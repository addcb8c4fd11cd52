import type { AdminManualRefund } from "../../api/admin-contract";

/** Each has a text in every language. */
export type ManualRefundStatusName = AdminManualRefund["status"];
