import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { GatewayErrorKind } from "../../../gateway/errors";
import type { PaymentJournal } from "../../../gateway/journal";
import type {
  OperationEnd,
  OperationKind,
  OperationRecord,
  OperationStatus,
} from "../../../gateway/operations";
import { RECHECK_MS } from "../../../services/reconcile/schedule";
import { takeDue, type DueTable } from "./due-rows";

const TABLE = "tender_payment_operation";

const DUE: DueTable = {
  table: TABLE,
  due_column: "next_check_at",
  count_column: "checks",
  lease_ms: 5 * 60_000,
  columns: ["id", "attempt_id", "checks"],
};

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
  error_kind: GatewayErrorKind | null;
  tries: number;
  started_at: Date;
  finished_at: Date | null;
};

const OPEN: readonly OperationStatus[] = ["started", "unknown"];

/** First re-check of an operation whose outcome is unknown; the reconciler widens from here. */
const FIRST_CHECK_MS = RECHECK_MS[0] ?? 0;

/** An operation that is due, how often it was looked at, this time included, and whether its schedule ends here. */
export type DueOperation = Readonly<{ id: string; attempt_id: string; checks: number; last: boolean }>;

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
    const rows = await takeDue<Omit<DueOperation, "last">>(this.knex, DUE, limit, now);
    return rows.map((row) => ({ ...row, last: RECHECK_MS[row.checks] === undefined }));
  }

  /** Sets when a taken operation is looked at again, unless it ended or was started once more meanwhile. */
  async putBack({ id, checks }: DueOperation, now = new Date()): Promise<void> {
    const pause_ms = RECHECK_MS[checks];
    await this.knex(TABLE)
      .where({ id, checks })
      .whereIn("status", [...OPEN])
      .update({ next_check_at: pause_ms === undefined ? null : new Date(now.getTime() + pause_ms) });
  }

  /** Whether the operation's end is still not known. */
  async isOpen(id: string): Promise<boolean> {
    const row = await this.knex<OperationRow>(TABLE)
      .where({ id })
      .whereIn("status", [...OPEN])
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
    error_kind: row.error_kind,
    started_at: row.started_at,
    finished_at: row.finished_at,
  };
}
