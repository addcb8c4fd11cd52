import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { AttemptRecord } from "../../../gateway/journal";
import type { OperationKind } from "../../../gateway/operations";
import type { Money } from "../../../gateway/money";
import { toAttemptRecord, type AttemptRow } from "./attempt-row";

const ATTEMPTS = "tender_payment_attempt";
const OPERATIONS = "tender_payment_operation";

/** An attempt that has a payment at its gateway, with what its operations moved. */
export type LedgerEntry = Readonly<{
  attempt: AttemptRecord;
  captured: Money;
  refunded: Money;
  /** True when some call that moves money has no known end. */
  has_lost_operations: boolean;
}>;

export type LedgerScope = Readonly<{
  provider_ids?: readonly string[];
  /** Attempts made since then. */
  since?: Date;
}>;

type MovedRow = Readonly<{
  attempt_id: string;
  kind: OperationKind;
  lost: boolean;
  moved_minor: string | null;
}>;

/** Reads attempts together with their money, page by page in the order of their ids, however many there are. */
export class LedgerStore {
  constructor(private readonly knex: Knex) {}

  async count(scope: LedgerScope): Promise<number> {
    const [row] = await this.inScope(scope).count<{ count: string }[]>("* as count");
    return Number(row?.count ?? 0);
  }

  /** Up to `limit` entries after the one with this id. */
  async page(scope: LedgerScope, after_id: string, limit: number): Promise<LedgerEntry[]> {
    const rows = await this.inScope(scope)
      .where("id", ">", after_id)
      .orderBy("id")
      .limit(limit)
      .select<AttemptRow[]>("*");
    return this.withMoves(rows);
  }

  async find(attempt_id: string): Promise<LedgerEntry | undefined> {
    const rows = await this.knex<AttemptRow>(ATTEMPTS).where({ id: attempt_id }).whereNull("deleted_at");
    return (await this.withMoves(rows))[0];
  }

  private inScope({ provider_ids, since }: LedgerScope): Knex.QueryBuilder {
    const query = this.knex(ATTEMPTS).whereNull("deleted_at").whereNotNull("gateway_reference");
    if (provider_ids) {
      query.whereIn("provider_id", [...provider_ids]);
    }
    if (since) {
      query.where("created_at", ">=", since);
    }
    return query;
  }

  private async withMoves(rows: readonly AttemptRow[]): Promise<LedgerEntry[]> {
    const moves: MovedRow[] = await this.knex(OPERATIONS)
      .whereIn(
        "attempt_id",
        rows.map(({ id }) => id),
      )
      .whereIn("kind", ["authorize", "capture", "refund", "cancel"] satisfies OperationKind[])
      .whereNull("deleted_at")
      .groupBy("attempt_id", "kind")
      .select("attempt_id", "kind")
      .select(this.knex.raw("bool_or(status in ('started', 'unknown')) as lost"))
      .select(
        this.knex.raw("sum(amount_minor::numeric) filter (where status = 'succeeded')::text as moved_minor"),
      );
    const moves_of = new Map<string, MovedRow[]>(rows.map(({ id }) => [id, []]));
    moves.forEach((move) => moves_of.get(move.attempt_id)?.push(move));
    return rows.map((row) => toEntry(toAttemptRecord(row), moves_of.get(row.id) ?? []));
  }
}

function toEntry(attempt: AttemptRecord, moves: readonly MovedRow[]): LedgerEntry {
  const { currency } = attempt.amount;
  const moved = (wanted: OperationKind) => moves.find(({ kind }) => kind === wanted)?.moved_minor;
  const captured = moved("capture");
  return {
    attempt,
    // A gateway that captures with the authorization takes the whole at once, and no operation of its own tells it.
    captured:
      captured == null && attempt.status === "captured"
        ? attempt.amount
        : { amount_minor: BigInt(captured ?? 0), currency },
    refunded: { amount_minor: BigInt(moved("refund") ?? 0), currency },
    has_lost_operations: moves.some(({ lost }) => lost),
  };
}
