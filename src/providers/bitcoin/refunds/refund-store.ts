import type { Outpoint } from "../chain/source";

/** How far a refund is, and where it may go from there. */
export const REFUND_MOVES = {
  /** Nobody has said yet where the coins go. */
  waits_for_payee: ["waits_for_operator", "dropped"],
  /** To be exported, signed and imported. */
  waits_for_operator: ["signed", "sent", "done", "dropped"],
  /** Signed, and kept here before anybody was told; perhaps not at the node. */
  signed: ["sent", "done", "waits_for_operator"],
  /** At the node, or in a block that is not deep enough. */
  sent: ["done", "signed"],
  /** Deep enough; a reorganisation may still take it back. */
  done: ["sent", "signed"],
  /** The operator gave it up; what was exported before may be signed and sent all the same. */
  dropped: ["sent", "done"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RefundStatus = keyof typeof REFUND_MOVES;

/** A coin of the account's: an output that can be spent. */
export type WalletCoin = Outpoint &
  Readonly<{
    value_sats: bigint;
    address_index: number;
    /** Lowercase hex. */
    script: string;
  }>;

/** The transaction that a refund was made into. What it pays, and at which rate, is fixed from then on. */
export type PreparedRefund = Readonly<{
  account_id: string;
  /** Base64, unsigned. */
  psbt: string;
  /** The transaction's, which signing does not change. */
  txid: string;
  /** Those of earlier preparations, which the operator may have signed and sent all the same. */
  earlier_txids: readonly string[];
  /** What the refund is in coins, and what of it the payee gets. */
  sats: bigint;
  paid_sats: bigint;
  fee_sats: bigint;
  /** The address that was taken for change, once there was any: another preparation uses it again. Script in lowercase hex. */
  change_address: Readonly<{ index: number; script: string }> | null;
  /** What is left of the coins and comes back. */
  change: Readonly<{ vout: number; value_sats: bigint }> | null;
}>;

export type StoredRefund = Readonly<{
  id: string;
  provider_id: string;
  chain: string;
  invoice_id: string;
  /** Minor units; null with `currency` for coins that no refund of the store's stands for. */
  amount_minor: bigint | null;
  currency: string | null;
  /** Known from the beginning where no money is refunded, else from when it is prepared. */
  sats: bigint | null;
  payee_token: string;
  destination: string | null;
  status: RefundStatus;
  /** Counts the changes; a change of an older one is refused. */
  revision: number;
  prepared: PreparedRefund | null;
  /** The signed transaction as hex. */
  raw: string | null;
  /** Why it does not go on, in words for the operator. */
  note: string | null;
  /** Done, and too deep to be looked at any more. */
  is_buried: boolean;
}>;

export type NewRefund = Pick<
  StoredRefund,
  "provider_id" | "chain" | "invoice_id" | "amount_minor" | "currency" | "sats" | "payee_token"
> &
  Readonly<{
    /** A repeat of the same call gets the refund that the first one made. */
    request_key: string;
  }>;

export type RefundChange = Partial<
  Pick<StoredRefund, "destination" | "status" | "raw" | "note" | "is_buried">
> &
  Readonly<{ prepared?: PreparedRefund }>;

/** Whose refunds: those of one provider of the store's, on the chain it is on. */
export type RefundScope = Readonly<{ provider_id: string; chain: string }>;

/**
 * Refunds and the coins they take, kept for any number of servers. The wallet module keeps them in PostgreSQL.
 * Where a change is refused because the refund is not what it was, `undefined` is answered.
 */
export type RefundStore = {
  /**
   * Writes a refund down, or answers the one that was made under the same key.
   * @param most what all refunds of the same kind that stand for the invoice may come to with this one: minor units of
   *   those in money, satoshis of the others @returns `too_much` where that is exceeded
   */
  intend(refund: NewRefund, most: bigint): Promise<StoredRefund | "too_much">;
  find(scope: RefundScope, id: string): Promise<StoredRefund | undefined>;
  findByToken(scope: RefundScope, payee_token: string): Promise<StoredRefund | undefined>;
  listOf(scope: RefundScope, invoice_id: string): Promise<readonly StoredRefund[]>;
  /** Of all invoices, newest first. @param page `is_open`: without those that are done or dropped */
  listPage(
    scope: RefundScope,
    page: Readonly<{ is_open: boolean; limit: number; before_id?: string }>,
  ): Promise<readonly StoredRefund[]>;
  /** Those that a look at the chain can change. */
  listToFollow(scope: RefundScope): Promise<readonly StoredRefund[]>;
  /** Also lets go of its coins where it is dropped. */
  change(refund: StoredRefund, change: RefundChange): Promise<StoredRefund | undefined>;
  /**
   * Keeps what a refund was made into, and its coins from other refunds, in place of what was prepared before.
   * @param most_sats what all refunds of the invoice may come to in coins with this one; undefined for no limit
   * @returns `coins_taken` where another refund has one of the coins, `too_much` where the limit is exceeded
   */
  prepare(
    refund: StoredRefund,
    prepared: PreparedRefund,
    coins: readonly WalletCoin[],
    most_sats: bigint | undefined,
  ): Promise<StoredRefund | "coins_taken" | "too_much" | undefined>;
  /** The coins that are kept for a refund. */
  coinsOf(refund: StoredRefund): Promise<readonly WalletCoin[]>;
  /**
   * Coins of an account that no refund has: mined payments of settled invoices and of this one, and the change of refunds
   * that are done; the newest first.
   */
  freeCoins(
    account_id: string,
    invoice_id: string,
    page: Readonly<{ skip: number; take: number }>,
  ): Promise<readonly WalletCoin[]>;
  /** Whether change has been sent to this script, or may be. */
  isChange(chain: string, script: string): Promise<boolean>;
};
