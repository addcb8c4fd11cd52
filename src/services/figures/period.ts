/** The periods an operator chooses from, in hours. */
export const PERIOD_HOURS = {
  "24h": 24,
  "7d": 7 * 24,
  "30d": 30 * 24,
  "90d": 90 * 24,
  "365d": 365 * 24,
} as const;
export type Preset = keyof typeof PERIOD_HOURS;

const HOUR_MS = 3_600_000;
/** Longest period that figures are read for. */
export const MOST_DAYS = 400;
/** Up to here charts have a point an hour, beyond it one a day. */
const HOURLY_UP_TO_HOURS = 72;

/** From the beginning of an hour to the beginning of another, which is not in it. */
export type Period = Readonly<{ from: Date; to: Date; unit: "hour" | "day" }>;

/** Whole hours from the first one that `from` lies in to the last one that `to` lies in. */
export function periodOf(asked: Readonly<{ preset: Preset; from?: Date; to?: Date }>, now: Date): Period {
  const to = nextHour(asked.to ?? now);
  const from = asked.from
    ? hourOf(asked.from)
    : new Date(to.getTime() - PERIOD_HOURS[asked.preset] * HOUR_MS);
  const hours = (to.getTime() - from.getTime()) / HOUR_MS;
  return { from, to, unit: hours <= HOURLY_UP_TO_HOURS ? "hour" : "day" };
}

/** The period's whole days in UTC, and the hours before and after them. Where it holds no whole day all is hours. */
export function splitDays({ from, to }: Pick<Period, "from" | "to">): {
  days: readonly [from: Date, to: Date];
  hours: readonly (readonly [from: Date, to: Date])[];
} {
  const first = dayOf(new Date(from.getTime() + 24 * HOUR_MS - 1));
  const last = dayOf(to);
  return first < last
    ? {
        days: [first, last],
        hours: [
          [from, first],
          [last, to],
        ],
      }
    : { days: [from, from], hours: [[from, to]] };
}

function hourOf(time: Date): Date {
  return new Date(Math.floor(time.getTime() / HOUR_MS) * HOUR_MS);
}

function nextHour(time: Date): Date {
  return new Date(Math.ceil(time.getTime() / HOUR_MS) * HOUR_MS);
}

function dayOf(time: Date): Date {
  return new Date(Math.floor(time.getTime() / (24 * HOUR_MS)) * 24 * HOUR_MS);
}
