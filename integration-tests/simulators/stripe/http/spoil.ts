import type { ServerResponse } from "node:http";
import type { Answer } from "../../shared/answer";
import { spoiled as spoiledBy, type SpoiledStatus } from "../../shared/spoil";
import { refusal, type StripeRefusal } from "../errors";
import { errorAnswer } from "./answer";
import type { Fault } from "./faults";

const ERRORS: Readonly<Record<SpoiledStatus, StripeRefusal>> = {
  409: refusal(
    409,
    "invalid_request_error",
    "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.",
    { code: "lock_timeout" },
  ),
  429: refusal(
    429,
    "invalid_request_error",
    "Request rate limit exceeded. Learn more about rate limits here https://docs.stripe.com/rate-limits.",
    { code: "rate_limit" },
  ),
  500: refusal(500, "api_error", "An unknown error occurred"),
  503: refusal(503, "api_error", "Stripe is temporarily unavailable."),
};

/** The answer a fault gives, or null when it gives none; undefined for one that lets the answer through. */
export function spoiled(
  { fault }: Fault<"before" | "after">,
  response: ServerResponse,
): Answer | null | undefined {
  return spoiledBy(fault, response, (status) => errorAnswer(ERRORS[status]));
}
