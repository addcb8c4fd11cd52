/** What a spreadsheet takes for a formula when a cell begins with it. */
const STARTS_A_FORMULA = /^[=+\-@\t\r]/;

/**
 * One line of a CSV file by RFC 4180. A cell that a spreadsheet would carry out as a formula gets an apostrophe before
 * it, which spreadsheets take for "this is text".
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) {
    return "";
  }
  const text = String(value);
  const harmless = STARTS_A_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
