import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type {
  OperationEnd,
  OperationKind,
  OperationRecord,
  OperationStatus,
  PaymentJournal,
} from "../../../gateway/journal";

import { RECHECK_MS } from "../../../services/reconcile/schedule";

const TABLE = "tender_payment_operation";

type OperationRow = {
  id: string;
  attempt_id: string;
  kind: OperationKind;
  amount_minor: string | null;
  currency: string | null;
  idempotency_key: string;
  status: OperationStatus;
  source_id: string | null;
  gateway_reference: string | null;
  tries: number;
  started_at: Date;
};

/** First re-check of an operation whose outcome is unknown; the reconciler widens from here. */
const FIRST_CHECK_MS = RECHECK_MS[0] ?? 0;

/** An attempt with an operation that is due, and whether this was the last look of its schedule. */
export type DueOperation = Readonly<{ id: string; attempt_id: string; last: boolean }>;

/** The journal of calls to gateways in Postgres. */
export class OperationStore {
  constructor(private readonly knex: Knex) {}

  /** Writes the call down. The same key again is the same operation, started once more. */
  async begin(
    input: Parameters<PaymentJournal["beginOperation"]>[0],
  ): ReturnType<PaymentJournal["beginOperation"]> {
    const now = new Date();
    const [row] = await this.knex<OperationRow>(TABLE)
      .insert({
        id: generateEntityId(undefined, "payop"),
        attempt_id: input.attempt_id,
        kind: input.kind,
        amount_minor: input.amount?.amount_minor.toString() ?? null,
        currency: input.amount?.currency ?? null,
        idempotency_key: input.idempotency_key,
        status: "started",
        source_id: input.source_id ?? null,
        tries: 1,
        started_at: now,
        // Nobody ends it when the server dies meanwhile.
        next_check_at: new Date(now.getTime() + FIRST_CHECK_MS),
        created_at: now,
        updated_at: now,
      } as never)
      .onConflict(this.knex.raw("(idempotency_key) WHERE deleted_at IS NULL") as never)
      .merge({
        status: "started",
        source_id: input.source_id ?? null,
        tries: this.knex.raw(`${TABLE}.tries + 1`),
        started_at: now,
        finished_at: null,
        checks: 0,
        next_check_at: new Date(now.getTime() + FIRST_CHECK_MS),
        updated_at: now,
      } as never)
      .returning("*");
    return toRecord(row as OperationRow);
  }

  async end(id: string, end: OperationEnd): Promise<void> {
    const now = new Date();
    await this.knex(TABLE)
      .where({ id })
      .update({
        status: end.status,
        gateway_reference: end.gateway_reference ?? null,
        ...(end.source_id !== undefined && { source_id: end.source_id }),
        error_kind: end.error_kind ?? null,
        error_message: end.error_message?.slice(0, 500) ?? null,
        finished_at: now,
        next_check_at: end.status === "unknown" ? new Date(now.getTime() + FIRST_CHECK_MS) : null,
        updated_at: now,
      });
  }

  async list(attempt_id: string, kinds: readonly OperationKind[]): Promise<OperationRecord[]> {
    const rows = await this.knex<OperationRow>(TABLE)
      .where({ attempt_id })
      .whereIn("kind", [...kinds])
      .orderBy("started_at");
    return rows.map(toRecord);
  }

  /** Takes operations of which nobody knows the end, oldest first; several servers never take the same. */
  async takeDue(limit: number, now = new Date()): Promise<DueOperation[]> {
    const due = this.knex(TABLE)
      .select("id")
      .whereNotNull("next_check_at")
      .where("next_check_at", "<=", now)
      .whereNull("deleted_at")
      .orderBy("next_check_at")
      .limit(limit)
      .forUpdate()
      .skipLocked();
    const rows: { id: string; attempt_id: string; next_check_at: Date | null }[] = await this.knex(TABLE)
      .whereIn("id", due)
      .update({
        checks: this.knex.raw("checks + 1"),
        next_check_at: this.knex.raw(
          "?::timestamptz + (?::bigint[])[checks + 2] * interval '1 millisecond'",
          [now, [...RECHECK_MS]],
        ),
      })
      .returning(["id", "attempt_id", "next_check_at"]);
    return rows.map(({ id, attempt_id, next_check_at }) => ({
      id,
      attempt_id,
      last: next_check_at === null,
    }));
  }

  /** Whether the operation's end is still not known. */
  async isOpen(id: string): Promise<boolean> {
    const row = await this.knex<OperationRow>(TABLE)
      .where({ id })
      .whereIn("status", ["started", "unknown"])
      .first("id");
    return row !== undefined;
  }
}

function toRecord(row: OperationRow): OperationRecord {
  return {
    id: row.id,
    attempt_id: row.attempt_id,
    kind: row.kind,
    amount:
      row.amount_minor === null || row.currency === null
        ? null
        : { amount_minor: BigInt(row.amount_minor), currency: row.currency },
    idempotency_key: row.idempotency_key,
    status: row.status,
    source_id: row.source_id,
    gateway_reference: row.gateway_reference,
    started_at: row.started_at,
  };
}
