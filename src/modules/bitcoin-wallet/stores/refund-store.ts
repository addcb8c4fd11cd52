import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import {
  preparedColumns,
  toCoinRecord,
  toRefundRecord,
  type CoinRecord,
  type CoinRow,
  type PreparedRecord,
  type RefundRecord,
  type RefundRow,
  type RefundStatus,
} from "./refund-row";

const TABLE = "bitcoin_wallet_refund";
const INPUTS = "bitcoin_wallet_refund_input";
const INVOICES = "bitcoin_wallet_invoice";

/** PostgreSQL, "unique_violation". */
const UNIQUE_VIOLATION = "23505";

export type NewRefund = Pick<
  RefundRecord,
  "provider_id" | "chain" | "invoice_id" | "amount_minor" | "currency" | "sats" | "payee_token"
> &
  Readonly<{ request_key: string }>;

export type RefundChange = Partial<
  Pick<RefundRecord, "destination" | "status" | "raw" | "note" | "is_buried">
> &
  Readonly<{ prepared?: PreparedRecord }>;

/** Whose refunds: those of one provider of the store's, on the chain it is on. */
export type RefundScope = Readonly<{ provider_id: string; chain: string }>;

/** Those that what happens on the chain can change, beside the exported ones. */
const FOLLOWED: readonly RefundStatus[] = ["signed", "sent", "done"];
/** Nobody has to do anything about these any more. */
const ENDED: readonly RefundStatus[] = ["done", "dropped"];
/** How long one that was exported and then given up may still be sent by somebody who has the file. */
const REMEMBERED_MS = 30 * 24 * 60 * 60_000;

/** Refunds and the coins they take, in Postgres. */
export class RefundStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Writes a refund down, or answers the one that was made under the same key.
   *
   * @param most what all refunds of the same kind that stand for the invoice may come to with this one: minor units of
   *   those in money, satoshis of the others
   */
  async intend({ request_key, ...refund }: NewRefund, most: bigint): Promise<RefundRecord | "too_much"> {
    return this.ofInvoice(refund.invoice_id, async (trx) => {
      const known = await live(trx).where({ request_key }).first();
      if (known) {
        return toRefundRecord(known as RefundRow);
      }
      const in_money = refund.amount_minor !== null;
      const others = (await standingOf(trx, refund.invoice_id)).filter(
        ({ amount_minor }) => (amount_minor !== null) === in_money,
      );
      const asked = sizeOf(refund, in_money);
      if (others.reduce((sum, other) => sum + sizeOf(other, in_money), asked) > most) {
        return "too_much";
      }
      const now = new Date();
      const [made] = await trx(TABLE)
        .insert({
          ...refund,
          id: generateEntityId(undefined, "btcref"),
          request_key,
          amount_minor: refund.amount_minor?.toString() ?? null,
          sats: refund.sats?.toString() ?? null,
          status: "waits_for_payee" satisfies RefundStatus,
          revision: 1,
          is_buried: false,
          created_at: now,
          updated_at: now,
        })
        .returning("*");
      return toRefundRecord(made as RefundRow);
    });
  }

  async find(scope: RefundScope, id: string): Promise<RefundRecord | undefined> {
    return this.first({ ...scope, id });
  }

  async findByToken(scope: RefundScope, payee_token: string): Promise<RefundRecord | undefined> {
    return this.first({ ...scope, payee_token });
  }

  /** First to last. */
  async listOf(scope: RefundScope, invoice_id: string): Promise<RefundRecord[]> {
    const rows = await live(this.knex)
      .where({ ...scope, invoice_id })
      .orderBy(["created_at", "id"]);
    return (rows as RefundRow[]).map(toRefundRecord);
  }

  /** Of all invoices, newest first. @param before_id those made before the one with this id */
  async listPage(
    scope: RefundScope,
    { is_open, limit, before_id }: Readonly<{ is_open: boolean; limit: number; before_id?: string }>,
  ): Promise<RefundRecord[]> {
    const rows = await live(this.knex)
      .where({ ...scope })
      .where((row) => {
        if (is_open) row.whereNotIn("status", ENDED);
        if (before_id !== undefined) row.where("id", "<", before_id);
      })
      .orderBy("id", "desc")
      .limit(limit);
    return (rows as RefundRow[]).map(toRefundRecord);
  }

  /**
   * Those that what happens on the chain can change. Exported ones too, given up or not: the operator may send them by
   * themselves.
   */
  async listToFollow(scope: RefundScope): Promise<RefundRecord[]> {
    const rows = await live(this.knex)
      .where({ ...scope, is_buried: false })
      .where((either) =>
        either
          .whereIn("status", FOLLOWED)
          .orWhere((exported) => exported.where({ status: "waits_for_operator" }).whereNotNull("txid"))
          .orWhere((dropped) =>
            dropped
              .where({ status: "dropped" })
              .whereNotNull("txid")
              .where("updated_at", ">", new Date(Date.now() - REMEMBERED_MS)),
          ),
      )
      .orderBy(["created_at", "id"]);
    return (rows as RefundRow[]).map(toRefundRecord);
  }

  /** Changes it where it is what it was; its coins are let go where it is dropped. */
  async change(
    refund: RefundRecord,
    { prepared, ...change }: RefundChange,
  ): Promise<RefundRecord | undefined> {
    return this.knex.transaction(async (trx) => {
      const changed = await update(trx, refund, { ...change, ...(prepared && preparedColumns(prepared)) });
      if (changed?.status === "dropped") {
        await trx(INPUTS).where({ refund_id: refund.id }).delete();
      }
      return changed;
    });
  }

  /**
   * Keeps what a refund was made into, and its coins from other refunds, in place of what was prepared before.
   *
   * @param most_sats what all refunds of the invoice may come to in coins with this one; undefined for no limit
   */
  async prepare(
    refund: RefundRecord,
    prepared: PreparedRecord,
    coins: readonly CoinRecord[],
    most_sats: bigint | undefined,
  ): Promise<RefundRecord | "coins_taken" | "too_much" | undefined> {
    try {
      return await this.ofInvoice(refund.invoice_id, async (trx) => {
        if (most_sats !== undefined && !(await fits(trx, refund, prepared.sats, most_sats))) {
          return "too_much";
        }
        const columns = { ...preparedColumns(prepared), status: "waits_for_operator", raw: null, note: null };
        const changed = await update(trx, refund, columns);
        if (changed) {
          await trx(INPUTS).where({ refund_id: refund.id }).delete();
          await trx(INPUTS).insert(coins.map((coin) => inputRow(refund, coin)));
        }
        return changed;
      });
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION) {
        return "coins_taken";
      }
      throw error;
    }
  }

  /** The coins that are kept for a refund, in its transaction's order. */
  async coinsOf({ id }: RefundRecord): Promise<CoinRecord[]> {
    const rows = await this.knex(INPUTS).where({ refund_id: id }).orderBy(["txid", "vout"]);
    return (rows as CoinRow[]).map(toCoinRecord);
  }

  /**
   * Coins of an account that no refund has: mined payments of settled invoices and of this one, and the change of refunds
   * that are done; the newest first.
   */
  async freeCoins(
    account_id: string,
    invoice_id: string,
    { skip, take }: Readonly<{ skip: number; take: number }>,
  ): Promise<CoinRecord[]> {
    const { rows } = await this.knex.raw<{ rows: CoinRow[] }>(
      `WITH coins AS (
         SELECT o.chain, o.txid, o.vout, o.value_sats, i.address_index, i.script, o.created_at
         FROM ${INVOICES} i JOIN bitcoin_wallet_output o ON o.invoice_id = i.id
         WHERE i.account_id = :account_id AND (i.settled_at IS NOT NULL OR i.id = :invoice_id)
           AND o.block_hash IS NOT NULL AND o.lost IS NULL AND o.deleted_at IS NULL AND i.deleted_at IS NULL
         UNION ALL
         SELECT r.chain, r.txid, r.change_vout, r.change_sats, r.change_index, r.change_script, r.updated_at
         FROM ${TABLE} r
         WHERE r.account_id = :account_id AND r.status = 'done' AND r.change_vout IS NOT NULL AND r.deleted_at IS NULL
       )
       SELECT txid, vout, value_sats, address_index, script FROM coins c
       WHERE NOT EXISTS (
         SELECT FROM ${INPUTS} x
         WHERE x.chain = c.chain AND x.txid = c.txid AND x.vout = c.vout AND x.deleted_at IS NULL
       )
       ORDER BY created_at DESC, txid, vout OFFSET :skip LIMIT :take`,
      { account_id, invoice_id, skip, take },
    );
    return rows.map(toCoinRecord);
  }

  /** Whether change has been sent to this script (lowercase hex), or may be. */
  async isChange(chain: string, script: string): Promise<boolean> {
    return (await live(this.knex).where({ chain, change_script: script }).first("id")) !== undefined;
  }

  private async first(where: Readonly<Record<string, string>>): Promise<RefundRecord | undefined> {
    const row = await live(this.knex).where(where).first();
    return row && toRefundRecord(row as RefundRow);
  }

  /** One after the other for the refunds of an invoice, so that what they come to is certain. */
  private ofInvoice<T>(id: string, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.knex.transaction(async (trx) => {
      await trx(INVOICES).where({ id }).forUpdate().first("id");
      return work(trx);
    });
  }
}

const live = (knex: Knex) => knex(TABLE).whereNull("deleted_at");

async function standingOf(trx: Knex.Transaction, invoice_id: string): Promise<RefundRecord[]> {
  const rows = await live(trx).where({ invoice_id }).whereNot({ status: "dropped" });
  return (rows as RefundRow[]).map(toRefundRecord);
}

async function fits(trx: Knex.Transaction, refund: RefundRecord, sats: bigint, most: bigint) {
  const others = (await standingOf(trx, refund.invoice_id)).filter(({ id }) => id !== refund.id);
  return others.reduce((sum, other) => sum + (other.sats ?? 0n), sats) <= most;
}

const sizeOf = ({ amount_minor, sats }: Pick<RefundRecord, "amount_minor" | "sats">, in_money: boolean) =>
  (in_money ? amount_minor : sats) ?? 0n;

async function update(
  trx: Knex.Transaction,
  { id, revision }: RefundRecord,
  columns: Readonly<Record<string, unknown>>,
): Promise<RefundRecord | undefined> {
  const [row] = await live(trx)
    .where({ id, revision })
    .update({ ...columns, revision: revision + 1, updated_at: new Date() })
    .returning("*");
  return row && toRefundRecord(row as RefundRow);
}

function inputRow(refund: RefundRecord, { value_sats, ...coin }: CoinRecord) {
  const now = new Date();
  return {
    ...coin,
    id: generateEntityId(undefined, "btcrefin"),
    refund_id: refund.id,
    chain: refund.chain,
    value_sats: value_sats.toString(),
    created_at: now,
    updated_at: now,
  };
}
