import type { ServerResponse } from "node:http";
import { refusal } from "../errors";
import { errorAnswer, html, type Answer } from "./answer";
import type { Fault } from "./faults";

/** The answer a fault gives, or null when it gives none; undefined for one that lets the answer through. */
export function spoiled(
  { fault }: Fault<"before" | "after">,
  response: ServerResponse,
): Answer | null | undefined {
  switch (fault) {
    case "http_500":
    case "http_500_after":
      return errorAnswer(refusal(500, "api_error", "An unknown error occurred"));
    case "http_503":
      return errorAnswer(refusal(503, "api_error", "Stripe is temporarily unavailable."));
    case "http_429":
      return errorAnswer(
        refusal(
          429,
          "invalid_request_error",
          "Request rate limit exceeded. Learn more about rate limits here https://docs.stripe.com/rate-limits.",
          { code: "rate_limit" },
        ),
      );
    case "http_409":
      return errorAnswer(
        refusal(
          409,
          "invalid_request_error",
          "This object cannot be accessed right now because another API request or Stripe process is currently " +
            "accessing it.",
          { code: "lock_timeout" },
        ),
      );
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
