import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";

const TABLE = "bitcoin_wallet_invoice";
const ACCOUNTS = "bitcoin_wallet_account";

/** An address that was given out, and what for. Amounts are integers: minor units of the currency, satoshis of the coin. */
export type InvoiceRecord = Readonly<{
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
  committed_at: Date | null;
}>;

export type NewInvoice = Omit<
  InvoiceRecord,
  "id" | "address_index" | "address" | "script" | "canceled_at" | "settled_at" | "committed_at"
> &
  Readonly<{
    /** A repeat of the same call gets the invoice that the first one made. */
    request_key: string;
  }>;

/** An invoice whose outputs changed, and the step that changed them. */
export type InvoiceNews = Readonly<{ id: string; revision: number }>;

/** The address of an index, and its output script. */
export type AddressAt = (index: number) => Readonly<{ address: string; script: string }>;

type InvoiceRow = Omit<InvoiceRecord, "amount_minor" | "due_sats" | "required_sats"> &
  Readonly<{ amount_minor: string; due_sats: string; required_sats: string }>;

/** Addresses and what they were given out for, in Postgres. */
export class InvoiceStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Gives out the account's next address for an invoice. No two of any number of servers get the same one; an index that a
   * failed call took is left out.
   */
  async open({ request_key, ...invoice }: NewInvoice, addressAt: AddressAt): Promise<InvoiceRecord> {
    const known = await this.findRequested(request_key);
    if (known) {
      return known;
    }
    const address_index = await this.takeIndex(invoice.account_id);
    const { address, script } = addressAt(address_index);
    const now = new Date();
    await this.knex(TABLE)
      .insert({
        ...invoice,
        id: generateEntityId(undefined, "btcinv"),
        request_key,
        address_index,
        address,
        script,
        amount_minor: invoice.amount_minor.toString(),
        due_sats: invoice.due_sats.toString(),
        required_sats: invoice.required_sats.toString(),
        quote: JSON.stringify(invoice.quote),
        created_at: now,
        updated_at: now,
      })
      .onConflict(this.knex.raw("(request_key) WHERE deleted_at IS NULL") as never)
      .ignore();
    const made = await this.findRequested(request_key);
    if (!made) {
      throw new Error("An invoice that was just written is not there.");
    }
    return made;
  }

  async find(id: string): Promise<InvoiceRecord | undefined> {
    return this.first({ id });
  }

  /** The invoices of these output scripts (lowercase hex). */
  async listByScripts(chain: string, scripts: readonly string[]): Promise<InvoiceRecord[]> {
    const rows = await this.knex<InvoiceRow>(TABLE)
      .where({ chain })
      // One parameter for all: a block may hold more scripts than a statement may have parameters.
      .whereRaw("script = ANY(?)", [[...scripts]])
      .whereNull("deleted_at");
    return (rows as InvoiceRow[]).map(toRecord);
  }

  /** Notes once that it was given up, that it had all it asks for, or that an order may stand for it. */
  async note(id: string, what: "canceled_at" | "settled_at" | "committed_at", at: Date): Promise<void> {
    await this.knex(TABLE)
      .where({ id })
      .whereNull(what)
      .update({ [what]: at, updated_at: new Date() });
  }

  /** The provider's invoices whose outputs changed in a step that was not told yet, and that step's revision. */
  async listNews(provider_id: string, limit: number): Promise<InvoiceNews[]> {
    const rows = await this.knex(TABLE)
      .where({ provider_id })
      .whereNotNull("news_revision")
      .whereNull("deleted_at")
      .orderBy("news_revision")
      .limit(limit)
      .select("id", "news_revision");
    return rows.map(({ id, news_revision }) => ({ id, revision: Number(news_revision) }));
  }

  /** These were told; what changed since stays news. */
  async endNews(told: readonly InvoiceNews[]): Promise<void> {
    await this.knex(TABLE)
      .whereIn(
        ["id", "news_revision"],
        told.map(({ id, revision }) => [id, revision]),
      )
      .update({ news_revision: null });
  }

  /** The provider's invoices that are not settled and have a standing output in a block from that height on. */
  async listConfirming(provider_id: string, chain: string, from_height: number): Promise<InvoiceRecord[]> {
    const rows = await this.knex(TABLE)
      .where({ provider_id })
      .whereNull("settled_at")
      .whereNull("deleted_at")
      .whereIn("id", (ids) =>
        ids
          .from("bitcoin_wallet_output")
          .where({ chain })
          .where("block_height", ">=", from_height)
          .whereNull("lost")
          .whereNull("deleted_at")
          .select("invoice_id"),
      );
    return (rows as InvoiceRow[]).map(toRecord);
  }

  /** Takes the account's next index; it is never given out again. */
  async takeIndex(id: string): Promise<number> {
    const now = new Date();
    const [row] = await this.knex(ACCOUNTS)
      .insert({ id, next_index: 1, created_at: now, updated_at: now })
      .onConflict("id")
      .merge({ next_index: this.knex.raw(`${ACCOUNTS}.next_index + 1`), updated_at: now } as never)
      .returning("next_index");
    return Number(row.next_index) - 1;
  }

  private findRequested(request_key: string): Promise<InvoiceRecord | undefined> {
    return this.first({ request_key });
  }

  private async first(where: Readonly<Record<string, string>>): Promise<InvoiceRecord | undefined> {
    const row = await this.knex(TABLE).where(where).whereNull("deleted_at").first();
    return row && toRecord(row as InvoiceRow);
  }
}

function toRecord(row: InvoiceRow): InvoiceRecord {
  return {
    id: row.id,
    provider_id: row.provider_id,
    attempt_id: row.attempt_id,
    account_id: row.account_id,
    address_index: row.address_index,
    chain: row.chain,
    address: row.address,
    script: row.script,
    amount_minor: BigInt(row.amount_minor),
    currency: row.currency,
    due_sats: BigInt(row.due_sats),
    required_sats: BigInt(row.required_sats),
    confirmations_needed: Number(row.confirmations_needed),
    is_trusted: row.is_trusted,
    quote: row.quote,
    expires_at: row.expires_at,
    canceled_at: row.canceled_at,
    settled_at: row.settled_at,
    committed_at: row.committed_at,
  };
}
