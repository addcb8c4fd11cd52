import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { DeclineCategory } from "../../../gateway/declines";
import type { FindingSeverity } from "../../../services";
import { splitDays, type Counts, type Period } from "../../../services/figures";
import { fillInHistory } from "./attempt-backfill";
import { refreshFigures } from "./figure-refresh";

/** Which attempts figures are about, by when they were begun. */
export type FigureQuery = Readonly<{
  period: Period;
  /** IANA name; days begin at its midnights. */
  time_zone: string;
  region_id?: string;
  provider_id?: string;
  /** Upper case. */
  currency?: string;
}>;

/** Of one provider in one currency; amounts in minor units. */
export type ProviderTotals = Counts &
  Readonly<{
    provider_id: string;
    currency: string;
    approved_minor: bigint;
    recovered: number;
    recovered_minor: bigint;
  }>;

export type DeclineTotals = Readonly<{ category: DeclineCategory; code: string; declines: number }>;
/** How many took so long; see `services/figures/time-steps.ts`. */
export type TimeTotals = Readonly<{ provider_id: string; step: number; attempts: number; carts: number }>;
export type Point = Counts & Readonly<{ starts_at: Date }>;

export type Figures = Readonly<{
  totals: readonly ProviderTotals[];
  declines: readonly DeclineTotals[];
  times: readonly TimeTotals[];
  series: readonly Point[];
}>;

type Bindings = readonly (string | Date)[];
type Condition = Readonly<{ sql: string; bindings: Bindings }>;

const COUNTS = `sum(attempts)::int attempts, sum(approved)::int approved, sum(declined)::int declined,
  sum(not_reached)::int not_reached`;

/**
 * Figures about payments. Whoever asks brings them up to date first, by a portion at most, and not at all while another
 * server is at it: after a rush they lag behind the attempts until somebody asks again, or the job catches up.
 */
export class FigureStore {
  private running: Promise<unknown> = Promise.resolve();
  private waiting: Promise<boolean> | undefined;

  constructor(private readonly knex: Knex) {}

  async read(query: FigureQuery): Promise<Figures> {
    await this.refresh();
    const [totals, declines, times, series] = await Promise.all([
      this.totals(query),
      this.declines(query),
      this.times(query),
      this.series(query),
    ]);
    return { totals, declines, times, series };
  }

  /**
   * Adds up what has changed before the call, a portion of it where that is much. Those who ask while one is at it share
   * the next: however many look, one connection is taken from those who pay.
   *
   * @returns whether more may be due
   */
  refresh(): Promise<boolean> {
    this.waiting ??= this.running.then(() => {
      this.waiting = undefined;
      const run = refreshFigures(this.knex);
      // Only for those who wait their turn: whoever asked for this run is told of its failure.
      this.running = run.catch(() => undefined);
      return run;
    });
    return this.waiting;
  }

  /** Adds up all that is due, and what the history of a store that was upgraded still lacks. */
  async catchUp(): Promise<void> {
    for (let is_more = true; is_more;) {
      is_more = await fillInHistory(this.knex);
      while (await this.refresh());
    }
  }

  /** Open findings by severity: what needs somebody's hand. */
  async openFindings(): Promise<Readonly<Record<FindingSeverity, number>>> {
    const rows: { severity: FindingSeverity; count: string }[] = await this.knex("tender_payment_finding")
      .where({ status: "open" })
      .whereNull("deleted_at")
      .groupBy("severity")
      .select("severity", this.knex.raw("count(*) as count"));
    const open = { high: 0, medium: 0, low: 0 };
    rows.forEach(({ severity, count }) => (open[severity] = Number(count)));
    return open;
  }

  private async totals(query: FigureQuery): Promise<ProviderTotals[]> {
    const { sql, bindings } = during(query);
    const rows = await this.rows<Record<"approved_minor" | "recovered_minor", string> & ProviderTotals>(
      `select provider_id, currency, ${COUNTS}, sum(approved_minor)::text approved_minor,
              sum(recovered)::int recovered, sum(recovered_minor)::text recovered_minor
         from tender_payment_figure where ${sql} group by provider_id, currency order by provider_id, currency`,
      bindings,
    );
    return rows.map((row) => ({
      ...row,
      approved_minor: BigInt(row.approved_minor),
      recovered_minor: BigInt(row.recovered_minor),
    }));
  }

  private declines(query: FigureQuery): Promise<DeclineTotals[]> {
    const { sql, bindings } = during(query);
    return this.rows(
      `select category, code, sum(declines)::int declines from tender_payment_decline_figure
        where ${sql} group by category, code order by declines desc, category, code`,
      bindings,
    );
  }

  private times(query: FigureQuery): Promise<TimeTotals[]> {
    const { days, hours } = splitDays(query.period);
    const spans = [
      { grain: "day", from: days[0], to: days[1] },
      ...hours.map(([from, to]) => ({ grain: "hour", from, to })),
    ].filter(({ from, to }) => from < to);
    const about = condition(query);
    return this.rows(
      `select provider_id, step, sum(attempts)::int attempts, sum(carts)::int carts from (${spans
        .map(
          () =>
            `select * from tender_payment_time_figure
              where grain = ? and starts_at >= ? and starts_at < ?${about.sql}`,
        )
        .join(" union all ")}) spans group by provider_id, step`,
      spans.flatMap(({ grain, from, to }) => [grain, from, to, ...about.bindings]),
    );
  }

  /**
   * A point for each hour or day of the period, also where nothing happened. Hours are those of the clock that never
   * changes: by a local one two of them have the same name in autumn.
   */
  private series(query: FigureQuery): Promise<Point[]> {
    const { sql, bindings } = during(query);
    const { period, time_zone } = query;
    const points =
      period.unit === "hour"
        ? `generate_series(?::timestamptz, ?::timestamptz - interval '1 second', interval '1 hour') starts_at`
        : `generate_series(date_trunc('day', ?::timestamptz at time zone ?),
             (?::timestamptz - interval '1 second') at time zone ?, interval '1 day') day,
           lateral (select day at time zone ? starts_at) point`;
    const counted = period.unit === "hour" ? "hour" : "date_trunc('day', hour at time zone ?) at time zone ?";
    const { from, to } = period;
    return this.rows(
      `select starts_at, coalesce(attempts, 0) attempts, coalesce(approved, 0) approved,
              coalesce(declined, 0) declined, coalesce(not_reached, 0) not_reached
         from ${points}
         left join (select ${counted} counted, ${COUNTS}
                      from tender_payment_figure where ${sql} group by 1) figures on counted = starts_at
        order by starts_at`,
      period.unit === "hour"
        ? [from, to, ...bindings]
        : [from, time_zone, to, time_zone, time_zone, time_zone, time_zone, ...bindings],
    );
  }

  private async rows<Row>(sql: string, bindings: Bindings): Promise<Row[]> {
    return (await this.knex.raw(sql, bindings)).rows;
  }
}

function during(query: FigureQuery): Condition {
  const about = condition(query);
  return {
    sql: `hour >= ? and hour < ?${about.sql}`,
    bindings: [query.period.from, query.period.to, ...about.bindings],
  };
}

function condition({ region_id, provider_id, currency }: FigureQuery): Condition {
  const asked = Object.entries({ region_id, provider_id, currency }).filter(
    (column): column is [string, string] => column[1] !== undefined,
  );
  return {
    sql: asked.map(([column]) => ` and ${column} = ?`).join(""),
    bindings: asked.map(([, value]) => value),
  };
}
