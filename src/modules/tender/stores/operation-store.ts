import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type {
  OperationEnd,
  OperationKind,
  OperationRecord,
  OperationStatus,
  PaymentJournal,
} from "../../../gateway/journal";

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
  tries: number;
  started_at: Date;
};

/** First re-check of an operation whose outcome is unknown; the reconciler widens from here. */
const FIRST_CHECK_MS = 60_000;

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
    started_at: row.started_at,
  };
}
