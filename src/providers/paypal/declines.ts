import type { Decline, KnownDecline } from "../../gateway/declines";
import type { AuthorizationAnswer, CaptureAnswer, MovedAnswer } from "./answers";
import { CATEGORY_OF_ISSUE, categoryOfIssue } from "./order-issues";
import { categoryOfResponse, NETWORK_ADVICE, RESPONSES } from "./processor-codes";

/** PayPal's own checks refused it, whatever the processor said. */
const RISK_FILTER = "DECLINED_BY_RISK_FRAUD_FILTERS";

/** Issues of orders, what processors of cards answer, and PayPal's own filters. */
export const KNOWN_DECLINES: readonly KnownDecline[] = [
  ...Object.entries(CATEGORY_OF_ISSUE).map(([code, category]) => ({
    code,
    category,
    source: "PayPal Orders v2, issues",
  })),
  ...Object.entries(RESPONSES).map(([code, [category, words]]) => ({
    code,
    category,
    words,
    source: "PayPal server SDK, ProcessorResponseCode",
  })),
  { code: RISK_FILTER, category: "risk", source: "PayPal server SDK, AuthorizationIncompleteReason" },
];

/** A refusal that PayPal answers with an issue. One without a row is `unclassified`, which is never retried by itself. */
export function declineOfIssue(issue: string): Decline {
  return { category: categoryOfIssue(issue) ?? "unclassified", code: issue };
}

/**
 * A refusal that stands in the order: an authorization or capture that was denied, with the processor's code where it
 * was a card.
 */
export function declineOfMove({
  status,
  statusDetails,
  processorResponse,
}: Pick<
  AuthorizationAnswer | CaptureAnswer | MovedAnswer,
  "status" | "statusDetails" | "processorResponse"
>): Decline {
  if (statusDetails?.reason === RISK_FILTER) {
    return { category: "risk", code: RISK_FILTER };
  }
  const { responseCode, paymentAdviceCode } = processorResponse ?? {};
  const advice_code = NETWORK_ADVICE.find((advice) => advice === paymentAdviceCode);
  return responseCode === undefined
    ? { category: "issuer_generic", code: status, ...(advice_code && { advice_code }) }
    : {
        category: categoryOfResponse(responseCode) ?? "unclassified",
        code: responseCode,
        ...(advice_code && { advice_code }),
      };
}
