export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** As PayPal's objects have it: UTC, whole seconds. */
export function timestamp(at_ms: number): string {
  return new Date(at_ms).toISOString().replace(/\.\d+Z$/, "Z");
}
