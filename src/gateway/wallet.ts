import type { Money } from "./money";

/**
 * Why the network of a wallet cannot be asked just now; what was known stays true.
 *
 * - `unreachable`: no connection, no answer in time, or too busy to answer.
 * - `warming_up`: it is starting, and does not know all it has to.
 * - `refused_credentials`: it does not accept the store's user or key.
 * - `wrong_network`: it belongs to another network.
 * - `behind`: it knows less than is known here.
 * - `nonsense`: it answered what cannot be right.
 * - `refused`: it understood and cannot.
 */
export type WalletTrouble =
  "unreachable" | "warming_up" | "refused_credentials" | "wrong_network" | "behind" | "nonsense" | "refused";

/** How the wallet knows what was paid: the node or service it reads, and how far it has read. */
export type WalletNode = Readonly<{
  /** As people call it, e.g. "Bitcoin testnet". */
  network: string;
  is_test: boolean;
  /** What keeps it from being asked, with a message that holds no secret and no address; null where it answers. */
  trouble: Readonly<{ kind: WalletTrouble; message: string }> | null;
  /** The newest block it has; null where it cannot be asked. */
  tip: Readonly<{ height: number; mined_at: Date | null }> | null;
  /** Up to which block payments have been read; null before the first look. */
  read_height: number | null;
  /** Blocks that it has and were not read yet; null where that cannot be told. */
  blocks_behind: number | null;
  /** When everything there was had been read last. */
  looked_at: Date | null;
  /** Which server reads it now. */
  reader: "this_server" | "another_server" | "nobody";
}>;

/** What is watched, by the public key alone: nothing here can spend. */
export type WalletAccount = Readonly<{
  /** Tells the account apart, and does not tell its key. */
  fingerprint: string;
  /** The kind of its addresses, e.g. `p2wpkh`. */
  address_kind: string;
  /** The index of the address that is given out next. */
  next_index: number;
  /** Addresses that something was ever paid to. */
  addresses_used: number;
  /** The highest index that something was paid to; null where nothing was. */
  last_used_index: number | null;
  /** Addresses given out since then: wallets stop looking after some in a row. */
  unused_since: number;
  /** The most unused ones in a row below a used one: a wallet that looks for fewer does not show all there is. */
  longest_gap: number;
  /** After how many unused ones in a row common wallets stop looking. */
  gap_limit: number;
}>;

/**
 * - `awaiting`: nothing has arrived, and there is time.
 * - `partial`: some has arrived, and there is time for the rest.
 * - `confirming`: all has arrived, and is not final yet.
 * - `settled`: paid.
 * - `undone`: it was paid, and the network has taken it back.
 * - `expired`: the time is over, and not all had arrived.
 * - `canceled`: given up by shopper or store before it was paid.
 */
export const WALLET_INVOICE_STATUSES = [
  "awaiting",
  "partial",
  "confirming",
  "settled",
  "undone",
  "expired",
  "canceled",
] as const;
export type WalletInvoiceStatus = (typeof WALLET_INVOICE_STATUSES)[number];

/** What a shopper was asked to pay to an address, and what came of it. Amounts of coins are decimals without unit. */
export type WalletInvoice = Readonly<{
  id: string;
  attempt_id: string;
  address: string;
  address_index: number;
  /** What the payment is in money. */
  amount: Money;
  asked: string;
  /** What stands at the address, confirmed or not, in time or late. */
  seen: string;
  /** Of that, what is in a block. */
  confirmed: string;
  /** Null where not all has arrived. */
  confirmations: number | null;
  confirmations_needed: number;
  status: WalletInvoiceStatus;
  created_at: Date;
  expires_at: Date;
}>;

export type WalletOverview = Readonly<{
  /** The coin's unit, e.g. `BTC`. */
  unit: string;
  node: WalletNode;
  account: WalletAccount;
}>;

export type WalletInvoiceQuery = Readonly<{
  status?: WalletInvoiceStatus;
  /** An address, a transaction's id, or the id of an invoice or attempt, whole. */
  search?: string;
  limit: number;
  /** `next_cursor` of the page before. */
  cursor?: string;
}>;

export type WalletInvoicePage = Readonly<{
  invoices: readonly WalletInvoice[];
  next_cursor: string | null;
}>;

/** A wallet that a gateway keeps by itself, for operators to look at. It holds no key that could spend. */
export type OwnWallet = {
  /** Answers also where the network cannot be asked, and says so. Changes nothing. */
  overview(signal: AbortSignal): Promise<WalletOverview>;
  /** Newest first. @throws InvalidPaymentData for a cursor that is none */
  listInvoices(query: WalletInvoiceQuery): Promise<WalletInvoicePage>;
};
