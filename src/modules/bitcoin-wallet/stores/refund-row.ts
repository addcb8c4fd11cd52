/** Where a refund is. */
export type RefundStatus = "waits_for_payee" | "waits_for_operator" | "signed" | "sent" | "done" | "dropped";

export type RefundOutpoint = Readonly<{ txid: string; vout: number }>;

/** An output of the account's that can be spent. */
export type CoinRecord = RefundOutpoint &
  Readonly<{ value_sats: bigint; address_index: number; script: string }>;

/** The transaction that a refund was made into. */
export type PreparedRecord = Readonly<{
  account_id: string;
  psbt: string;
  txid: string;
  earlier_txids: readonly string[];
  sats: bigint;
  paid_sats: bigint;
  fee_sats: bigint;
  change_address: Readonly<{ index: number; script: string }> | null;
  change: Readonly<{ vout: number; value_sats: bigint }> | null;
}>;

export type RefundRecord = Readonly<{
  id: string;
  provider_id: string;
  chain: string;
  invoice_id: string;
  amount_minor: bigint | null;
  currency: string | null;
  sats: bigint | null;
  payee_token: string;
  destination: string | null;
  status: RefundStatus;
  revision: number;
  prepared: PreparedRecord | null;
  raw: string | null;
  note: string | null;
  is_buried: boolean;
}>;

/** As it stands in its table: big integers are text. */
export type RefundRow = Omit<RefundRecord, "amount_minor" | "sats" | "prepared"> &
  Readonly<{
    amount_minor: string | null;
    sats: string | null;
    account_id: string | null;
    psbt: string | null;
    txid: string | null;
    earlier_txids: readonly string[] | null;
    paid_sats: string | null;
    fee_sats: string | null;
    change_index: number | null;
    change_script: string | null;
    change_vout: number | null;
    change_sats: string | null;
  }>;

export type CoinRow = Omit<CoinRecord, "value_sats"> & Readonly<{ value_sats: string }>;

export function toRefundRecord(row: RefundRow): RefundRecord {
  return {
    id: row.id,
    provider_id: row.provider_id,
    chain: row.chain,
    invoice_id: row.invoice_id,
    amount_minor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    currency: row.currency,
    sats: row.sats === null ? null : BigInt(row.sats),
    payee_token: row.payee_token,
    destination: row.destination,
    status: row.status,
    revision: row.revision,
    prepared: preparedOf(row),
    raw: row.raw,
    note: row.note,
    is_buried: row.is_buried,
  };
}

/** The columns of a prepared refund. */
export function preparedColumns(prepared: PreparedRecord) {
  const { change, change_address, sats, paid_sats, fee_sats, earlier_txids, ...texts } = prepared;
  return {
    ...texts,
    earlier_txids: JSON.stringify(earlier_txids),
    sats: sats.toString(),
    paid_sats: paid_sats.toString(),
    fee_sats: fee_sats.toString(),
    change_index: change_address?.index ?? null,
    change_script: change_address?.script ?? null,
    change_vout: change?.vout ?? null,
    change_sats: change?.value_sats.toString() ?? null,
  };
}

export function toCoinRecord({ txid, vout, value_sats, address_index, script }: CoinRow): CoinRecord {
  return { txid, vout, value_sats: BigInt(value_sats), address_index, script };
}

function preparedOf(row: RefundRow): PreparedRecord | null {
  const { account_id, psbt, txid, sats, paid_sats, fee_sats } = row;
  const { change_index, change_script, change_vout, change_sats } = row;
  if (
    account_id === null ||
    psbt === null ||
    txid === null ||
    sats === null ||
    paid_sats === null ||
    fee_sats === null
  ) {
    return null;
  }
  return {
    account_id,
    psbt,
    txid,
    earlier_txids: row.earlier_txids ?? [],
    sats: BigInt(sats),
    paid_sats: BigInt(paid_sats),
    fee_sats: BigInt(fee_sats),
    change_address:
      change_index === null || change_script === null ? null : { index: change_index, script: change_script },
    change:
      change_vout === null || change_sats === null
        ? null
        : { vout: change_vout, value_sats: BigInt(change_sats) },
  };
}
