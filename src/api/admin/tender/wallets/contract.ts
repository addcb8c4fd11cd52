import { z } from "@medusajs/framework/zod";
import {
  WALLET_INVOICE_STATUSES,
  type WalletAccount,
  type WalletInvoiceStatus,
  type WalletNode,
} from "../../../../gateway";
import { pageOf } from "../paging/schemas";

/** The longest thing that can be looked for: a transaction's id, or an address. */
const LONGEST_SEARCH = 128;

export const WalletInvoicesQuery = pageOf({
  status: z.enum(WALLET_INVOICE_STATUSES).optional(),
  /** An address, a transaction's id, or the id of an invoice or attempt, whole. */
  search: z.string().trim().min(1).max(LONGEST_SEARCH).optional(),
});
export type WalletInvoicesQuery = z.infer<typeof WalletInvoicesQuery>;

/** The node or service that is read, and how far. Times are ISO 8601 in UTC. */
export type AdminWalletNode = Readonly<{
  network: string;
  is_test: boolean;
  trouble: WalletNode["trouble"];
  tip: Readonly<{ height: number; mined_at: string | null }> | null;
  read_height: number | null;
  blocks_behind: number | null;
  looked_at: string | null;
  reader: WalletNode["reader"];
}>;

export type AdminWallet = Readonly<{
  provider_id: string;
  /** What shoppers pay with. */
  methods: readonly string[];
  has_manual_refunds: boolean;
  /** Null where the wallet could not be looked at; the log says why. */
  overview: Readonly<{ unit: string; node: AdminWalletNode; account: WalletAccount }> | null;
}>;

/** `GET /admin/tender/wallets`. */
export type AdminWalletsResult = Readonly<{ wallets: readonly AdminWallet[] }>;

/** What a shopper was asked to pay. Amounts of coins are decimals as text, in the wallet's unit. */
export type AdminWalletInvoice = Readonly<{
  id: string;
  payment_attempt_id: string;
  address: string;
  address_index: number;
  amount: number;
  currency_code: string;
  asked: string;
  seen: string;
  confirmed: string;
  confirmations: number | null;
  confirmations_needed: number;
  status: WalletInvoiceStatus;
  created_at: string;
  expires_at: string;
}>;

/** `GET /admin/tender/wallets/:provider_id/invoices`: newest first. */
export type AdminWalletInvoicesResult = Readonly<{
  invoices: readonly AdminWalletInvoice[];
  next_cursor: string | null;
}>;
