import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ILockingModule, MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";

/** After a crash the cart is free again after this long, as with Medusa's own completion. */
const TTL_SECONDS = 120;
const LOOK_AGAIN_MS = 60;

/** Longer than Medusa's own completion waits for the cart, so that we never overtake one. */
const PATIENCE_MS = 40_000;

/**
 * Runs the work under the cart's lock, the one Medusa's completion takes. It is taken with `acquire`, as Medusa does:
 * with some providers of locks (PostgreSQL's) `execute` takes another, which would keep nobody out. Throws what the
 * locking module throws when the cart is not free within `patience_ms`.
 */
export async function withCartLock<T>(
  container: MedusaContainer,
  cart_id: string,
  work: () => Promise<T>,
  patience_ms = PATIENCE_MS,
): Promise<T> {
  const locking = container.resolve<ILockingModule>(Modules.LOCKING);
  const ownerId = `tender:${randomUUID()}`;
  const give_up_at = Date.now() + patience_ms;
  for (;;) {
    try {
      await locking.acquire(cart_id, { ownerId, expire: TTL_SECONDS });
      break;
    } catch (error) {
      if (Date.now() >= give_up_at) {
        throw error;
      }
    }
    await sleep(LOOK_AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    await locking.release(cart_id, { ownerId });
  }
}
