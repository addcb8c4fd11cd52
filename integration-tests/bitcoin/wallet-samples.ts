import type { NewInvoice } from "../../src/providers/bitcoin/wallet/wallet-store";

export const CHAIN = "bitcoin-regtest";
export const ACCOUNT = "a0c0a0c0a0c0a0c0";

/** What an invoice is opened with. @param request_key tells it from others */
export function newInvoice(request_key: string, changes: Partial<NewInvoice> = {}): NewInvoice {
  return {
    request_key,
    provider_id: "pp_bitcoin_test",
    attempt_id: `attempt of ${request_key}`,
    account_id: ACCOUNT,
    chain: CHAIN,
    amount_minor: 6_980n,
    currency: "EUR",
    due_sats: 123_456n,
    required_sats: 123_456n,
    confirmations_needed: 1,
    is_trusted: false,
    quote: { rate: "56538.46", sources: ["one", "two"] },
    expires_at: new Date("2030-01-01T12:15:00Z"),
    ...changes,
  };
}

/** An address that looks like none, and a script as wallets have them. */
export function testAddress(index: number): Readonly<{ address: string; script: string }> {
  return { address: `address-${index}`, script: `0014${index.toString(16).padStart(40, "0")}` };
}
