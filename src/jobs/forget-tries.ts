import type { MedusaContainer } from "@medusajs/framework/types";
import { longestWindowMs } from "../services";
import { tenderModule } from "../workflows/medusa/load-cart";

/** Far longer than anybody leaves a cart with a discount. */
const BROUGHT_KEPT_MS = 90 * 86_400_000;

/** Every hour: tries that no limit counts any more are forgotten, and what options brought into carts long left. */
export default async function forgetTriesJob(container: MedusaContainer): Promise<void> {
  const { brought_promotions, tries, options } = tenderModule(container);
  await tries.forget(longestWindowMs(options.limits));
  await brought_promotions.forgetOld(new Date(Date.now() - BROUGHT_KEPT_MS));
}

export const config = { name: "tender-forget-tries", schedule: "23 * * * *" };
