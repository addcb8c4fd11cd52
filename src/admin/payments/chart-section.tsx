import { Button } from "@medusajs/ui";
import { useState, type ReactElement, type ReactNode } from "react";
import { Section } from "../components/section";
import { useTexts } from "../lib/use-texts";

/** A chart, and the same as a table for whoever cannot see it. The chart draws both ways itself; the box stays as it is. */
export function ChartSection({
  title,
  hint,
  chart,
  table,
}: Readonly<{ title: string; hint: string; chart: ReactNode; table: ReactNode }>): ReactElement {
  const { t } = useTexts();
  const [as_table, setAsTable] = useState(false);
  return (
    <Section
      title={title}
      hint={hint}
      actions={
        <Button size="small" variant="transparent" onClick={() => setAsTable(!as_table)}>
          {t(as_table ? "payments.as_chart" : "payments.as_table")}
          <span className="sr-only">: {title}</span>
        </Button>
      }
    >
      {as_table ? (
        <div role="region" aria-label={title} tabIndex={0} className="max-h-80 overflow-auto">
          {table}
        </div>
      ) : (
        <div dir="ltr" className="h-72 px-3 py-4" data-chart>
          {chart}
        </div>
      )}
    </Section>
  );
}
