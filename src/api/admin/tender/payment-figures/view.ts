import { moneyToDecimal } from "../../../../gateway";
import type {
  DeclineTotals,
  FigureQuery,
  ProviderTotals,
  TimeTotals,
} from "../../../../modules/tender/stores/figure-store";
import { approvalRate, percentile, type Counts } from "../../../../services";
import type { PaymentFigures } from "../../../../workflows/operate/read-payment-figures";
import type { AdminMoneyFigure, AdminPaymentFigures } from "./contract";

/** Codes that are told of each category. */
const TOP_CODES = 5;

/** Figures as the Admin API shows them. */
export function figuresView(
  { totals, declines, times, series, open_findings }: PaymentFigures,
  { period, time_zone }: FigureQuery,
): AdminPaymentFigures {
  const all = countsOf(totals);
  const carts = times.map(({ step, carts: count }) => ({ step, count }));
  return {
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    time_zone,
    open_findings,
    ...all,
    approval_rate: approvalRate(all),
    approved_amounts: amountsOf(totals, ({ approved, approved_minor }) => [approved, approved_minor]),
    recovered: amountsOf(totals, ({ recovered, recovered_minor }) => [recovered, recovered_minor]),
    time_to_pay: {
      carts: carts.reduce((sum, { count }) => sum + count, 0),
      median_ms: percentile(carts, 0.5),
      p90_ms: percentile(carts, 0.9),
    },
    declines: declinesView(declines),
    providers: providersView(totals, times),
    series: {
      unit: period.unit,
      points: series.map((point) => ({ ...countsOf([point]), starts_at: point.starts_at.toISOString() })),
    },
  };
}

function countsOf(rows: readonly Counts[]): Counts {
  const sum = (name: keyof Counts) => rows.reduce((total, row) => total + row[name], 0);
  return {
    attempts: sum("attempts"),
    approved: sum("approved"),
    declined: sum("declined"),
    not_reached: sum("not_reached"),
  };
}

/** Summed per currency, the largest number of carts first. */
function amountsOf(
  totals: readonly ProviderTotals[],
  pick: (row: ProviderTotals) => readonly [carts: number, amount_minor: bigint],
): AdminMoneyFigure[] {
  return [...groupedBy(totals, ({ currency }) => currency)]
    .map(([currency, rows]) => {
      const picked = rows.map(pick);
      const amount_minor = picked.reduce((sum, [, minor]) => sum + minor, 0n);
      return {
        currency_code: currency.toLowerCase(),
        carts: picked.reduce((sum, [carts]) => sum + carts, 0),
        amount: Number(moneyToDecimal({ amount_minor, currency })),
      };
    })
    .filter(({ carts }) => carts > 0)
    .sort((a, b) => b.carts - a.carts);
}

function declinesView(declines: readonly DeclineTotals[]): AdminPaymentFigures["declines"] {
  return [...groupedBy(declines, ({ category }) => category)]
    .map(([category, rows]) => ({
      category,
      count: rows.reduce((sum, row) => sum + row.declines, 0),
      codes: rows
        .filter(({ code }) => code !== "")
        .slice(0, TOP_CODES)
        .map(({ code, declines: count }) => ({ code, count })),
    }))
    .sort((a, b) => b.count - a.count);
}

function providersView(
  totals: readonly ProviderTotals[],
  times: readonly TimeTotals[],
): AdminPaymentFigures["providers"] {
  return [...groupedBy(totals, ({ provider_id }) => provider_id)]
    .map(([provider_id, rows]) => {
      const counts = countsOf(rows);
      const own = times.filter((time) => time.provider_id === provider_id);
      return {
        provider_id,
        ...counts,
        approval_rate: approvalRate(counts),
        median_ms: percentile(
          own.map(({ step, attempts: count }) => ({ step, count })),
          0.5,
        ),
      };
    })
    .sort((a, b) => b.attempts - a.attempts);
}

function groupedBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
