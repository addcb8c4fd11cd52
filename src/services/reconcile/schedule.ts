import type { AttemptRecord } from "../../gateway";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Pauses before what is unfinished is looked at again (Kill Bill's janitor: 5 m, 1 h, 1 d five times; we begin at 1 m). */
export const RECHECK_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  HOUR_MS,
  ...Array.from({ length: 5 }, () => DAY_MS),
];

/** A bank may take 14 business days for a debit (Stripe docs: SEPA Direct Debit payments). */
const DEBIT_MS: readonly number[] = Array.from({ length: 16 }, () => DAY_MS);

/** A paid order is looked at after these pauses too: a lost webhook must not hide a refund or a dispute. */
export const AFTERCARE_MS: readonly number[] = [DAY_MS, 6 * DAY_MS, 23 * DAY_MS];

/** What the operator decides about it. */
export type ScheduleOptions = Readonly<{
  release_after_ms: number;
  abandoned_after_ms: number;
  expiry_warning_ms: number;
}>;

type Followed = Pick<AttemptRecord, "status" | "order_id" | "authorization_expires_at"> &
  Partial<Pick<AttemptRecord, "decline" | "recovery">>;

/**
 * When the reconciler looks at an attempt again, after `checks` looks since its last change; `null` when nothing more
 * is to be expected of it, or when the schedule is used up.
 */
export function nextCheck(
  attempt: Followed,
  checks: number,
  now: Date,
  options: ScheduleOptions,
): Date | null {
  const pause_ms = pausesOf(attempt, options)[checks];
  const due = pause_ms === undefined ? null : now.getTime() + pause_ms;
  const warning = warningAt(attempt, now, options);
  const next = due === null ? warning : Math.min(due, warning ?? due);
  return next === null ? null : new Date(next);
}

/** True when the schedule of an unfinished attempt is used up. */
export function isExhausted(attempt: Followed, checks: number, options: ScheduleOptions): boolean {
  return checks >= pausesOf(attempt, options).length;
}

function pausesOf(
  followed: Followed,
  { release_after_ms, abandoned_after_ms }: ScheduleOptions,
): readonly number[] {
  const { status, order_id } = followed;
  switch (status) {
    case "authorized":
    case "captured":
      return order_id === null ? RECHECK_MS : AFTERCARE_MS;
    case "pending":
      return [...RECHECK_MS, ...DEBIT_MS];
    case "created":
    case "unknown":
      return RECHECK_MS;
    case "action_required":
    case "ready":
      // The payer may have agreed on the service's page or in its window, and closed ours. What is abandoned and cannot be
      // canceled just then may still be paid: it is tried again.
      return [...pausesWithin(abandoned_after_ms), ...RECHECK_MS];
    case "released":
      return [release_after_ms, ...RECHECK_MS];
    case "declined":
      if (order_id !== null) {
        return [];
      }
      // The shopper may have paid with another card in the gateway's own form, and the news been lost.
      return mayBePaid(followed) ? RECHECK_MS : [abandoned_after_ms, ...RECHECK_MS];
    case "canceled":
      // Whether its order was canceled too; the server may have died before it looked.
      return order_id === null ? [] : [MINUTE_MS];
    case "failed":
      return [];
  }
}

/** {@link RECHECK_MS} as far as they fit, and what is left of the time after them. */
function pausesWithin(time_ms: number): number[] {
  const pauses: number[] = [];
  let left_ms = time_ms;
  for (const pause_ms of RECHECK_MS.filter((pause) => pause < DAY_MS)) {
    if (pause_ms < left_ms) {
      pauses.push(pause_ms);
      left_ms -= pause_ms;
    }
  }
  return [...pauses, left_ms];
}

/** A refusal that says the payment may have been made already, and that nobody has answered by reading it. */
function mayBePaid({ decline, recovery }: Followed): boolean {
  return (
    decline?.category === "reconcile" &&
    (recovery === undefined || recovery === null || recovery === "reconcile")
  );
}

/** Before an order's authorization lapses, and once more right after. */
function warningAt(
  { status, order_id, authorization_expires_at }: Followed,
  now: Date,
  { expiry_warning_ms }: ScheduleOptions,
): number | null {
  if (order_id === null || status !== "authorized" || !authorization_expires_at) {
    return null;
  }
  const lapses_at = authorization_expires_at.getTime();
  const moments = [lapses_at - expiry_warning_ms, lapses_at + MINUTE_MS];
  return moments.find((moment) => moment > now.getTime()) ?? null;
}
