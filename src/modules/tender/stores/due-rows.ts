import type { Knex } from "@medusajs/framework/mikro-orm/knex";

/** A table whose rows fall due. Both columns stand in the row; only what is to be looked at again has a due time. */
export type DueTable = Readonly<{
  table: string;
  due_column: string;
  /** Counts how often a row was taken. */
  count_column: string;
  /** Who takes a row has this long; after a crash it is due again. */
  lease_ms: number;
  /** What of a row is read. */
  columns: readonly string[];
}>;

/**
 * Takes at most `limit` rows that are due, earliest first, and counts the look; several workers and servers never take
 * the same. What was taken stays due at the end of its lease, until whoever took it says otherwise.
 *
 * @param can_wait a condition: rows of which it holds come after all others
 */
export async function takeDue<Row>(
  knex: Knex,
  { table, due_column, count_column, lease_ms, columns }: DueTable,
  limit: number,
  now: Date,
  can_wait?: Knex.Raw,
): Promise<Row[]> {
  const due = knex(table)
    .select("id")
    .whereNotNull(due_column)
    .where(due_column, "<=", now)
    .whereNull("deleted_at")
    .modify((query) => {
      if (can_wait) {
        void query.orderByRaw(can_wait);
      }
    })
    .orderBy(due_column)
    .limit(limit)
    .forUpdate()
    .skipLocked();
  // Materialized: as a plain subquery it may be run once for each row it is joined with, and take more than `limit`.
  return knex(table)
    .withMaterialized("due", due)
    .whereIn("id", knex("due").select("id"))
    .update({
      [count_column]: knex.raw("?? + 1", [count_column]),
      [due_column]: new Date(now.getTime() + lease_ms),
    })
    .returning([...columns]) as unknown as Promise<Row[]>;
}
