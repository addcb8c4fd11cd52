import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { UNPAID_STATUSES, type AttemptStatus } from "../../../gateway/attempt-states";
import type { AttemptRecord } from "../../../gateway/journal";
import { isExhausted, nextCheck, type ScheduleOptions } from "../../../services/reconcile/schedule";
import { toAttemptRecord, type AttemptRow } from "./attempt-row";
import { takeDue, type DueTable } from "./due-rows";

const TABLE = "tender_payment_attempt";

const DUE: DueTable = {
  table: TABLE,
  due_column: "next_check_at",
  count_column: "checks",
  lease_ms: 5 * 60_000,
  columns: ["*"],
};

/** What was just learned is looked at this much later, should the server stop before it has acted on it. */
const SOON_MS = 60_000;

/** An attempt that is due, and whether this was the last look its schedule has. */
export type DueAttempt = Readonly<{ attempt: AttemptRecord; last: boolean }>;

/** Which attempts the reconciler looks at next. Its cost follows the unfinished ones: only they are in the index. */
export class AttemptQueue {
  constructor(
    private readonly knex: Knex,
    private readonly options: ScheduleOptions,
  ) {}

  /**
   * The columns that go with a change of status: the schedule begins anew. A look that an order's payment waits for
   * already stays: a move that was asked for is looked at whatever it changed. One that was pending
   * and is canceled is looked at soon: its order may stand unpaid, and the server stop before it has told anybody.
   */
  restart(
    status: AttemptStatus,
    decline: AttemptRecord["decline"] = null,
    now = new Date(),
  ): Record<string, unknown> {
    const first = (order_id: string | null) =>
      nextCheck({ status, order_id, decline, authorization_expires_at: null }, 0, now, this.options);
    const soon = status === "canceled" ? new Date(now.getTime() + SOON_MS) : null;
    return {
      checks: 0,
      next_check_at: this.knex.raw(
        `CASE WHEN order_id IS NOT NULL THEN LEAST(?::timestamptz, next_check_at)
           WHEN status = 'pending' THEN LEAST(?::timestamptz, ?::timestamptz)
           ELSE ?::timestamptz END`,
        [first("ordered"), first(null), soon, first(null)],
      ),
    };
  }

  /** The columns of a new attempt. */
  first(status: AttemptStatus, now = new Date()): Record<string, unknown> {
    const unpaid = { status, order_id: null, authorization_expires_at: null };
    return { checks: 0, next_check_at: nextCheck(unpaid, 0, now, this.options) };
  }

  /**
   * The columns that go with an order: aftercare, and a look before the authorization lapses. Where the money is gone
   * already, a look soon: the server may stop before it has told anybody.
   */
  settle(now = new Date()): Record<string, unknown> {
    const first = (status: AttemptStatus) =>
      nextCheck({ status, order_id: "ordered", authorization_expires_at: null }, 0, now, this.options);
    return {
      checks: 0,
      next_check_at: this.knex.raw(
        `CASE WHEN status IN ('authorized', 'captured')
           THEN LEAST(?::timestamptz, authorization_expires_at - ? * interval '1 millisecond')
           ELSE ?::timestamptz END`,
        [first("authorized"), this.options.expiry_warning_ms, first("canceled")],
      ),
    };
  }

  /**
   * Takes attempts that are due, oldest first; several servers never take the same. Those that their shoppers left unpaid
   * come last: after somebody tried stolen cards they come by the thousand, and must not hold up orders.
   */
  async take(limit: number, now = new Date()): Promise<DueAttempt[]> {
    const left_before = new Date(now.getTime() - this.options.abandoned_after_ms);
    const is_left = this.knex.raw("order_id IS NULL AND status = ANY(?) AND updated_at <= ?", [
      [...UNPAID_STATUSES],
      left_before,
    ]);
    const rows = await takeDue<AttemptRow>(this.knex, DUE, limit, now, is_left);
    return rows.map((row) => {
      const attempt = toAttemptRecord(row);
      return { attempt, last: isExhausted(attempt, row.checks, this.options) };
    });
  }

  /** Has an attempt looked at within this time, whatever its schedule says. */
  async hasten(id: string, within_ms: number, now = new Date()): Promise<void> {
    const soon = new Date(now.getTime() + within_ms);
    await this.knex(TABLE)
      .where({ id })
      .update({ checks: 0, next_check_at: this.knex.raw("LEAST(next_check_at, ?::timestamptz)", [soon]) });
  }

  /** Sets when a taken attempt is looked at again, from where it stands now. */
  async putBack(id: string, now = new Date()): Promise<void> {
    const row = await this.knex<AttemptRow>(TABLE).where({ id }).first();
    // One without a look since its last change was scheduled by that change.
    if (row && row.checks > 0) {
      const next_check_at = nextCheck(toAttemptRecord(row), row.checks, now, this.options);
      await this.knex<AttemptRow>(TABLE).where({ id, checks: row.checks }).update({ next_check_at });
    }
  }
}
