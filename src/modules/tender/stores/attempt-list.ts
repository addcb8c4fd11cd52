import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { AttemptStatus } from "../../../gateway/attempt-states";
import type { DeclineCategory } from "../../../gateway/declines";
import type { AttemptRecord } from "../../../gateway/journal";
import { cursorAt, type PageCursor } from "./attempt-cursor";
import { toAttemptRecord, type AttemptRow } from "./attempt-row";

const TABLE = "tender_payment_attempt";

/** Up to so many finds are looked up one by one; beyond, they are so many that reading in the order of time meets them soon. */
const FEW_FINDS = 500;

/** An attempt as operators list it. */
export type ListedAttempt = Readonly<{
  attempt: AttemptRecord;
  region_id: string | null;
  approved_at: Date | null;
  declined_at: Date | null;
  /** Its latest refusal, also once it was approved with another card. */
  refusal: AttemptRecord["decline"];
}>;

/** Which attempts to list. A refused one stays `declined` here, although its payment is cleared away at the gateway later. */
export type AttemptFilter = Readonly<{
  status?: AttemptStatus;
  provider_id?: string;
  method?: string;
  region_id?: string;
  /** Upper case. */
  currency?: string;
  decline_category?: DeclineCategory;
  /** Begun at this time or later. */
  from?: Date;
  /** Begun before. */
  to?: Date;
  /** In minor units of `currency`; both ends are in. */
  least_minor?: bigint;
  most_minor?: bigint;
  search?: AttemptSearch;
}>;

/** What was searched for may be any of these. */
export type AttemptSearch = Readonly<{
  attempt_id?: string;
  payment_collection_ids?: readonly string[];
  /** The gateway's reference, or how it begins. */
  reference?: string;
}>;

export type AttemptPage = Readonly<{
  attempts: readonly ListedAttempt[];
  /** Leads to older ones. */
  next_cursor: string | null;
  /** Leads back to newer ones. */
  previous_cursor: string | null;
}>;

type ListedRow = AttemptRow & Readonly<{ created_us: string }>;

/** Attempts for operators, newest first. */
export class AttemptList {
  constructor(private readonly knex: Knex) {}

  /** The page before or after the cursor's row; rows that come in meanwhile move nothing. */
  async page(filter: AttemptFilter, limit: number, cursor?: PageCursor): Promise<AttemptPage> {
    const back = cursor?.direction === "previous";
    const few = await this.fewOf(filter);
    const query = this.filtered(filter, few)
      .select("*", this.knex.raw("(extract(epoch from created_at) * 1000000)::bigint::text as created_us"))
      .orderBy([
        { column: "created_at", order: back ? "asc" : "desc" },
        { column: "id", order: back ? "asc" : "desc" },
      ])
      .limit(limit + 1);
    if (cursor) {
      query.whereRaw(
        `(created_at, id) ${back ? ">" : "<"} (timestamptz 'epoch' + ? * interval '1 microsecond', ?)`,
        [cursor.created_us, cursor.id],
      );
    }
    const found: ListedRow[] = await query;
    const more = found.length > limit;
    const rows = found.slice(0, limit);
    if (back) rows.reverse();
    const [first, last] = [rows[0], rows.at(-1)];
    return {
      attempts: rows.map(toListed),
      next_cursor: last && (back || more) ? cursorAt("next", last) : null,
      previous_cursor: first && (back ? more : cursor !== undefined) ? cursorAt("previous", first) : null,
    };
  }

  async find(id: string): Promise<ListedAttempt | null> {
    const row = await this.table().where({ id }).first();
    return row ? toListed(row) : null;
  }

  /** @param few ids of which the others are none, where they are few */
  private filtered({ search, ...filter }: AttemptFilter, few?: readonly string[]): Knex.QueryBuilder {
    const query = this.table();
    const { status, decline_category, from, to } = filter;
    for (const column of ["provider_id", "method", "region_id", "currency"] as const) {
      const value = filter[column];
      if (value !== undefined) query.where(column, value);
    }
    if (status) query.where((row) => withStatus(row, status));
    if (decline_category) {
      query.whereNotNull("refusal").whereRaw("refusal ->> 'category' = ?", [decline_category]);
    }
    if (from) query.where("created_at", ">=", from);
    if (to) query.where("created_at", "<", to);
    withAmount(query, filter);
    if (few) query.whereIn("id", [...few]);
    else if (search) query.where((row) => matching(row, search));
    return query;
  }

  /** The ids of all that are found, or have such an amount; undefined where they are many, or neither was asked for. */
  private async fewOf(filter: AttemptFilter): Promise<string[] | undefined> {
    const { search, currency, least_minor, most_minor } = filter;
    if (search) return this.fewFinds(search);
    if (currency === undefined || (least_minor ?? most_minor) === undefined) return undefined;
    // Postgres cannot tell how rare an amount is, and would rather read everything in the order of time.
    const ids = await this.ids((row) => withAmount(row.where({ currency }), filter));
    return ids.length > FEW_FINDS ? undefined : ids;
  }

  private async fewFinds(search: AttemptSearch): Promise<string[] | undefined> {
    const { attempt_id, payment_collection_ids = [], reference } = search;
    const finds = await Promise.all([
      attempt_id !== undefined ? this.ids((row) => row.where({ id: attempt_id })) : [],
      payment_collection_ids.length > 0
        ? this.ids((row) => row.whereIn("payment_collection_id", [...payment_collection_ids]))
        : [],
      reference !== undefined ? this.ids((row) => row.whereLike("gateway_reference", prefix(reference))) : [],
    ]);
    const ids = [...new Set(finds.flat())];
    return finds.some(({ length }) => length > FEW_FINDS) ? undefined : ids;
  }

  private ids(where: (row: Knex.QueryBuilder) => void): Promise<string[]> {
    return this.table()
      .where(where as Knex.QueryCallback)
      .limit(FEW_FINDS + 1)
      .pluck("id");
  }

  private table(): Knex.QueryBuilder<AttemptRow> {
    return this.knex<AttemptRow>(TABLE).whereNull("deleted_at");
  }
}

function matching(
  row: Knex.QueryBuilder,
  { attempt_id, payment_collection_ids = [], reference }: AttemptSearch,
): void {
  row.whereIn("payment_collection_id", [...payment_collection_ids]);
  if (attempt_id !== undefined) row.orWhere({ id: attempt_id });
  if (reference !== undefined) row.orWhereLike("gateway_reference", prefix(reference));
}

function withAmount(row: Knex.QueryBuilder, { least_minor, most_minor }: AttemptFilter): void {
  if (least_minor !== undefined) row.whereRaw("amount_minor::numeric >= ?", [least_minor.toString()]);
  if (most_minor !== undefined) row.whereRaw("amount_minor::numeric <= ?", [most_minor.toString()]);
}

function withStatus(row: Knex.QueryBuilder, status: AttemptStatus): void {
  row.where({ status });
  if (status === "declined") {
    row.orWhere((cleared) => cleared.whereIn("status", CLEARED).whereNotNull("decline"));
  } else if (CLEARED.includes(status)) {
    row.whereNull("decline");
  }
}

const CLEARED: readonly AttemptStatus[] = ["released", "canceled"];

function prefix(text: string): string {
  return `${text.replace(/[\\%_]/g, "\\$&")}%`;
}

function toListed(row: AttemptRow): ListedAttempt {
  return {
    attempt: toAttemptRecord(row),
    region_id: row.region_id,
    approved_at: row.approved_at,
    declined_at: row.declined_at,
    refusal: row.refusal,
  };
}
