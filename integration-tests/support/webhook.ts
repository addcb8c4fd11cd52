import { createHmac } from "node:crypto";
import { WEBHOOK_SECRETS } from "./bank";

export type SentEvent = { id: string; type?: string; reference?: string };

/** Sends a webhook as the sandbox bank does, signed with the account's secret or another. */
export function sendWebhook(
  base_url: string,
  { id, type = "payment.authorized", reference }: SentEvent,
  { secret = WEBHOOK_SECRETS.a as string, provider = "sandbox_a", padding = 0 } = {},
): Promise<Response> {
  const body = JSON.stringify({
    id,
    type,
    provider: `pp_${provider}`,
    reference,
    padding: "x".repeat(padding),
  });
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return fetch(`${base_url}/hooks/payment/${provider}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-sandbox-signature": `t=${time},v1=${signature}` },
    body,
  });
}
