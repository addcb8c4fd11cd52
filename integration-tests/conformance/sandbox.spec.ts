import { createHmac } from "node:crypto";
import { SandboxPaymentProvider } from "../../src/providers/sandbox";
import { startBank } from "../../src/providers/sandbox/bank";
import {
  describeGatewayConformance,
  type ConformanceHarness,
  type ControllableService,
  type LedgerRow,
  type Sample,
  type WebhookDraft,
} from "../../src/testing";

const PROVIDER = "pp_sandbox_conformance";
const API_KEY = "sk_sandbox_conformance_key";
const WEBHOOK_SECRET = "whsec_sandbox_conformance";
/** Not the one the test form shows to everybody. */
const APPROVED_CARD = "5555555555554444";

const typed = (number: string) => ({ number, exp_month: 12, exp_year: 2040, cvc: "739" });
const card = (number: string): Sample => ({ data: { card: typed(number) } });
const refused = (number: string, code: string) => ({ ...card(number), code });

/** The sandbox against its real bank, over HTTP. */
const sandbox: ConformanceHarness = {
  claims: {
    methods: ["card", "apple_pay", "google_pay", "bank_redirect"],
    currencies: "all",
    capture: ["manual", "automatic"],
    partial_capture: true,
    multiple_capture: true,
    partial_refund: true,
    void: true,
    saved_methods: true,
    update_amount: true,
  },
  samples: {
    approve: card(APPROVED_CARD),
    declines: {
      authenticate: refused("4000009990000096", "authentication_required"),
      provider_transient: refused("4000000000000119", "processing_error"),
      issuer_transient: refused("4000009990000013", "issuer_not_available"),
      issuer_generic: refused("4000000000000002", "generic_decline"),
      issuer_refused: refused("4000009990000021", "do_not_honor"),
      funds_limit: refused("4000000000009995", "insufficient_funds"),
      fix_data: refused("4000000000000127", "incorrect_cvc"),
      instrument_unusable: refused("4000000000000069", "expired_card"),
      unsupported_here: refused("4000009990000039", "card_not_supported"),
      never: refused("4000000000009987", "lost_card"),
      risk: refused("4100000000000019", "highest_risk_level"),
      compliance: refused("4000009990000062", "compliance_violation"),
      reconcile: refused("4000009990000047", "duplicate_transaction"),
      merchant_config: refused("4000009990000054", "account_capability_missing"),
      session_expired: refused("4000009990000070", "payment_expired"),
      unclassified: refused("4000009990000112", "unlisted_code"),
    },
    three_d_secure: card("4000002760003184"),
    pending: { method: "bank_redirect", data: undefined },
    other_method: { method: "apple_pay", data: { wallet: {} } },
    save_method: { data: { card: { ...typed(APPROVED_CARD), save: true } } },
    pay_with_saved: (saved_method_id) => ({ data: { saved_method_id } }),
    session_data: { token: "tok_visa" },
    secrets: [API_KEY, WEBHOOK_SECRET, APPROVED_CARD, "4000000000009995"],
    options_at: (bank_url) => ({ bank_url, api_key: API_KEY, webhook_secret: WEBHOOK_SECRET }),
    hostile: { disputed_minor: "0", captured_minor: "10000", provider: "pp_sandbox_b" },
  },
  async start() {
    const merchant = { provider: PROVIDER, api_key: API_KEY, webhook_secret: WEBHOOK_SECRET };
    const bank = await startBank({ merchants: [merchant] });
    return {
      createProvider: (cradle, options) =>
        new SandboxPaymentProvider(cradle, {
          ...options,
          bank_url: bank.merchant_urls[PROVIDER],
          api_key: API_KEY,
          webhook_secret: WEBHOOK_SECRET,
        }),
      service: bankAt(bank.url),
      stop: () => bank.stop(),
    };
  },
};

describeGatewayConformance("the sandbox", sandbox);

function bankAt(url: string): ControllableService {
  return {
    async ledger() {
      const { payments } = (await control(url, "GET", "ledger")) as { payments: BankRow[] };
      return payments.map(ledgerRow);
    },
    async fault(request) {
      await control(url, "POST", "faults", { ...request });
    },
    async clearFaults() {
      await control(url, "DELETE", "faults");
    },
    async actInDashboard(reference, action, amount_minor) {
      await control(url, "POST", `payments/${reference}/${action}`, {
        amount_minor: amount_minor?.toString(),
      });
    },
    async completeChallenge(page, decision) {
      const answer = await fetch(page, {
        method: "POST",
        body: new URLSearchParams({ decision }),
        redirect: "manual",
      });
      expect(answer.status).toBeLessThan(400);
    },
    signedWebhook,
  };
}

type BankRow = Omit<LedgerRow, "authorized_minor" | "captured_minor" | "refunded_minor"> &
  Record<"authorized_minor" | "captured_minor" | "refunded_minor", number | string>;

function ledgerRow(row: BankRow): LedgerRow {
  return {
    ...row,
    authorized_minor: BigInt(row.authorized_minor),
    captured_minor: BigInt(row.captured_minor),
    refunded_minor: BigInt(row.refunded_minor),
  };
}

function signedWebhook(draft: WebhookDraft) {
  const { event_id, reference, about, claimed_minor, signed_at, wrong_secret } = draft;
  const event = {
    id: event_id,
    type: `payment.${about}`,
    provider: PROVIDER,
    reference,
    amount_minor: claimed_minor?.toString(),
  };
  const raw_body = draft.raw_body ?? Buffer.from(JSON.stringify(event));
  const t = Math.floor((signed_at?.getTime() ?? Date.now()) / 1000);
  const secret = wrong_secret ? "whsec_of_somebody_else" : WEBHOOK_SECRET;
  const v1 = createHmac("sha256", secret).update(`${t}.`).update(raw_body).digest("hex");
  return {
    raw_body,
    headers: { "content-type": "application/json", "x-sandbox-signature": `t=${t},v1=${v1}` },
  };
}

async function control(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}/control/${path}`, { method, body: body && JSON.stringify(body) });
  if (!answer.ok) {
    throw new Error(`The bank's control API answered ${answer.status}: ${await answer.text()}`);
  }
  return answer.json();
}
