import { TenderApiError, TenderConnectionError } from "./errors";
import { isObject, type Answer, type JsonObject } from "./http";
import type {
  ConfirmOutcome,
  DeclinedResult,
  OrderView,
  PaymentAttemptView,
  PaymentOptionsResult,
  PlaceOutcome,
  RefusedOutcome,
  SavedMethodView,
  StartOutcome,
} from "./types";

/** What became of a start. */
export function readStart(answer: Answer): StartOutcome {
  const refusal = readRefusal(answer);
  if (refusal) return refusal;
  // The cart was found a moment ago; what is not found, not accepted or not reachable here is the option.
  if ([400, 404, 503].includes(answer.status)) return { type: "option_gone" };
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

/** What became of placing an order without a payment: the answer of Medusa's own completion, or of a limit before it. */
export function readPlace(answer: Answer): PlaceOutcome {
  const refusal = readRefusal(answer);
  if (refusal) return refusal;
  // What is missing in the cart, e.g. a shipping method, or that another request places the order just now.
  if (answer.status === 400 || answer.status === 409) return { type: "not_placed" };
  const body = requireSuccess(answer);
  if (isPlaced(body)) return { type: "order", order: body.order };
  // Medusa answers 200 with the cart where a payment is wanted after all.
  if (body["type"] === "cart") return { type: "not_placed" };
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

/** @throws TenderApiError when the API refused */
export function readSavedMethods(answer: Answer): readonly SavedMethodView[] {
  const saved = requireSuccess(answer)["saved_payment_methods"];
  if (!Array.isArray(saved) || !saved.every(isSavedMethod)) throw new TenderConnectionError();
  return saved;
}

function isSavedMethod(value: unknown): value is SavedMethodView {
  return isObject(value) && typeof value["id"] === "string" && typeof value["option_id"] === "string";
}

/** @throws TenderApiError with Medusa's type and message when the API refused */
export function requireSuccess({ status, body }: Answer): JsonObject {
  if (status < 300) return body;
  const { type, message } = body;
  throw new TenderApiError(
    status,
    typeof type === "string" ? type : "unknown_error",
    typeof message === "string" ? message : `The store answered ${status}.`,
    retryAfter(body),
  );
}

/** The refusals that starting and confirming share, or undefined when the answer is none of them. */
function readRefusal({ status, body }: Answer): RefusedOutcome | undefined {
  if (status === 429) return { type: "limited", retry_after_s: retryAfter(body) };
  if (status !== 409) return undefined;
  const attempt = isAttempt(body["payment_attempt"]) ? body["payment_attempt"] : null;
  switch (body["code"]) {
    case "cart_completed":
      return { type: "completed" };
    case "cart_total_changed":
      return { type: "changed", payment_attempt: attempt };
    case "attempt_closed":
      return { type: "closed" };
    case "cart_incomplete":
    case "item_unavailable":
      return { type: "cart_unfit", reason: body["code"] };
    case "order_not_placed":
      return { type: "returned" };
    case "payment_in_progress":
    case "payment_unknown":
      return attempt ? { type: "pending", payment_attempt: attempt } : undefined;
    default:
      return undefined;
  }
}

/** Read from the body: a page of another origin may not see the header. */
function retryAfter({ retry_after_s }: JsonObject): number | null {
  return typeof retry_after_s === "number" && retry_after_s > 0 ? retry_after_s : null;
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

function isPlaced(body: unknown): body is Readonly<{ order: OrderView }> {
  if (!isObject(body) || body["type"] !== "order") return false;
  return isObject(body["order"]) && typeof body["order"]["display_id"] === "number";
}

function isConfirmed(body: unknown): body is Extract<ConfirmOutcome, { type: "order" | "action_required" }> {
  if (!isObject(body)) return false;
  if (body["type"] === "order") return isObject(body["order"]);
  return (
    (body["type"] === "action_required" || body["type"] === "pending") && isAttempt(body["payment_attempt"])
  );
}
