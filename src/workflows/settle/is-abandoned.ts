import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";

/** True when the attempt was made longer ago than the operator lets a checkout wait. */
export function isAbandoned(container: MedusaContainer, { created_at }: AttemptRecord): boolean {
  return Date.now() - created_at.getTime() >= tenderModule(container).options.abandoned_after_ms;
}
