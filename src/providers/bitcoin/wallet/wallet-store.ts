import type { BlockPlace } from "../chain/source";
import type { OutputLoss } from "../invoices/invoice";

/** An invoice as it is kept; amounts are minor units of the currency and satoshis. */
export type StoredInvoice = Readonly<{
  id: string;
  provider_id: string;
  attempt_id: string;
  account_id: string;
  address_index: number;
  chain: string;
  address: string;
  /** Lowercase hex. */
  script: string;
  amount_minor: bigint;
  currency: string;
  due_sats: bigint;
  /** The least that counts as all of it. */
  required_sats: bigint;
  confirmations_needed: number;
  /** Paid as soon as its payment is seen. */
  is_trusted: boolean;
  quote: Readonly<Record<string, unknown>>;
  expires_at: Date;
  canceled_at: Date | null;
  settled_at: Date | null;
  /** Since when an order may stand for it. */
  committed_at: Date | null;
}>;

export type NewInvoice = Omit<
  StoredInvoice,
  "id" | "address_index" | "address" | "script" | "canceled_at" | "settled_at" | "committed_at"
> &
  Readonly<{ request_key: string }>;

export type StoredOutput = Readonly<{
  invoice_id: string;
  txid: string;
  vout: number;
  value_sats: bigint;
  paid_at: Date;
  block: BlockPlace | null;
  lost: OutputLoss | null;
}>;

/** What following a chain changes of the outputs, in this order. */
export type OutputChange =
  /** It is there: waiting to be mined, or in a block. What was known of its time stays. */
  | Readonly<{ kind: "there"; output: Omit<StoredOutput, "lost"> }>
  /** All outputs of the block wait again, until the rest of the step says otherwise. */
  | Readonly<{ kind: "unmined"; block_hash: string }>
  /** What waits to be mined of the transaction stands for nothing now. */
  | Readonly<{ kind: "lost"; txid: string; because: OutputLoss }>
  /** Of what waits to be mined, only these transactions are there. */
  | Readonly<{ kind: "only_waiting"; txids: readonly string[] }>;

export type StoredCursor = Readonly<{
  revision: number;
  tip_height: number;
  /** The follower's own. */
  cursor: Readonly<Record<string, unknown>>;
}>;

/** An invoice whose outputs changed, and the revision of the step that changed them. */
export type InvoiceNews = Readonly<{ id: string; revision: number }>;

/** What the gateway has kept for it; several servers share one. The wallet module keeps it in PostgreSQL. */
export type WalletStore = Readonly<{
  invoices: {
    /** Gives out the account's next address; a repeat under the same `request_key` gets what the first call made. */
    open(
      invoice: NewInvoice,
      addressAt: (index: number) => Readonly<{ address: string; script: string }>,
    ): Promise<StoredInvoice>;
    find(id: string): Promise<StoredInvoice | undefined>;
    /** Takes the account's next index for an address that nobody pays an invoice to, such as one for change. */
    takeIndex(account_id: string): Promise<number>;
    listByScripts(chain: string, scripts: readonly string[]): Promise<readonly StoredInvoice[]>;
    /** Notes it once; a time that stands stays. */
    note(id: string, what: "canceled_at" | "settled_at" | "committed_at", at: Date): Promise<void>;
    /** Invoices whose outputs changed in a step that was not told yet, oldest first. */
    listNews(provider_id: string, limit: number): Promise<readonly InvoiceNews[]>;
    /** These were told; what changed since stays news. */
    endNews(told: readonly InvoiceNews[]): Promise<void>;
    /** Invoices that are not settled and have a standing output in a block from that height on. */
    listConfirming(
      provider_id: string,
      chain: string,
      from_height: number,
    ): Promise<readonly StoredInvoice[]>;
  };
  chains: {
    cursor(chain: string): Promise<(StoredCursor & Readonly<{ looked_at: Date | null }>) | undefined>;
    /**
     * Takes or keeps the lead in looking at the chain for so long; 0 gives it up.
     * @returns false while another one has it
     */
    lead(chain: string, follower_id: string, for_ms: number): Promise<boolean>;
    /** Notes a look that saw all there was. @param began_at what was there then, it saw */
    looked(chain: string, began_at: Date): Promise<void>;
    /**
     * Stores a step whole; `false` where somebody else took it meanwhile.
     * @param from the revision the step began at; undefined for the first of all
     * @returns the invoices whose outputs may have changed
     */
    advance(
      chain: string,
      from: number | undefined,
      to: StoredCursor,
      changes: readonly OutputChange[],
    ): Promise<readonly string[] | false>;
    outputsOf(invoice_id: string): Promise<readonly StoredOutput[]>;
    outputsOfAll(invoice_ids: readonly string[]): Promise<readonly StoredOutput[]>;
    /** The blocks below the height that outputs are known to lie in. */
    blocksBelow(chain: string, height: number): Promise<readonly BlockPlace[]>;
  };
}>;
