import { setTimeout as sleep } from "node:timers/promises";

const WITHIN_MS = 20_000;

/** Waits until it is so. @throws Error when it is not in time */
export async function until(done: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + WITHIN_MS; !(await done()); await sleep(50)) {
    if (Date.now() >= deadline) {
      throw new Error(`It did not come about within ${WITHIN_MS} ms: ${String(done)}`);
    }
  }
}
