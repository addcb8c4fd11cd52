/** The bank's part of the bench: signs webhooks as the sandbox bank does and sends them by either route. */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { sendWebhook, type SentEvent } from "../integration-tests/support/webhook";
import { required, STORE, timed } from "./shop";

/** Whose route takes the webhook. */
export type Route = "tender" | "medusa";

const PROVIDER = { tender: "sandbox_a", medusa: "core_a" } as const;

/** Payment services send some 1 to 5 kB. */
const PADDING = 1_000;

/** Medusa acts on a webhook so long after its 200. */
const MEDUSA_DELAY_MS = 5_000;
const QUIET_LOOKS = 5;
const QUIET_ANSWER_MS = 100;
const QUIET_WITHIN_MS = 180_000;

/** Sends one webhook; throws unless it is answered with 200. */
export async function tell(route: Route, id: string, reference: string): Promise<void> {
  const answer = await sendWebhook(
    STORE.base_url,
    { id, reference },
    { provider: PROVIDER[route], secret: required("SANDBOX_A_WEBHOOK_SECRET"), padding: PADDING },
  );
  await answer.arrayBuffer();
  if (answer.status !== 200) {
    throw new Error(`The webhook ${id} was answered ${answer.status} by ${route}.`);
  }
}

/** Sends that many webhooks, so many of them at a time. */
export async function sendEvents(
  route: Route,
  events: number,
  side_by_side: number,
  eventOf: (at: number) => Required<Pick<SentEvent, "id" | "reference">>,
): Promise<void> {
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let at = next++; at < events; at = next++) {
      const { id, reference } = eventOf(at);
      await tell(route, id, reference);
    }
  };
  await Promise.all(Array.from({ length: side_by_side }, sender));
}

/** Waits until neither Medusa nor Tender has anything left to do for webhooks that were sent before. */
export async function untilQuiet(database: Pool): Promise<void> {
  await sleep(MEDUSA_DELAY_MS + 500);
  const give_up_at = Date.now() + QUIET_WITHIN_MS;
  for (let looks = 0; looks < QUIET_LOOKS;) {
    if (Date.now() > give_up_at) {
      throw new Error("The store does not come to rest.");
    }
    const { rows } = await database.query(
      "select count(*)::int as waiting from tender_payment_webhook_event where status = 'received'",
    );
    const answer_ms = await timed(async () => (await fetch(`${STORE.base_url}/health`)).arrayBuffer());
    looks = rows[0].waiting === 0 && answer_ms < QUIET_ANSWER_MS ? looks + 1 : 0;
    await sleep(100);
  }
}

/** Processor time in ms that the measured server has taken so far, as Linux tells it; NaN elsewhere. */
export function serverCpuMs(): number {
  if (process.platform !== "linux") {
    return Number.NaN;
  }
  // After the name in brackets, which may hold blanks: utime and stime are the 14th and 15th field of stat(5), in
  // ticks of 10 ms.
  const stat = readFileSync(`/proc/${required("BENCH_TENDER_PID")}/stat`, "utf8").replace(/^.*\) /s, "");
  const [user, system] = stat.split(" ").slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) * 10;
}
