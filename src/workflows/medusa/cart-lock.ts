import type { MedusaContainer } from "@medusajs/framework/types";
import { withLock } from "./with-lock";

/** Longer than Medusa's own completion waits for the cart, so that we never overtake one. */
const PATIENCE_MS = 40_000;

/**
 * Runs the work under the cart's lock, the one Medusa's completion takes. Throws what the locking module throws when the
 * cart is not free within `patience_ms`.
 */
export function withCartLock<T>(
  container: MedusaContainer,
  cart_id: string,
  work: () => Promise<T>,
  patience_ms = PATIENCE_MS,
): Promise<T> {
  return withLock(container, cart_id, work, patience_ms);
}
