import type { IncomingMessage, ServerResponse } from "node:http";
import { refusal, StripeRefusal } from "../errors";

/** What goes back over the wire. */
export type Answer = Readonly<{ status: number; body: string; headers?: Readonly<Record<string, string>> }>;

const BODY_LIMIT_BYTES = 512 * 1024;

export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, body: JSON.stringify(value, null, 2) };
}

/** Stripe's error body. What is not a refusal is a fault of the simulator: 500, with its message. */
export function errorAnswer(error: unknown): Answer {
  if (error instanceof StripeRefusal) {
    return jsonAnswer(error.status, { error: error.body });
  }
  const message = `The simulator broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  return jsonAnswer(500, { error: refusal(500, "api_error", message).body });
}

export function html(status: number, body: string): Answer {
  return { status, body, headers: { "content-type": "text/html; charset=utf-8" } };
}

export function redirect(url: string): Answer {
  return { status: 303, body: "", headers: { location: url } };
}

/** A browser asks before it calls with a publishable key. */
export const preflight: Answer = {
  status: 204,
  body: "",
  headers: {
    "access-control-allow-headers": "*, authorization",
    "access-control-allow-methods": "GET, POST",
  },
};

/** Stripe tells the SDK which failures are worth another try. */
const SHOULD_RETRY: Readonly<Record<number, string>> = { 409: "true", 500: "false" };

export function send(response: ServerResponse, answer: Answer, request_id: string): void {
  if (response.destroyed || response.headersSent) {
    return;
  }
  const advice = SHOULD_RETRY[answer.status];
  response.writeHead(answer.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(answer.body),
    "access-control-allow-origin": "*",
    "request-id": request_id,
    ...(advice === undefined ? {} : { "stripe-should-retry": advice }),
    ...answer.headers,
  });
  response.end(answer.body);
}

/** @throws StripeRefusal 413 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) {
      throw refusal(413, "invalid_request_error", "Request too large.");
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
