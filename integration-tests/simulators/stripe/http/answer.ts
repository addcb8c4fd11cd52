import type { IncomingMessage, ServerResponse } from "node:http";
import { jsonAnswer, readBody as read, send as sendAnswer, type Answer } from "../../shared/answer";
import { refusal, StripeRefusal } from "../errors";

/** Stripe's error body. What is not a refusal is a fault of the simulator: 500, with its message. */
export function errorAnswer(error: unknown): Answer {
  if (error instanceof StripeRefusal) {
    return jsonAnswer(error.status, { error: error.body });
  }
  const message = `The simulator broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  return jsonAnswer(500, { error: refusal(500, "api_error", message).body });
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
  const advice = SHOULD_RETRY[answer.status];
  sendAnswer(response, answer, {
    "request-id": request_id,
    ...(advice === undefined ? {} : { "stripe-should-retry": advice }),
  });
}

/** @throws StripeRefusal 413 */
export function readBody(request: IncomingMessage): Promise<string> {
  return read(request, () => refusal(413, "invalid_request_error", "Request too large."));
}
