/** Stripe as the runner's bank. */
import { runBank } from "../simulator-bank/run";
import { EVENT_TYPES } from "../../../../src/providers/stripe/webhooks";
import { FAULT_PHASES, startStripeSimulator, type StripeSimulator } from "../../../simulators/stripe";
import { StripeRefusal } from "../../../simulators/stripe/errors";
import { ROUTES } from "../../../simulators/stripe/http/routes";
import type { BankAccount, Merchant, Treatment, Webhook } from "../simulator-bank/service";
import { paymentOf } from "./books";

type StripeMerchant = Merchant & Readonly<Record<"api_key" | "publishable_key" | "webhook_secret", string>>;
type Hand = StripeSimulator["api"];

/** What the suite's shoppers pay with. */
const METHOD_TYPES = ["card", "klarna", "alipay"];

/** Days, in truth; soon enough here to come back while the schedule is still looked at. */
const REFUNDS_END_AFTER_MS = 2_000;

/** Which object an event of each type is about; a payment intent where it says so itself. */
const ABOUT: Readonly<Record<string, string>> = {
  "charge.refunded": "charge",
  "charge.dispute.created": "dispute",
};

runBank<StripeMerchant>({
  startAccount,
  fault_kinds: Object.keys(FAULT_PHASES),
  operations: Object.keys(ROUTES),
  refusalOf: (error) =>
    error instanceof StripeRefusal ? { status: error.status, body: error.body } : undefined,
});

/** Its endpoint is told what docs/stripe.md says to subscribe to, so that nothing is made up for by other events. */
async function startAccount(merchant: StripeMerchant): Promise<BankAccount> {
  const { api_key, publishable_key, webhook_secret, webhook_url } = merchant;
  const { url, api } = await startStripeSimulator({
    accounts: [
      {
        secret_key: api_key,
        publishable_key,
        payment_method_types: METHOD_TYPES,
        refunds_end_after_ms: REFUNDS_END_AFTER_MS,
        webhook_endpoints: [{ url: webhook_url, secrets: [webhook_secret], enabled_events: EVENT_TYPES }],
      },
    ],
  });
  return {
    url,
    hand: api,
    changedSince: (revision) => {
      const { rows, revision: next } = api.ledgerSince(revision);
      return { payments: rows.map(paymentOf), revision: next };
    },
    acts: {
      capture: (id, amount) => api.dashboard.capture(id, amount),
      refund: (id, amount) => void api.dashboard.refund(id, amount),
      cancel: (id) => api.dashboard.cancel(id),
      dispute: (id, amount) => void api.openDispute(id, amount === undefined ? {} : { amount }),
      approve: (id) => api.decide(id, "approve"),
      decline: (id) => api.decide(id, "fail"),
    },
    sendWebhook: (webhook, treatment) => sendWebhook(api, webhook, treatment),
  };
}

/** Its signature covers the whole body: nothing can be altered under it. */
function sendWebhook(
  api: Hand,
  { type, event_id, reference, times }: Webhook,
  treatment: Treatment,
): Promise<readonly (number | null)[]> {
  if (treatment === "altered") {
    throw new Error("Stripe signs the whole of a webhook.");
  }
  const object = ABOUT[type]
    ? { object: ABOUT[type], payment_intent: reference }
    : reference === undefined
      ? { object: "payment_intent" }
      : api.paymentIntent(reference);
  return api.sendMade({ id: event_id, type, object }, { times, forged: treatment === "forged" });
}
