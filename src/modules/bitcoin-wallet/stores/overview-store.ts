import type { Knex } from "@medusajs/framework/mikro-orm/knex";

/** How far an invoice is. */
export type InvoiceStatus =
  "awaiting" | "partial" | "confirming" | "settled" | "undone" | "expired" | "canceled";

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
  status: InvoiceStatus;
  created_at: Date;
  expires_at: Date;
}>;

export type SummaryQuery = Readonly<{
  provider_id: string;
  chain: string;
  status?: InvoiceStatus;
  /** An address, a transaction's id, or the id of an invoice or attempt. */
  search?: string;
  /** Invoices made before the one with this id. */
  before_id?: string;
  limit: number;
  /** Up to when the chain was looked at: no more time has passed for invoices. */
  seen_at: Date;
  /** How long after its end a payment is still in time. */
  grace_ms: number;
}>;

type SummaryRow = Omit<
  InvoiceSummary,
  "amount_minor" | "due_sats" | "required_sats" | "seen_sats" | "mined_sats"
> &
  Readonly<Record<"amount_minor" | "due_sats" | "required_sats" | "seen_sats" | "mined_sats", string>>;

/** What happens to be settled is decided elsewhere and noted; the rest follows from the time and the sums. */
const STATUS = `CASE
  WHEN i.settled_at IS NOT NULL AND s.mined_in_time >= i.required_sats::numeric THEN 'settled'
  WHEN i.settled_at IS NOT NULL THEN 'undone'
  WHEN s.in_time >= i.required_sats::numeric THEN 'confirming'
  WHEN i.canceled_at IS NOT NULL THEN 'canceled'
  WHEN i.expires_at + i.grace < i.seen_at THEN 'expired'
  WHEN s.in_time > 0 THEN 'partial'
  ELSE 'awaiting'
END`;

/** What operators look at of the wallet, in Postgres. Reads only. */
export class OverviewStore {
  constructor(private readonly knex: Knex) {}

  /** Which follower looks at the chain at this moment, by the database's clock. */
  async leaderOf(chain: string): Promise<string | null> {
    const row = await this.knex("bitcoin_wallet_cursor")
      .where({ id: chain })
      .where("led_until", ">", this.knex.raw("now()"))
      .first("leader_id");
    return row?.leader_id ?? null;
  }

  async useOf(account_id: string): Promise<AccountUse> {
    const { rows } = await this.knex.raw<{
      rows: { next_index: number; used: string; last: number | null; gap: string | null }[];
    }>(
      `WITH used AS (
         SELECT i.address_index AS at FROM bitcoin_wallet_invoice i
         WHERE i.account_id = :account_id AND i.deleted_at IS NULL AND EXISTS (
           SELECT FROM bitcoin_wallet_output o
           WHERE o.invoice_id = i.id AND o.lost IS NULL AND o.deleted_at IS NULL
         )
         UNION
         SELECT r.change_index FROM bitcoin_wallet_refund r
         WHERE r.account_id = :account_id AND r.status IN ('sent', 'done')
           AND r.change_vout IS NOT NULL AND r.deleted_at IS NULL
       ), gaps AS (SELECT at, at - lag(at, 1, -1) OVER (ORDER BY at) - 1 AS gap FROM used)
       SELECT coalesce((SELECT next_index FROM bitcoin_wallet_account WHERE id = :account_id), 0) AS next_index,
         count(*) AS used, max(at) AS last, max(gap) AS gap
       FROM gaps`,
      { account_id },
    );
    const row = rows[0];
    return {
      next_index: Number(row?.next_index ?? 0),
      addresses_used: Number(row?.used ?? 0),
      last_used_index: row?.last ?? null,
      longest_gap: Number(row?.gap ?? 0),
    };
  }

  /** A page of a provider's invoices, newest first. */
  async listInvoices(query: SummaryQuery): Promise<InvoiceSummary[]> {
    const { provider_id, chain, status, search, before_id, limit, seen_at, grace_ms } = query;
    const conditions = [
      ...(before_id === undefined ? [] : ["i.id < :before_id"]),
      ...(search === undefined ? [] : [SEARCH]),
      ...(status === undefined ? [] : [`${STATUS} = :status`]),
    ];
    const { rows } = await this.knex.raw<{ rows: SummaryRow[] }>(
      `SELECT i.id, i.attempt_id, i.address, i.address_index, i.amount_minor, i.currency, i.due_sats, i.required_sats,
         i.confirmations_needed, i.created_at, i.expires_at, s.seen AS seen_sats, s.mined AS mined_sats, ${STATUS} AS status
       FROM (
         SELECT *, :grace_ms * interval '1 millisecond' AS grace, :seen_at::timestamptz AS seen_at
         FROM bitcoin_wallet_invoice
         WHERE provider_id = :provider_id AND chain = :chain AND deleted_at IS NULL
       ) i
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(value), 0) AS seen,
           coalesce(sum(value) FILTER (WHERE is_mined), 0) AS mined,
           coalesce(sum(value) FILTER (WHERE is_in_time), 0) AS in_time,
           coalesce(sum(value) FILTER (WHERE is_in_time AND is_mined), 0) AS mined_in_time
         FROM (
           SELECT o.value_sats::numeric AS value, o.block_hash IS NOT NULL AS is_mined,
             o.paid_at <= least(i.expires_at + i.grace, i.canceled_at) AS is_in_time
           FROM bitcoin_wallet_output o
           WHERE o.invoice_id = i.id AND o.lost IS NULL AND o.deleted_at IS NULL
         ) o
       ) s
       WHERE ${["TRUE", ...conditions].join(" AND ")}
       ORDER BY i.id DESC LIMIT :limit`,
      {
        provider_id,
        chain,
        limit,
        grace_ms,
        seen_at: seen_at.toISOString(),
        before_id: before_id ?? null,
        search: search ?? null,
        status: status ?? null,
      },
    );
    return rows.map(toSummary);
  }
}

const SEARCH = `(i.address = :search OR i.id = :search OR i.attempt_id = :search OR i.id IN (
  SELECT invoice_id FROM bitcoin_wallet_output WHERE chain = :chain AND txid = :search AND deleted_at IS NULL
))`;

function toSummary(row: SummaryRow): InvoiceSummary {
  return {
    ...row,
    amount_minor: BigInt(row.amount_minor),
    due_sats: BigInt(row.due_sats),
    required_sats: BigInt(row.required_sats),
    seen_sats: BigInt(row.seen_sats),
    mined_sats: BigInt(row.mined_sats),
    confirmations_needed: Number(row.confirmations_needed),
  };
}
