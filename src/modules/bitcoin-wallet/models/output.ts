import { model } from "@medusajs/framework/utils";

/** An output that was seen at an invoice's address, whatever became of it. */
export const BitcoinWalletOutput = model
  .define("bitcoin_wallet_output", {
    id: model.id({ prefix: "btcout" }).primaryKey(),
    invoice_id: model.text(),
    chain: model.text(),
    txid: model.text(),
    vout: model.number(),
    value_sats: model.text(),
    paid_at: model.dateTime(),
    block_height: model.number().nullable(),
    block_hash: model.text().nullable(),
    /** Why it stands for nothing now. */
    lost: model.text().nullable(),
  })
  .indexes([
    { on: ["chain", "txid", "vout"], unique: true },
    { on: ["invoice_id"] },
    { on: ["chain", "block_hash"] },
    { on: ["chain", "block_height"] },
  ]);
