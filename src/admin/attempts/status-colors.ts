import type { AdminPaymentAttempt } from "../../api/admin-contract";
import type { BadgeColor } from "./outcome-badge";

/** The colour of an attempt's badge. */
export const COLOR_OF_STATUS: Readonly<Record<AdminPaymentAttempt["status"], BadgeColor>> = {
  created: "grey",
  ready: "grey",
  action_required: "blue",
  pending: "blue",
  unknown: "orange",
  authorized: "green",
  captured: "green",
  declined: "red",
  failed: "orange",
  released: "grey",
  canceled: "grey",
};
