import type { LedgerRow } from "../simulators/paypal";

/** A row of PayPal's books with its amounts as numbers. */
export type BookedRow = Readonly<{
  [Name in keyof LedgerRow]: LedgerRow[Name] extends bigint ? number : LedgerRow[Name];
}>;

/** For tests of everyday amounts, in minor units: numbers hold these exactly. */
export function inNumbers(row: LedgerRow): BookedRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
  ) as BookedRow;
}
