import type { MedusaContainer } from "@medusajs/framework/types";
import { reconcile } from "../workflows/upkeep/reconcile";

/** Every minute: looks after everything that is unfinished. */
export default async function reconcileJob(container: MedusaContainer): Promise<void> {
  await reconcile(container);
}

export const config = { name: "tender-reconcile", schedule: "* * * * *" };
