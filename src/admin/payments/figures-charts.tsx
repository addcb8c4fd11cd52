import { Table } from "@medusajs/ui";
import type { ReactElement } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { AdminPaymentFigures } from "../../api/admin/tender/payment-figures/contract";
import { TableHead, TableRow } from "../components/table-parts";
import { ChartSection } from "./chart-section";
import { useFiguresTexts } from "./use-figures-texts";

/** Colours with enough contrast on both of the dashboard's grounds. */
const RESULTS = [
  ["approved", "var(--tag-green-text)"],
  ["declined", "var(--tag-red-text)"],
  ["not_reached", "var(--tag-orange-text)"],
  ["undecided", "var(--tag-neutral-text)"],
] as const;

const AXIS = { tick: { fill: "var(--fg-subtle)", fontSize: 12 }, stroke: "var(--border-strong)" } as const;
const BOX = {
  contentStyle: {
    background: "var(--bg-base)",
    border: "1px solid var(--border-base)",
    borderRadius: 8,
    color: "var(--fg-base)",
    fontSize: 12,
  },
  isAnimationActive: false,
} as const;

/** What became of attempts over time, and how many of the decided ones were approved. */
export function FiguresCharts({ figures }: Readonly<{ figures: AdminPaymentFigures }>): ReactElement {
  const { t, number, percent, point, is_rtl } = useFiguresTexts();
  const { unit, points } = figures.series;
  const rows = points.map(({ starts_at, attempts, approved, declined, not_reached }) => ({
    label: point(starts_at, unit),
    approved,
    declined,
    not_reached,
    undecided: attempts - approved - declined - not_reached,
    rate: approved + declined === 0 ? null : (100 * approved) / (approved + declined),
  }));
  const name = (result: string) => t(`payments.results.${result}`);
  const x_axis = <XAxis dataKey="label" reversed={is_rtl} minTickGap={24} {...AXIS} />;
  const side = is_rtl ? "right" : "left";
  const title_of = (text: string) => ({
    value: text,
    angle: is_rtl ? 90 : -90,
    position: is_rtl ? ("insideRight" as const) : ("insideLeft" as const),
    style: { textAnchor: "middle" as const, fill: "var(--fg-subtle)", fontSize: 12 },
  });
  return (
    <div className="grid grid-cols-1 gap-3 xl:grid-cols-2">
      <ChartSection
        title={t("payments.outcomes_chart")}
        hint={t("payments.outcomes_hint")}
        chart={
          <ResponsiveContainer width="100%" height="100%">
            <BarChart data={rows} title={t("payments.outcomes_chart")}>
              <CartesianGrid vertical={false} stroke="var(--border-base)" />
              {x_axis}
              <YAxis
                allowDecimals={false}
                orientation={side}
                tickFormatter={number}
                label={title_of(t("payments.attempts_axis"))}
                {...AXIS}
              />
              <Tooltip {...BOX} formatter={(value) => number(Number(value))} />
              <Legend wrapperStyle={{ fontSize: 12 }} />
              {RESULTS.map(([result, color]) => (
                <Bar
                  key={result}
                  dataKey={result}
                  name={name(result)}
                  fill={color}
                  stackId="attempts"
                  isAnimationActive={false}
                />
              ))}
            </BarChart>
          </ResponsiveContainer>
        }
        table={
          <Table>
            <TableHead columns={[t("payments.chart_period"), ...RESULTS.map(([result]) => name(result))]} />
            <Table.Body>
              {rows.map((row) => (
                <TableRow key={row.label}>
                  <Table.Cell>{row.label}</Table.Cell>
                  {RESULTS.map(([result]) => (
                    <Table.Cell key={result}>{number(row[result])}</Table.Cell>
                  ))}
                </TableRow>
              ))}
            </Table.Body>
          </Table>
        }
      />
      <ChartSection
        title={t("payments.rate_chart")}
        hint={t("payments.rate_hint")}
        chart={
          <ResponsiveContainer width="100%" height="100%">
            <LineChart data={rows} title={t("payments.rate_chart")}>
              <CartesianGrid vertical={false} stroke="var(--border-base)" />
              {x_axis}
              <YAxis
                domain={[0, 100]}
                orientation={side}
                tickFormatter={(value: number) => percent(value / 100)}
                label={title_of(t("payments.rate_axis"))}
                {...AXIS}
              />
              <Tooltip {...BOX} formatter={(value) => percent(Number(value) / 100)} />
              <Line
                dataKey="rate"
                name={t("payments.approval_rate")}
                stroke="var(--tag-green-text)"
                strokeWidth={2}
                dot={{ r: 2 }}
                connectNulls={false}
                isAnimationActive={false}
              />
            </LineChart>
          </ResponsiveContainer>
        }
        table={
          <Table>
            <TableHead columns={[t("payments.chart_period"), t("payments.approval_rate")]} />
            <Table.Body>
              {rows.map(({ label, rate }) => (
                <TableRow key={label}>
                  <Table.Cell>{label}</Table.Cell>
                  <Table.Cell>{rate === null ? t("payments.no_value") : percent(rate / 100)}</Table.Cell>
                </TableRow>
              ))}
            </Table.Body>
          </Table>
        }
      />
    </div>
  );
}
