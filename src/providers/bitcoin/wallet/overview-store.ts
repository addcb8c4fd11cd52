import type { WalletInvoiceStatus } from "../../../gateway/wallet";

/** How far the addresses of an account are used. */
export type AccountUse = Readonly<{
  next_index: number;
  addresses_used: number;
  last_used_index: number | null;
  /** The most unused addresses in a row below a used one. */
  longest_gap: number;
}>;

/** An invoice and what stands at its address, in satoshis. */
export type InvoiceSummary = Readonly<{
  id: string;
  attempt_id: string;
  address: string;
  address_index: number;
  amount_minor: bigint;
  currency: string;
  due_sats: bigint;
  required_sats: bigint;
  confirmations_needed: number;
  seen_sats: bigint;
  mined_sats: bigint;
  status: WalletInvoiceStatus;
  created_at: Date;
  expires_at: Date;
}>;

/** What operators look at; the wallet module reads it from PostgreSQL. */
export type OverviewStore = {
  /** Which follower looks at the chain at this moment. */
  leaderOf(chain: string): Promise<string | null>;
  useOf(account_id: string): Promise<AccountUse>;
  /** Newest first. */
  listInvoices(
    query: Readonly<{
      provider_id: string;
      chain: string;
      status?: WalletInvoiceStatus;
      search?: string;
      before_id?: string;
      limit: number;
      seen_at: Date;
      /** How long after its end a payment is still in time. */
      grace_ms: number;
    }>,
  ): Promise<readonly InvoiceSummary[]>;
};
