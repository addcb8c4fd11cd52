/** What can be done to an intent, whoever does it: a call, the shopper, the dashboard or the clock. */
export type IntentOperationKind =
  | "create"
  | "update"
  | "challenge"
  | "wait"
  | "authorize"
  | "decline"
  | "capture"
  | "refund"
  | "refund_failed"
  | "cancel"
  | "expire"
  | "dispute"
  | "dispute_won"
  | "dispute_lost";

export type IntentOperation = Readonly<{
  kind: IntentOperationKind;
  /** In the smallest unit. */
  amount: number;
  /** That of the call; null for what happened without one. */
  idempotency_key: string | null;
  /** Unix ms by the simulator's clock. */
  at_ms: number;
}>;

/** What was done to an account's intents, in its order. */
export class Journal {
  private readonly changed: string[] = [];
  private readonly operations = new Map<string, IntentOperation[]>();

  /** Grows with everything that is written down. */
  get revision(): number {
    return this.changed.length;
  }

  write(intent_id: string, operation: IntentOperation): void {
    this.changed.push(intent_id);
    this.operations.set(intent_id, [...this.of(intent_id), operation]);
  }

  /** Oldest first. */
  of(intent_id: string): readonly IntentOperation[] {
    return this.operations.get(intent_id) ?? [];
  }

  /** Intents to which something was done after this revision; 0 for all. */
  changedSince(revision: number): ReadonlySet<string> {
    return new Set(this.changed.slice(revision));
  }
}
