import type { AfterOrder, GatewayForm } from "../../../checkout/gateway-form";
import { optionOf, paymentOf, type Phase } from "./client";
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
    return payment && AFTER_ORDER[standingOf(attempt, payment)];
  },
  load: async () => (await import("./parts.js")).coinParts,
};

const AFTER_ORDER: Readonly<Record<Phase, AfterOrder>> = {
  awaiting: "unpaid",
  partial: "unpaid",
  confirming: "confirming",
  settled: "paid",
  expired: "overdue",
};

export default coinForm;
