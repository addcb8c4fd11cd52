import { Pool, type PoolClient } from "pg";

/** The store's database as the suite reads it, past the store. */
export class Database {
  private readonly pool: Pool;

  constructor(readonly url: string) {
    this.pool = new Pool({ connectionString: url, max: 4 });
    // A restart of Postgres cuts idle connections; the next query opens another.
    this.pool.on("error", () => undefined);
  }

  async rows<T>(sql: string, values: readonly unknown[] = []): Promise<readonly T[]> {
    const { rows } = await this.pool.query(sql, [...values]);
    return rows as T[];
  }

  /** Leases are measured by Postgres's clock, which the suite cannot move; those of a killed server end by that alone. */
  async advanceLeases(by_ms: number): Promise<void> {
    await this.pool.query(
      `update tender_payment_attempt set
         claimed_until = claimed_until - $1 * interval '1 millisecond',
         mirrored_until = mirrored_until - $1 * interval '1 millisecond'
        where claimed_until is not null or mirrored_until is not null`,
      [by_ms],
    );
  }

  /** A schedule that was checked is over: the reconciler need not look after its payments any more. */
  async retire(cart_ids: readonly string[]): Promise<void> {
    await this.pool.query(
      "update tender_payment_attempt set next_check_at = null where cart_id = any($1) and next_check_at is not null",
      [cart_ids],
    );
  }

  /** Resolves when Postgres answers again. */
  async untilAnswering(timeout_ms: number): Promise<void> {
    const deadline = Date.now() + timeout_ms;
    for (;;) {
      try {
        await this.pool.query("select 1");
        return;
      } catch (error) {
        if (Date.now() > deadline) {
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  connect(): Promise<PoolClient> {
    return this.pool.connect();
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
