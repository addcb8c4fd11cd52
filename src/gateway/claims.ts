import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { AttemptRecord, PaymentJournal } from "./journal";

/** How long a claim lasts without being renewed: what a crash costs the next one who asks. */
const LEASE_MS = 15_000;

/** How often a waiting one looks again: soon at first, then less and less often. */
const FIRST_LOOK_MS = 60;
const SLOWEST_LOOK_MS = 500;

/** A claim of the work under way; what outlives it, an event's subscriber for example, no longer has it. */
type Holding = { readonly attempt_id: string; over: boolean; readonly within: Holding | undefined };

const HELD = new AsyncLocalStorage<Holding>();

/**
 * Claims on attempts: a lease in the database that one worker holds while it works on an attempt, so that a
 * payment is confirmed, settled or returned by one at a time. It is renewed while the work goes on and runs out
 * when the worker dies; all work under a claim may be repeated.
 *
 * Work that comes back to an attempt it has claimed already goes on at once: Medusa's completion, called under a claim,
 * cancels and refunds the payment when it fails.
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
    if (isHeldHere(attempt_id)) {
      return work(await this.read(attempt_id));
    }
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
    if (isHeldHere(attempt_id)) {
      return work(await this.read(attempt_id));
    }
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
      void this.stillHeld(attempt_id, owner).then((held) => {
        if (!held) {
          clearInterval(renewal);
        }
      });
    }, LEASE_MS / 3);
    const holding: Holding = { attempt_id, over: false, within: HELD.getStore() };
    try {
      const attempt = await this.read(attempt_id);
      return await HELD.run(holding, () => work(attempt));
    } finally {
      holding.over = true;
      clearInterval(renewal);
      await this.journal().releaseClaim(attempt_id, owner);
    }
  }

  /** Losing the claim costs the claim, not the work: whoever has it now repeats what is safe to repeat. */
  private async stillHeld(attempt_id: string, owner: string): Promise<boolean> {
    try {
      return await this.journal().renewClaim(attempt_id, owner, LEASE_MS);
    } catch {
      // Most of the lease is left: the next renewal, or the one after it, finds the database again.
      return true;
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

function isHeldHere(attempt_id: string): boolean {
  for (let holding = HELD.getStore(); holding; holding = holding.within) {
    if (holding.attempt_id === attempt_id && !holding.over) {
      return true;
    }
  }
  return false;
}
