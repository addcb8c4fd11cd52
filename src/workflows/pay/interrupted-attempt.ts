import type { MedusaContainer } from "@medusajs/framework/types";
import { OPEN_STATUSES, type AttemptRecord } from "../../gateway";
import { isLost } from "../../gateway/lost-calls";
import { tenderModule } from "../medusa/load-cart";

/**
 * True for an attempt that looks unpaid although its authorization was sent and never ended in the journal: the
 * server died in between. Only the gateway can tell what became of it.
 */
export async function wasInterrupted(container: MedusaContainer, attempt: AttemptRecord): Promise<boolean> {
  if (!OPEN_STATUSES.includes(attempt.status)) {
    return false;
  }
  const tries = await tenderModule(container).listOperations(attempt.id, ["authorize"]);
  return tries.some(isLost);
}
