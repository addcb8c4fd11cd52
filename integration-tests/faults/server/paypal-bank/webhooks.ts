import type { TestHand } from "../../../simulators/paypal";
import type { Treatment, Webhook } from "../simulator-bank/service";

/** A lie about money, for a webhook whose signature covers a CRC32 of its body only. */
const LIE = { status: "COMPLETED", amount: { currency_code: "EUR", value: "9999.99" } };

/** Sends a webhook of the suite's making about an order, as PayPal signs it or as somebody else would. */
export function sendWebhook(
  api: TestHand,
  { type, event_id, reference, times }: Webhook,
  treatment: Treatment,
): Promise<readonly (number | null)[]> {
  const made = { id: event_id, event_type: type, resource: resourceOf(api, type, reference) };
  switch (treatment) {
    case "genuine":
      return api.sendMade(made, { times });
    case "altered":
      return api.sendMade(made, { times, forged: (resource) => void Object.assign(resource, LIE) });
    case "forged":
      // One way and the other, by what the event happens to be called.
      return api.sendMade(made, { times, forged: /[02468]$/.test(event_id) ? "signature" : "certificate" });
  }
}

/** What an event of a type is about, as far as it says which order. */
function resourceOf(api: TestHand, type: string, reference: string | undefined): object {
  if (reference === undefined) {
    return {};
  }
  if (type.startsWith("CHECKOUT.ORDER.")) {
    return { id: reference };
  }
  if (type.startsWith("CUSTOMER.DISPUTE.")) {
    const [capture] = api.open(reference).captures;
    return { disputed_transactions: capture ? [{ seller_transaction_id: capture.id }] : [] };
  }
  return { supplementary_data: { related_ids: { order_id: reference } } };
}
