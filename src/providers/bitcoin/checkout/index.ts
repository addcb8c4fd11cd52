import type { GatewayForm } from "../../../checkout/gateway-form";
import { optionOf, paymentOf } from "./client";
import { standingOf } from "./standing";

/**
 * The page on which coins are paid to an address of the store's, as a form of Tender's checkout. Give it to
 * `<TenderCheckout forms={[coinForm]}>`; the hosted page has it built in. Needs `qrcode-generator`.
 */
export const coinForm: GatewayForm = {
  draws: (option) => optionOf(option) !== null,
  asksForDetails: () => false,
  actsOn: (attempt) => paymentOf(attempt) !== null,
  actsInPage: (attempt) => paymentOf(attempt) !== null,
  afterOrder: (attempt) => {
    const payment = paymentOf(attempt);
    if (!payment) return null;
    switch (standingOf(attempt, payment)) {
      case "settled":
        return "paid";
      case "confirming":
        return "confirming";
      default:
        return "unpaid";
    }
  },
  load: async () => (await import("./parts.js")).coinParts,
};

export default coinForm;
