import { createHmac } from "node:crypto";
import { toJson } from "./records";

export const SIGNATURE_HEADER = "x-sandbox-signature";

const TIMEOUT_MS = 10_000;

/** What a webhook's body says. */
export type WebhookBody = Readonly<{
  id: string;
  type: string;
  provider: string;
  reference?: string;
  /** Unix ms. */
  created_at: number;
}>;

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` */
export function signatureOf(secret: string, body: string, now: number): string {
  const t = Math.floor(now / 1000);
  return `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`;
}

/**
 * Sends one event, once.
 *
 * @param now Unix ms by the real clock: a store refuses what was not signed just now
 * @returns the HTTP status, or null when no answer came
 */
export async function postWebhook(
  url: string,
  secret: string,
  { id, type, provider, reference, created_at }: WebhookBody,
  now: number,
): Promise<number | null> {
  const body = toJson({ id, type, provider, reference, created_at: new Date(created_at).toISOString() });
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        [SIGNATURE_HEADER]: signatureOf(secret, body, now),
        connection: "close",
      },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Not reachable or too slow: whoever asked decides about another try.
    return null;
  }
}
