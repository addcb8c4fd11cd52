import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ILockingModule, MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";

/** After a crash the key is free again after this long, as with Medusa's own completion. */
const TTL_SECONDS = 120;
const LOOK_AGAIN_MS = 60;

/**
 * Runs the work under a lock of Medusa's. It is taken with `acquire`, as Medusa does: with some providers of locks
 * (PostgreSQL's) `execute` takes another, which would keep nobody out. Throws what the locking module throws when the key
 * is not free within `patience_ms`.
 */
export async function withLock<T>(
  container: MedusaContainer,
  key: string,
  work: () => Promise<T>,
  patience_ms: number,
): Promise<T> {
  const locking = container.resolve<ILockingModule>(Modules.LOCKING);
  const ownerId = `tender:${randomUUID()}`;
  const give_up_at = Date.now() + patience_ms;
  for (;;) {
    try {
      await locking.acquire(key, { ownerId, expire: TTL_SECONDS });
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
    await locking.release(key, { ownerId });
  }
}
