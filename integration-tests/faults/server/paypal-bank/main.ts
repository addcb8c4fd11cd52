/** PayPal as the runner's bank. */
import { runBank } from "../simulator-bank/run";
import { EVENT_TYPES } from "../../../../src/providers/paypal/webhooks";
import { FAULT_PHASES, startPaypalSimulator } from "../../../simulators/paypal";
import { PaypalRefusal } from "../../../simulators/paypal/errors";
import { ROUTES } from "../../../simulators/paypal/http/routes";
import type { BankAccount, Merchant } from "../simulator-bank/service";
import { actsOf } from "./acts";
import { paymentOf } from "./books";
import { sendWebhook } from "./webhooks";

type PaypalMerchant = Merchant &
  Readonly<Record<"client_id" | "client_secret" | "webhook_id" | "country", string>>;

/** For an eCheck to clear, and for a review. */
const PENDING_ENDS_AFTER_MS = 3 * 24 * 60 * 60 * 1000;

runBank<PaypalMerchant>({
  startAccount,
  fault_kinds: Object.keys(FAULT_PHASES),
  operations: Object.keys(ROUTES),
  refusalOf: (error) =>
    error instanceof PaypalRefusal ? { status: 422, body: { message: error.message } } : undefined,
});

/** Its webhook is told what docs/paypal.md says to subscribe to, so that nothing is made up for by other events. */
async function startAccount(merchant: PaypalMerchant): Promise<BankAccount> {
  const { client_id, client_secret, country, webhook_id, webhook_url } = merchant;
  const { url, api, root_certificate } = await startPaypalSimulator({
    accounts: [
      {
        client_id,
        client_secret,
        country,
        pending_ends_after_ms: PENDING_ENDS_AFTER_MS,
        webhooks: [{ url: webhook_url, id: webhook_id, event_types: EVENT_TYPES }],
      },
    ],
  });
  return {
    url,
    root_certificate,
    hand: api,
    changedSince: (revision) => {
      const { rows, revision: next } = api.ledgerSince(revision);
      return { payments: rows.map(paymentOf), revision: next };
    },
    acts: actsOf(api),
    sendWebhook: (webhook, treatment) => sendWebhook(api, webhook, treatment),
  };
}
