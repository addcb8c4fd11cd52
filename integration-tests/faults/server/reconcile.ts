import type { MedusaContainer } from "@medusajs/framework/types";
import { reconcile, type ReconcileReport } from "../../../src/workflows/upkeep/reconcile";

/** What one pass of the reconciler says it did. */
export type Reconciled = ReconcileReport;

/** One pass, as the scheduled job makes it. */
export const reconcileOnce = (container: MedusaContainer): Promise<Reconciled> => reconcile(container);
