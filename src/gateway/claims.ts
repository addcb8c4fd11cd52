import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { AttemptRecord, PaymentJournal } from "./journal";

/** How long a claim lasts without being renewed: what a crash costs the next one who asks. */
const LEASE_MS = 15_000;

/** How often a waiting one looks again: soon at first, then less and less often. */
const FIRST_LOOK_MS = 60;
const SLOWEST_LOOK_MS = 500;

/**
 * Claims on attempts: a lease in the database that one worker holds while it works on an attempt, so that a
 * payment is confirmed, settled or returned by one at a time. It is renewed while the work goes on and runs out
 * when the worker dies; all work under a claim may be repeated.
 */
export class AttemptClaims {
  constructor(private readonly journal: () => PaymentJournal) {}

  /**
   * Works on the attempt under its claim. Whoever finds it claimed waits until the claim ends, until `enough`
   * holds, or at most `patience_ms`; then the attempt as it stands is the answer.
   */
  async whenFree<T>(
    attempt_id: string,
    patience_ms: number,
    work: (attempt: AttemptRecord) => Promise<T>,
    enough: (attempt: AttemptRecord) => boolean = () => false,
  ): Promise<T | AttemptRecord> {
    const owner = randomUUID();
    const give_up_at = Date.now() + patience_ms;
    let look_ms = FIRST_LOOK_MS;
    while (!(await this.journal().claimAttempt(attempt_id, owner, LEASE_MS))) {
      const attempt = await this.read(attempt_id);
      if (enough(attempt) || Date.now() >= give_up_at) {
        return attempt;
      }
      await sleep(look_ms);
      look_ms = Math.min(look_ms * 1.5, SLOWEST_LOOK_MS);
    }
    return this.holding(attempt_id, owner, work);
  }

  /** Works on the attempt under its claim, or returns `undefined` at once when somebody else holds it. */
  async ifFree<T>(attempt_id: string, work: (attempt: AttemptRecord) => Promise<T>): Promise<T | undefined> {
    const owner = randomUUID();
    return (await this.journal().claimAttempt(attempt_id, owner, LEASE_MS))
      ? this.holding(attempt_id, owner, work)
      : undefined;
  }

  private async holding<T>(
    attempt_id: string,
    owner: string,
    work: (attempt: AttemptRecord) => Promise<T>,
  ): Promise<T> {
    const renewal = setInterval(() => {
      // A renewal that fails costs the claim, not the work: the next one repeats what is safe to repeat.
      this.journal()
        .renewClaim(attempt_id, owner, LEASE_MS)
        .catch(() => clearInterval(renewal));
    }, LEASE_MS / 3);
    try {
      return await work(await this.read(attempt_id));
    } finally {
      clearInterval(renewal);
      await this.journal().releaseClaim(attempt_id, owner);
    }
  }

  private async read(attempt_id: string): Promise<AttemptRecord> {
    const attempt = await this.journal().findAttempt({ id: attempt_id });
    if (!attempt) {
      throw new Error(`Payment attempt ${attempt_id} is not on record.`);
    }
    return attempt;
  }
}
