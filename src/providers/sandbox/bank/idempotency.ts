import { createHmac } from "node:crypto";
import type { Answer } from "./http";
import { ANSWER_LIFETIME_MS, type Ledger } from "./ledger";
import type { BankAnswer, Change } from "./records";
import { Refusal } from "./refusal";
import type { Account } from "./operations";

/** One mutation under its key: either its earlier answer, or the right to carry it out now. */
export type Ticket = Readonly<{
  replay?: Answer;
  /** What to commit together with the operation's own changes. */
  record(answer: Answer): Change;
  release(): void;
}>;

/** Sees to it that a repeated request is answered and not carried out a second time. */
export class Idempotency {
  private readonly in_flight = new Set<string>();

  constructor(
    private readonly ledger: Ledger,
    private readonly now: () => number,
  ) {}

  /**
   * @param request method, path and raw body: what must be the same when the key is
   * @throws Refusal 400 without a key, 409 `idempotency_mismatch` or `idempotency_in_use`
   */
  begin(account: Account, key: string, request: readonly (string | Buffer)[]): Ticket {
    if (key === "" || key.length > 255) {
      throw new Refusal(
        400,
        "idempotency_key_required",
        "Send an Idempotency-Key header of 1 to 255 characters.",
      );
    }
    const params = keyedHash(account.api_key, request);
    const slot = JSON.stringify([account.provider, key]);
    if (this.in_flight.has(slot)) {
      throw new Refusal(409, "idempotency_in_use", "A request with this Idempotency-Key is being worked on.");
    }
    const earlier = this.ledger.answerOf(account.provider, key);
    if (earlier && this.now() - earlier.at < ANSWER_LIFETIME_MS) {
      return { replay: replayed(earlier, params), record: recorder(account, key, params, this.now), release };
    }
    this.in_flight.add(slot);
    return {
      record: recorder(account, key, params, this.now),
      release: () => void this.in_flight.delete(slot),
    };
  }
}

function replayed(earlier: BankAnswer, params: string): Answer {
  if (earlier.params !== params) {
    throw new Refusal(409, "idempotency_mismatch", "This Idempotency-Key was used for another request.");
  }
  return { status: earlier.status, body: earlier.body, headers: { "idempotent-replayed": "true" } };
}

function recorder(account: Account, key: string, params: string, now: () => number): Ticket["record"] {
  return ({ status, body = "" }) => ({
    kind: "answer",
    value: { provider: account.provider, key, params, status, body, at: now() },
  });
}

function release(): void {
  // Nothing is held for a request that is only answered again.
}

/** Keyed, because a body may hold a card number and a plain hash of one can be undone. */
function keyedHash(api_key: string, parts: readonly (string | Buffer)[]): string {
  const hash = createHmac("sha256", api_key);
  parts.forEach((part) => hash.update(String(part.length)).update(":").update(part));
  return hash.digest("hex");
}
