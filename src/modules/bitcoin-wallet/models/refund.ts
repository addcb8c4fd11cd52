import { model } from "@medusajs/framework/utils";

/** What is given back of an invoice, from the wish to the block it is in. */
export const BitcoinWalletRefund = model
  .define("bitcoin_wallet_refund", {
    id: model.id({ prefix: "btcref" }).primaryKey(),
    /** The call it was made by; a repeat of it gets the same refund. */
    request_key: model.text().unique(),
    provider_id: model.text(),
    chain: model.text(),
    invoice_id: model.text(),
    amount_minor: model.text().nullable(),
    currency: model.text().nullable(),
    sats: model.text().nullable(),
    /** Opens the payee's page; kept as it is, since the operator sends the payee its link. */
    payee_token: model.text().unique(),
    destination: model.text().nullable(),
    status: model.text(),
    revision: model.number(),
    /** The transaction it was made into; all null until then. */
    account_id: model.text().nullable(),
    psbt: model.text().nullable(),
    txid: model.text().nullable(),
    earlier_txids: model.json().nullable(),
    paid_sats: model.text().nullable(),
    fee_sats: model.text().nullable(),
    change_index: model.number().nullable(),
    change_script: model.text().nullable(),
    change_vout: model.number().nullable(),
    change_sats: model.text().nullable(),
    raw: model.text().nullable(),
    note: model.text().nullable(),
    is_buried: model.boolean().default(false),
  })
  .indexes([
    { on: ["invoice_id"] },
    { on: ["provider_id", "chain", "status"], where: "is_buried = false AND deleted_at IS NULL" },
    { on: ["chain", "change_script"] },
    { on: ["provider_id", "id"] },
  ]);
