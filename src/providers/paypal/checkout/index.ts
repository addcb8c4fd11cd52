import type { GatewayForm } from "../../../checkout/gateway-form";
import { clientOf } from "./client";

/**
 * PayPal's buttons and card fields as forms of Tender's checkout. Give it to `<TenderCheckout forms={[paypalForm]}>`; the
 * hosted page has it built in. Needs `@paypal/paypal-js`. PayPal's script is loaded when the first of its forms is shown.
 */
export const paypalForm: GatewayForm = {
  draws: (option) => clientOf(option) !== null,
  hasOwnButton: (option) => clientOf(option)?.form === "button",
  // PayPal asks for 3-D Secure while its fields are submitted; what an order waits for later is a page of its own.
  actsOn: () => false,
  load: async () => (await import("./parts.js")).paypalParts,
};

export default paypalForm;
