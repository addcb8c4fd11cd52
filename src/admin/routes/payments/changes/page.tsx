import { defineRouteConfig } from "@medusajs/admin-sdk";
import { History } from "@medusajs/icons";
import { ChangeList } from "../../../changes/change-list";

/** Payments → Changes. */
export default ChangeList;

export const config = defineRouteConfig({
  label: "changes.title",
  icon: History,
  rank: 9,
  translationNs: "tender",
});
