import { Table } from "@medusajs/ui";
import type { ComponentProps, ReactElement } from "react";

/** Medusa's row, whose outer cells keep their distance on either side, also in Arabic. */
export function TableRow({ className = "", ...row }: ComponentProps<typeof Table.Row>): ReactElement {
  return (
    <Table.Row
      className={`[&_td:first-child]:ps-6 [&_td:last-child]:pe-6 [&_th:first-child]:ps-6 [&_th:last-child]:pe-6 ${className}`}
      {...row}
    />
  );
}

/** The head of a table: its columns' names, above where their cells begin. */
export function TableHead({ columns }: Readonly<{ columns: readonly string[] }>): ReactElement {
  return (
    <Table.Header>
      <TableRow>
        {columns.map((column) => (
          <Table.HeaderCell key={column} className="text-start">
            {column}
          </Table.HeaderCell>
        ))}
      </TableRow>
    </Table.Header>
  );
}
