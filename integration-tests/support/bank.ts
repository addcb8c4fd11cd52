import { startBank, type Bank } from "../../src/providers/sandbox/bank";

export const WEBHOOK_SECRETS = {
  a: "webhook-secret-of-sandbox-a",
  b: "webhook-secret-of-sandbox-b",
} as const;

export type BankPaymentRow = {
  reference: string;
  provider: string;
  currency: string;
  status: string;
  authorized_minor: number;
  captured_minor: number;
  refunded_minor: number;
  metadata: Record<string, string>;
};

/** The sandbox bank with its control API, for tests. */
export type TestBank = Readonly<{
  bank: Bank;
  ledger(): Promise<BankPaymentRow[]>;
  fault(fault: Record<string, unknown>): Promise<void>;
  clearFaults(): Promise<void>;
  control(path: string, body?: unknown): Promise<Response>;
  stop(): Promise<void>;
}>;

/**
 * Starts the bank for both sandbox providers and tells medusa-config.ts where it is; call it before Medusa boots.
 */
export async function startTestBank(): Promise<TestBank> {
  const bank = await startBank({
    merchants: (["a", "b"] as const).map((id) => ({
      provider: `pp_sandbox_${id}`,
      api_key: `api-key-of-sandbox-${id}`,
      webhook_secret: WEBHOOK_SECRETS[id],
    })),
  });
  process.env.SANDBOX_A_URL = bank.merchant_urls.pp_sandbox_a;
  process.env.SANDBOX_B_URL = bank.merchant_urls.pp_sandbox_b;
  const control = (path: string, body?: unknown) =>
    fetch(`${bank.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body ?? {}),
    });
  return {
    bank,
    control,
    ledger: async () => {
      const answer = await fetch(`${bank.url}/control/ledger`);
      return ((await answer.json()) as { payments: BankPaymentRow[] }).payments;
    },
    fault: async (fault) => {
      const answer = await control("/control/faults", fault);
      if (!answer.ok) {
        throw new Error(`The bank refused the fault: ${await answer.text()}`);
      }
    },
    clearFaults: async () => {
      await fetch(`${bank.url}/control/faults`, { method: "DELETE" });
    },
    stop: () => bank.stop(),
  };
}
