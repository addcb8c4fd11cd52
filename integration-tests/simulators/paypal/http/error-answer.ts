import { jsonAnswer, type Answer } from "../../shared/answer";
import { issuesOf } from "../contract/issues";
import type { Published } from "../contract/specifications";
import { OauthRefusal, PaypalRefusal, type Detail } from "../errors";
import { newDebugId } from "../ids";

/** Name and message that come with an HTTP status (spec: error_400 and its like; docs: API responses). */
const ERRORS: Readonly<Record<number, readonly [name: string, message: string]>> = {
  400: ["INVALID_REQUEST", "Request is not well-formed, syntactically incorrect, or violates schema."],
  401: [
    "AUTHENTICATION_FAILURE",
    "Authentication failed due to missing authorization header, or invalid authentication credentials.",
  ],
  403: ["NOT_AUTHORIZED", "Authorization failed due to insufficient permissions."],
  404: ["RESOURCE_NOT_FOUND", "The specified resource does not exist."],
  409: ["RESOURCE_CONFLICT", "The server has detected a conflict while processing this request."],
  413: ["REQUEST_ENTITY_TOO_LARGE", "The request is too large."],
  415: ["UNSUPPORTED_MEDIA_TYPE", "The server does not support the request payload's media type."],
  422: [
    "UNPROCESSABLE_ENTITY",
    "The requested action could not be performed, semantically incorrect, or failed business validation.",
  ],
  429: ["RATE_LIMIT_REACHED", "Too many requests. Blocked due to rate limiting."],
  500: ["INTERNAL_SERVER_ERROR", "An internal server error has occurred."],
  503: ["SERVICE_UNAVAILABLE", "Service Unavailable."],
};

/** Issues that PayPal has and its specification of the operation leaves out, with the status and the words it gives. */
const UNPUBLISHED: Readonly<Record<string, readonly [status: number, description: string]>> = {
  // Payments v2 errors, REAUTHORIZATION_TOO_SOON.
  REAUTHORIZATION_TOO_SOON: [
    422,
    "A reauthorization is only allowed once from Day 4 to Day 29 since the date of the original authorization.",
  ],
  INVALID_RESOURCE_ID: [
    404,
    "Specified resource ID does not exist. Please check the resource ID and try again.",
  ],
  PERMISSION_DENIED: [403, "You do not have permission to access or perform operations on this resource."],
  PREVIOUS_REQUEST_IN_PROGRESS: [
    409,
    "A previous request on this resource is currently in progress. Please wait for sometime and try again. It is best to space out the initial and the subsequent request(s) to avoid receiving this error.",
  ],
  // Orders v2 errors, Authorize order: of an operation that answers them without its specification saying so.
  INSTRUMENT_DECLINED: [
    422,
    "The instrument presented  was either declined by the processor or bank, or it can't be used for this payment.",
  ],
  ACTION_DOES_NOT_MATCH_INTENT: [
    422,
    "Order was created with an intent to 'AUTHORIZE'. Please use v2/checkout/orders/order_id/authorize to complete the transaction or alternately Create an order with an intent of 'CAPTURE'.",
  ],
  MALFORMED_REQUEST_JSON: [400, "The request JSON is not well formed."],
};

/** What a refusal is answered with: PayPal's error body, its status by the issue and the operation. */
export function errorAnswer(error: unknown, published?: Published): Answer {
  if (error instanceof OauthRefusal) {
    return jsonAnswer(error.status, { error: error.error, error_description: error.description });
  }
  if (error instanceof PaypalRefusal) {
    return refusalAnswer(error, published);
  }
  const message = `The simulator broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  return jsonAnswer(500, { ...body(500), message });
}

/** PayPal's error of a status, without a detail. */
export function plainError(status: number): Answer {
  return jsonAnswer(status, body(status));
}

/** Whether an operation's specification has an issue. */
export function publishes(published: Published | undefined, issue: string): boolean {
  return published !== undefined && issuesOf(published).has(issue);
}

function refusalAnswer({ details, links, status: given }: PaypalRefusal, published?: Published): Answer {
  const [first] = details;
  const status = given ?? (first ? statusOf(first.issue, published) : 400);
  return jsonAnswer(status, {
    ...body(status),
    details: details.map((detail) => ({ ...detail, description: descriptionOf(detail, published) })),
    links: [
      ...(first
        ? [
            {
              href: `https://developer.paypal.com/docs/api/orders/v2/#error-${first.issue}`,
              rel: "information_link",
              method: "GET",
            },
          ]
        : []),
      ...links,
    ],
  });
}

function body(status: number): { name: string; message: string; debug_id: string } {
  const [name, message] = ERRORS[status] ?? [
    "INTERNAL_SERVER_ERROR",
    "An internal server error has occurred.",
  ];
  return { name, message, debug_id: newDebugId() };
}

function statusOf(issue: string, published?: Published): number {
  const listed = published && issuesOf(published).get(issue);
  return listed?.status ?? UNPUBLISHED[issue]?.[0] ?? 422;
}

function descriptionOf({ issue, description }: Detail, published?: Published): string {
  const listed = published && issuesOf(published).get(issue);
  return description ?? (listed?.description || (UNPUBLISHED[issue]?.[1] ?? issue));
}
