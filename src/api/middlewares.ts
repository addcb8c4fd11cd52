import { authenticate, defineMiddlewares, validateAndTransformBody } from "@medusajs/framework/http";
import { guardCompletion } from "./guard-completion";
import { guardPaidCollection } from "./guard-paid-collection";
import { ConfirmAttemptBody, CreateAttemptBody } from "./store-contract";

/** Far more than any method's data needs, far less than would hurt. */
const BODY_LIMIT = "16kb";

const shopper = authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true });

export default defineMiddlewares({
  routes: [
    {
      matcher: "/store/carts/:id/payment-attempts",
      methods: ["POST"],
      bodyParser: { sizeLimit: BODY_LIMIT },
      middlewares: [shopper, validateAndTransformBody(CreateAttemptBody)],
    },
    {
      matcher: "/store/carts/:id/payment-attempts/:attempt_id/confirm",
      methods: ["POST"],
      bodyParser: { sizeLimit: BODY_LIMIT },
      middlewares: [shopper, validateAndTransformBody(ConfirmAttemptBody)],
    },
    {
      matcher: "/store/carts/:id/complete",
      methods: ["POST"],
      middlewares: [guardCompletion],
    },
    {
      matcher: "/store/payment-collections/:id/payment-sessions",
      methods: ["POST"],
      middlewares: [guardPaidCollection],
    },
  ],
});
