import type { MedusaContainer } from "@medusajs/framework/types";
import { longestWindowMs } from "../services";
import { tenderModule } from "../workflows/medusa/load-cart";

/** Every hour: tries that no limit counts any more are forgotten. */
export default async function forgetTriesJob(container: MedusaContainer): Promise<void> {
  const { tries, options } = tenderModule(container);
  await tries.forget(longestWindowMs(options.limits));
}

export const config = { name: "tender-forget-tries", schedule: "23 * * * *" };
