import type { CaptureRequest, ReauthorizeRequest, RefundRequest } from "../../contract/types";
import { captureAuthorization, reauthorize, voidAuthorization } from "../../objects/authorizations";
import { refundCapture } from "../../objects/captures";
import { authorizationView, captureView, refundView, summary } from "../../objects/views";
import { DAY_MS } from "../../time";
import { route, type Route } from "../route";

/** Spec: "The server stores keys for 45 days". */
const KEYS = { keys_kept_ms: 45 * DAY_MS, body_optional: true } as const;

export const PAYMENT_ROUTES = {
  "authorizations.get": route("GET", "/v2/payments/authorizations/:id", ({ account, id }) => {
    const authorization = account.authorization(id);
    return { status: 200, view: () => authorizationView(account, authorization) };
  }),
  "authorizations.capture": route<CaptureRequest>(
    "POST",
    "/v2/payments/authorizations/:id/capture",
    ({ account, id, body }) => {
      const capture = captureAuthorization(account, id, body);
      const view = () => captureView(account, capture);
      return { status: 201, view, minimal: () => summary(view()) };
    },
    KEYS,
  ),
  "authorizations.reauthorize": route<ReauthorizeRequest>(
    "POST",
    "/v2/payments/authorizations/:id/reauthorize",
    ({ account, id, body }) => {
      const authorization = reauthorize(account, id, body);
      const view = () => authorizationView(account, authorization);
      return { status: 201, view, minimal: () => summary(view()) };
    },
    KEYS,
  ),
  "authorizations.void": route(
    "POST",
    "/v2/payments/authorizations/:id/void",
    ({ account, id }) => {
      const authorization = voidAuthorization(account, id);
      return {
        status: 200,
        view: () => authorizationView(account, authorization),
        empty_unless_preferred: true,
      };
    },
    KEYS,
  ),
  "captures.get": route("GET", "/v2/payments/captures/:id", ({ account, id }) => {
    const capture = account.capture(id);
    return { status: 200, view: () => captureView(account, capture) };
  }),
  "captures.refund": route<RefundRequest>(
    "POST",
    "/v2/payments/captures/:id/refund",
    ({ account, id, body }) => {
      const refund = refundCapture(account, id, body);
      const view = () => refundView(account, refund);
      return { status: 201, view, minimal: () => summary(view()) };
    },
    KEYS,
  ),
  "refunds.get": route("GET", "/v2/payments/refunds/:id", ({ account, id }) => {
    const refund = account.refund(id);
    return { status: 200, view: () => refundView(account, refund) };
  }),
} satisfies Record<string, Route>;
