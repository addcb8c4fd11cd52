import { randomUUID } from "node:crypto";
import {
  OPEN_STATUSES,
  canChange,
  subjectOf,
  type AttemptChange,
  type AttemptQuery,
  type AttemptRecord,
  type AttemptStatus,
  type FindingKind,
  type GatewayCallObserved,
  type NewFinding,
  type OpenAttempt,
  type OperationEnd,
  type OperationKind,
  type OperationRecord,
  type PaymentJournal,
} from "../gateway";

/** An operation together with how it ended. */
export type EndedOperation = OperationRecord & Readonly<{ end: OperationEnd | null; tries: number }>;

type Claim = Readonly<{ owner: string; until: number }>;

/**
 * The journal in memory, so that a gateway can be tested without Postgres. It keeps the same promises as the
 * tender module: status changes are compare-and-swap on the transition table, a collection has one open attempt,
 * an idempotency key is one operation, and no two attempts share a gateway's payment.
 */
export class MemoryJournal implements PaymentJournal {
  readonly findings: NewFinding[] = [];
  /** Every call to the gateway, as logs and metrics would be told. */
  readonly calls: GatewayCallObserved[] = [];
  private readonly attempts = new Map<string, AttemptRecord>();
  private readonly claims = new Map<string, Claim>();
  private readonly operations = new Map<string, EndedOperation>();

  async openAttempt(input: OpenAttempt): Promise<AttemptRecord> {
    const { payment_collection_id, provider_id, gateway_reference: reference = null } = input;
    const known = reference && (await this.findAttempt({ provider_id, gateway_reference: reference }));
    if (known) {
      return known;
    }
    const siblings = this.all().filter(
      (attempt) => payment_collection_id !== null && attempt.payment_collection_id === payment_collection_id,
    );
    for (const { id, status, gateway_reference } of siblings) {
      if (OPEN_STATUSES.includes(status) && !this.claimed(id)) {
        this.write(id, { status: gateway_reference ? "released" : "canceled" });
      }
    }
    const now = new Date();
    const attempt: AttemptRecord = {
      id: input.id ?? `payatt_${randomUUID()}`,
      sequence: Math.max(0, ...siblings.map(({ sequence }) => sequence)) + 1,
      payment_collection_id,
      payment_session_id: input.payment_session_id,
      cart_id: input.cart_id ?? null,
      order_id: null,
      customer_id: input.customer_id ?? null,
      provider_id,
      method: input.method,
      amount: input.amount,
      status: "created",
      gateway_reference: reference,
      next_action: null,
      decline: null,
      recovery: null,
      recovery_rule_id: null,
      fallback_of: input.fallback_of ?? null,
      instrument: null,
      client: {},
      authorization_expires_at: null,
      created_at: now,
      updated_at: now,
    };
    if (this.attempts.has(attempt.id)) {
      throw new Error(`Payment attempt ${attempt.id} is on record already.`);
    }
    this.attempts.set(attempt.id, attempt);
    return attempt;
  }

  async findAttempt(query: AttemptQuery): Promise<AttemptRecord | null> {
    const wanted = Object.entries(query);
    const found = this.all().filter((attempt) =>
      wanted.every(([name, value]) => attempt[name as keyof AttemptRecord] === value),
    );
    return found.sort((a, b) => b.sequence - a.sequence)[0] ?? null;
  }

  async findReleased(payment_collection_id: string): Promise<AttemptRecord[]> {
    return this.all()
      .filter(
        (attempt) => attempt.payment_collection_id === payment_collection_id && attempt.status === "released",
      )
      .filter((attempt) => attempt.gateway_reference !== null && !this.claimed(attempt.id))
      .sort((a, b) => b.sequence - a.sequence);
  }

  async handOver(from_id: string, to_id: string, gateway_reference: string): Promise<boolean> {
    const from = this.attempts.get(from_id);
    if (from?.status !== "released" || from.gateway_reference !== gateway_reference) {
      return false;
    }
    this.write(from_id, { status: "canceled", gateway_reference: null });
    this.write(to_id, { gateway_reference });
    return true;
  }

  async changeAttempt(
    id: string,
    to: AttemptStatus,
    change: AttemptChange = {},
  ): Promise<AttemptRecord | null> {
    const attempt = this.attempts.get(id);
    return attempt && canChange(attempt.status, to) ? this.write(id, { ...change, status: to }) : null;
  }

  async annotateAttempt(id: string, change: AttemptChange): Promise<AttemptRecord> {
    return this.write(id, change);
  }

  async claimAttempt(id: string, owner: string, lease_ms: number): Promise<boolean> {
    if (!this.attempts.has(id) || this.claimed(id)) {
      return false;
    }
    this.claims.set(id, { owner, until: Date.now() + lease_ms });
    return true;
  }

  async renewClaim(id: string, owner: string, lease_ms: number): Promise<boolean> {
    const held = this.claims.get(id)?.owner === owner;
    if (held) {
      this.claims.set(id, { owner, until: Date.now() + lease_ms });
    }
    return held;
  }

  async releaseClaim(id: string, owner: string): Promise<void> {
    if (this.claims.get(id)?.owner === owner) {
      this.claims.delete(id);
    }
  }

  async isClaimed(id: string): Promise<boolean> {
    return this.claimed(id);
  }

  async beginOperation(input: Parameters<PaymentJournal["beginOperation"]>[0]): Promise<OperationRecord> {
    const earlier = [...this.operations.values()].find(
      ({ idempotency_key }) => idempotency_key === input.idempotency_key,
    );
    const operation: EndedOperation = {
      ...(earlier ?? {
        ...input,
        id: `payop_${randomUUID()}`,
        gateway_reference: null,
        error_kind: null,
        tries: 0,
      }),
      source_id: input.source_id ?? null,
      status: "started",
      started_at: new Date(),
      finished_at: null,
      end: null,
      tries: (earlier?.tries ?? 0) + 1,
    };
    this.operations.set(operation.id, operation);
    return operation;
  }

  async endOperation(id: string, end: OperationEnd): Promise<void> {
    const operation = this.operations.get(id);
    if (operation) {
      const { status, gateway_reference = null, source_id = operation.source_id, error_kind = null } = end;
      this.operations.set(id, {
        ...operation,
        status,
        gateway_reference,
        source_id,
        error_kind,
        finished_at: new Date(),
        end,
      });
    }
  }

  async listOperations(attempt_id: string, kinds: readonly OperationKind[]): Promise<EndedOperation[]> {
    return [...this.operations.values()].filter(
      (operation) => operation.attempt_id === attempt_id && kinds.includes(operation.kind),
    );
  }

  /** No reconciler runs here. */
  async lookWithin(): Promise<void> {}

  observe(event: GatewayCallObserved): void {
    this.calls.push(event);
  }

  /** Nothing is handed over in a test that makes its sessions as Medusa's own route does. */
  takeStartData(): undefined {
    return undefined;
  }

  async openFinding(finding: NewFinding): Promise<void> {
    this.findings.push(finding);
  }

  async closeFinding(kind: FindingKind, subject: string): Promise<void> {
    const at = this.findings.findIndex((open) => open.kind === kind && subjectOf(open) === subject);
    if (at >= 0) {
      this.findings.splice(at, 1);
    }
  }

  /** Everything on record as text, to look for what must not be there. */
  dump(): string {
    const kept = [this.all(), [...this.operations.values()], this.findings, this.calls];
    return JSON.stringify(kept, (_key, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value,
    );
  }

  private all(): AttemptRecord[] {
    return [...this.attempts.values()];
  }

  private claimed(id: string): boolean {
    return (this.claims.get(id)?.until ?? 0) > Date.now();
  }

  private write(id: string, change: AttemptChange & { status?: AttemptStatus }): AttemptRecord {
    const attempt = this.attempts.get(id);
    if (!attempt) {
      throw new Error(`Payment attempt ${id} is not on record.`);
    }
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const next: AttemptRecord = { ...attempt, ...given, updated_at: new Date() };
    this.refuseSharedPayment(next);
    this.attempts.set(id, next);
    return next;
  }

  private refuseSharedPayment({ id, provider_id, gateway_reference }: AttemptRecord): void {
    const other = this.all().find(
      (attempt) =>
        attempt.id !== id &&
        gateway_reference !== null &&
        attempt.provider_id === provider_id &&
        attempt.gateway_reference === gateway_reference,
    );
    if (other) {
      throw new Error(`Attempts ${id} and ${other.id} cannot share the payment ${gateway_reference}.`);
    }
  }
}
