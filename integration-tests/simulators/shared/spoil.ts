import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { html, type Answer } from "./answer";
import type { COMMON_FAULTS, FaultOf } from "./faults";

/** The statuses of faults that answer with the simulated service's own error. */
export type SpoiledStatus = 409 | 429 | 500 | 503;

const STATUS_OF = {
  http_500: 500,
  http_500_after: 500,
  http_503: 503,
  http_429: 429,
  http_409: 409,
} as const satisfies Record<string, SpoiledStatus>;

/**
 * The answer a fault gives, or null when it gives none; undefined for one that lets the answer through.
 * @param errorWith the service's error of a status
 */
export function spoiled(
  fault: FaultOf<typeof COMMON_FAULTS, "before" | "after">,
  response: ServerResponse,
  errorWith: (status: SpoiledStatus) => Answer,
): Answer | null | undefined {
  switch (fault) {
    case "http_500":
    case "http_500_after":
    case "http_503":
    case "http_429":
    case "http_409":
      return errorWith(STATUS_OF[fault]);
    case "http_502_html":
    case "http_502_html_after":
      return html(
        502,
        "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>",
      );
    case "reset":
    case "reset_after":
      response.socket?.resetAndDestroy();
      return null;
    case "black_hole":
    case "black_hole_after":
      return null;
    case "latency":
    case "latency_after":
    case "malformed":
      return undefined;
  }
}

/** The first half of an answer, as when a connection breaks in its midst. */
export function halved(answer: Answer): Answer {
  return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
}

const DEFAULT_LATENCY_MS = 1000;

/** Waits as long as a latency says. */
export async function wait({
  value_ms = DEFAULT_LATENCY_MS,
}: Readonly<{ value_ms?: number }>): Promise<void> {
  await sleep(value_ms);
}
