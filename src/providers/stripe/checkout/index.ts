import type { GatewayForm } from "../../../checkout/gateway-form";
import { clientOf } from "./client";

/**
 * Stripe's Payment Element and Express Checkout Element as forms of Tender's checkout. Give it to `<TenderCheckout
 * forms={[stripeForm]}>`; the hosted page has it built in. Needs `@stripe/stripe-js` and `@stripe/react-stripe-js`. Stripe's
 * script is loaded when the first of its forms is shown.
 */
export const stripeForm: GatewayForm = {
  draws: (option) => clientOf(option) !== null,
  actsOn: ({ client }) =>
    typeof client["stripe_action"] === "string" && typeof client["client_secret"] === "string",
  load: async () => (await import("./parts.js")).stripeParts,
};

export default stripeForm;
