import { authenticate, defineMiddlewares, validateAndTransformBody } from "@medusajs/framework/http";
import { ADMIN_ROUTES } from "./admin-routes";
import { auditing } from "./audit-move";
import { guardCompletion } from "./guard-completion";
import { guardPaidCollection } from "./guard-paid-collection";
import { limitRequests } from "./limit-requests";
import { WEBHOOK_BODY_LIMIT } from "../workflows/webhooks/receive-webhook";
import { refuseNullCharacters } from "./refuse-null-characters";
import { ownPromotion } from "./own-promotion";
import { prepareCapture, prepareRefund } from "./prepare-move";
import { serveWellKnown } from "./serve-well-known";
import { takeWebhook } from "./take-webhook";
import { ConfirmAttemptBody, CreateAttemptBody } from "./store-contract";
import { keepTokenOutOfLog } from "./tender/refunds/keep-token";

/** Far more than any method's data needs, far less than would hurt. */
const BODY_LIMIT = "16kb";

/** An address, in a form of one field. */
const REFUND_FORM_LIMIT = "4kb";

const shopper = authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true });

const read = limitRequests("read");
const start = limitRequests("start");
const confirm = limitRequests("confirm");

/** What is ours among the addresses that hold ids. */
const OWN_ADDRESSES = [...new Set([...ADMIN_ROUTES.map(({ matcher }) => matcher), "/tender/refunds"])];

export default defineMiddlewares({
  routes: [
    // Without methods: before everything else at these addresses.
    ...OWN_ADDRESSES.map((matcher) => ({ matcher, middlewares: [refuseNullCharacters] })),
    ...ADMIN_ROUTES,
    {
      matcher: "/store/carts/:id/payment-options",
      methods: ["GET"],
      middlewares: [read, shopper],
    },
    {
      matcher: "/store/carts/:id/saved-payment-methods",
      methods: ["GET"],
      middlewares: [read, shopper],
    },
    {
      matcher: "/store/carts/:id/saved-payment-methods/:provider_id/:saved_method_id",
      methods: ["DELETE"],
      middlewares: [read, authenticate("customer", ["session", "bearer"])],
    },
    {
      matcher: "/store/carts/:id/payment-attempts/:attempt_id",
      methods: ["GET"],
      middlewares: [read],
    },
    {
      matcher: "/checkout/:cart_id",
      methods: ["GET"],
      middlewares: [limitRequests("page")],
    },
    {
      matcher: "/checkout/demo",
      methods: ["GET"],
      middlewares: [limitRequests("demo")],
    },
    {
      matcher: "/checkout/assets/:file",
      methods: ["GET"],
      middlewares: [limitRequests("asset")],
    },
    {
      matcher: "/tender/refunds/:token",
      methods: ["GET"],
      middlewares: [keepTokenOutOfLog, limitRequests("page")],
    },
    {
      matcher: "/tender/refunds/:token",
      methods: ["POST"],
      bodyParser: { sizeLimit: REFUND_FORM_LIMIT },
      middlewares: [keepTokenOutOfLog, limitRequests("page")],
    },
    {
      matcher: "/admin/payments/:id/capture",
      methods: ["POST"],
      middlewares: [prepareCapture, auditing("capture")],
    },
    {
      matcher: "/admin/payments/:id/refund",
      methods: ["POST"],
      middlewares: [prepareRefund, auditing("refund")],
    },
    {
      matcher: "/.well-known/:file",
      methods: ["GET"],
      middlewares: [serveWellKnown],
    },
    {
      // Medusa reads bodies by the first matcher that fits, and has one of its own, with a limit of 100 kB, for
      // `/hooks/payment/:provider`. This one, an optional segment to path-to-regexp, is sorted before it as static.
      matcher: "/hooks/payment/{:provider}",
      methods: ["POST"],
      bodyParser: { preserveRawBody: true, sizeLimit: WEBHOOK_BODY_LIMIT },
    },
    {
      matcher: "/hooks/payment/:provider",
      methods: ["POST"],
      middlewares: [limitRequests("webhook"), takeWebhook],
    },
    {
      matcher: "/store/carts/:id/payment-attempts",
      methods: ["POST"],
      bodyParser: { sizeLimit: BODY_LIMIT },
      middlewares: [start, shopper, validateAndTransformBody(CreateAttemptBody)],
    },
    {
      matcher: "/store/carts/:id/payment-attempts/:attempt_id/confirm",
      methods: ["POST"],
      bodyParser: { sizeLimit: BODY_LIMIT },
      middlewares: [confirm, shopper, validateAndTransformBody(ConfirmAttemptBody)],
    },
    {
      matcher: "/store/carts/:id/promotions",
      methods: ["POST"],
      middlewares: [ownPromotion("adds")],
    },
    {
      matcher: "/store/carts/:id",
      methods: ["POST"],
      middlewares: [ownPromotion("replaces")],
    },
    {
      matcher: "/store/carts/:id/complete",
      methods: ["POST"],
      middlewares: [confirm, guardCompletion],
    },
    {
      matcher: "/store/payment-collections/:id/payment-sessions",
      methods: ["POST"],
      middlewares: [start, guardPaidCollection],
    },
  ],
});
