import { model } from "@medusajs/framework/utils";

/** A coin that a refund spends, or is to spend: no other one may have it. */
export const BitcoinWalletRefundInput = model
  .define("bitcoin_wallet_refund_input", {
    id: model.id({ prefix: "btcrefin" }).primaryKey(),
    refund_id: model.text(),
    chain: model.text(),
    txid: model.text(),
    vout: model.number(),
    value_sats: model.text(),
    address_index: model.number(),
    /** Lowercase hex. */
    script: model.text(),
  })
  .indexes([{ on: ["chain", "txid", "vout"], unique: true }, { on: ["refund_id"] }]);
