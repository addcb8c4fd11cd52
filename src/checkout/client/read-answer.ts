import { TenderApiError, TenderConnectionError } from "./errors";
import { isObject, type Answer, type JsonObject } from "./http";
import type {
  ChangedOutcome,
  CompletedOutcome,
  ConfirmOutcome,
  DeclinedResult,
  LimitedOutcome,
  PaymentAttemptView,
  PaymentOptionsResult,
  PendingOutcome,
  StartOutcome,
} from "./types";

/** States of a 409's attempt that still may turn into money, so that the shopper must wait for it. */
const LIVE_STATUSES: readonly string[] = ["pending", "unknown", "authorized", "captured"];

/** What became of a start. */
export function readStart(answer: Answer): StartOutcome {
  const refusal = readRefusal(answer);
  if (refusal) return refusal;
  // The cart was found a moment ago; what is not found or not accepted here is the option.
  if (answer.status === 404 || answer.status === 400) return { type: "option_gone" };
  return { type: "started", payment_attempt: readAttempt(answer) };
}

/** What became of a confirmation. */
export function readConfirm(answer: Answer): ConfirmOutcome {
  const refusal = readRefusal(answer);
  if (refusal) return refusal;
  const { status, body } = answer;
  if (status === 402 && isDeclined(body)) return { ...body, type: "declined" };
  if (status !== 402) requireSuccess(answer);
  if (isConfirmed(body)) return body;
  throw new TenderConnectionError();
}

/** @throws TenderApiError when the API refused */
export function readAttempt(answer: Answer): PaymentAttemptView {
  const attempt = requireSuccess(answer)["payment_attempt"];
  if (!isAttempt(attempt)) throw new TenderConnectionError();
  return attempt;
}

/** @throws TenderApiError when the API refused */
export function readOptions(answer: Answer): PaymentOptionsResult {
  const body = requireSuccess(answer);
  if (!isOptionsResult(body)) throw new TenderConnectionError();
  return body;
}

/** @throws TenderApiError with Medusa's type and message when the API refused */
export function requireSuccess({ status, body }: Answer): JsonObject {
  if (status < 300) return body;
  const { type, message } = body;
  throw new TenderApiError(
    status,
    typeof type === "string" ? type : "unknown_error",
    typeof message === "string" ? message : `The store answered ${status}.`,
  );
}

/** The refusals that starting and confirming share, or undefined when the answer is none of them. */
function readRefusal({
  status,
  body,
}: Answer): ChangedOutcome | PendingOutcome | CompletedOutcome | LimitedOutcome | undefined {
  if (status === 429) return { type: "limited" };
  if (status !== 409) return undefined;
  const attempt = body["payment_attempt"];
  if (!isAttempt(attempt)) return { type: "completed" };
  return { type: LIVE_STATUSES.includes(attempt.status) ? "pending" : "changed", payment_attempt: attempt };
}

/*
 * The guards look at what tells the answers apart, not at every field: the server that serves this page builds
 * its answers from the same schemas. An answer they do not know counts as lost, and is looked up.
 */

function isAttempt(value: unknown): value is PaymentAttemptView {
  return isObject(value) && typeof value["id"] === "string" && typeof value["status"] === "string";
}

function isOptionsResult(body: unknown): body is PaymentOptionsResult {
  return isObject(body) && Array.isArray(body["payment_options"]) && Array.isArray(body["declined_options"]);
}

function isDeclined(body: unknown): body is DeclinedResult {
  return (
    isObject(body) &&
    isAttempt(body["payment_attempt"]) &&
    isObject(body["decline"]) &&
    Array.isArray(body["payment_options"]) &&
    Array.isArray(body["declined_options"])
  );
}

function isConfirmed(body: unknown): body is Extract<ConfirmOutcome, { type: "order" | "action_required" }> {
  if (!isObject(body)) return false;
  if (body["type"] === "order") return isObject(body["order"]);
  return (body["type"] === "action_required" || body["type"] === "pending") && isAttempt(body["payment_attempt"]);
}
