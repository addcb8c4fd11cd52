import { defineRouteConfig } from "@medusajs/admin-sdk";
import { ExclamationCircle } from "@medusajs/icons";
import { FindingList } from "../../../attention/finding-list";
import { keepMenuCount } from "../../../attention/menu-count";

// The dashboard loads all pages when it starts.
keepMenuCount();

/** Payments → Needs attention. */
export default FindingList;

export const config = defineRouteConfig({
  label: "attention.menu",
  icon: ExclamationCircle,
  rank: 1,
  translationNs: "tender",
});
