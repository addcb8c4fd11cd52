import { useEffect, useState } from "react";
import type { GatewayPanelProps } from "../../../checkout/gateway-form";
import type { CoinPayment } from "./client";

/** An attempt, and when it was received by the browser's own count of milliseconds, which no change of its clock moves. */
export type Seen = Readonly<{ attempt: GatewayPanelProps["attempt"]; at_ms: number }>;

/**
 * When the time to pay is over by the browser's count. Both moments of the answer are the store's, so that the browser's
 * clock may be as wrong as it likes.
 */
export function deadline_ms({ attempt, at_ms }: Seen, { expires_at_ms }: CoinPayment): number {
  const read_at_ms = Date.parse(attempt.read_at);
  // A store that does not tell its time is better believed to have the browser's than to be past it.
  return at_ms + expires_at_ms - (Number.isNaN(read_at_ms) ? Date.now() : read_at_ms);
}

/** Full seconds left until a moment of the browser's count; again every second, and 0 when it is over. */
export function useSecondsLeft(moment_ms: number): number {
  const [left_s, setLeft] = useState(() => secondsUntil(moment_ms));
  useEffect(() => {
    const tick = (): void => setLeft(secondsUntil(moment_ms));
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [moment_ms]);
  return left_s;
}

function secondsUntil(moment_ms: number): number {
  return Math.max(0, Math.ceil((moment_ms - performance.now()) / 1_000));
}

/** As a clock shows it: `14:05`. Whole days do not occur. */
export function clockText(left_s: number): string {
  const minutes = Math.floor(left_s / 60);
  return `${minutes}:${String(left_s % 60).padStart(2, "0")}`;
}

/** Marks at which the time left is said aloud, in seconds; nothing is said between them. */
const MARKS_S = [0, 60, 300] as const;
export type Mark = (typeof MARKS_S)[number];

/** The last mark that was passed; null before the first. */
export function markAt(left_s: number): Mark | null {
  return MARKS_S.find((mark) => left_s <= mark) ?? null;
}
