import { model } from "@medusajs/framework/utils";

/** What one address was given out for. An address is never given out twice, and never forgotten. */
export const BitcoinWalletInvoice = model
  .define("bitcoin_wallet_invoice", {
    id: model.id({ prefix: "btcinv" }).primaryKey(),
    /** The call it was made by; a repeat of it gets the same invoice. */
    request_key: model.text().unique(),
    provider_id: model.text(),
    attempt_id: model.text(),
    account_id: model.text(),
    address_index: model.number(),
    chain: model.text(),
    address: model.text(),
    /** Lowercase hex. */
    script: model.text(),
    amount_minor: model.text(),
    currency: model.text(),
    due_sats: model.text(),
    /** What the operator's policy was for it. */
    required_sats: model.text(),
    confirmations_needed: model.number(),
    is_trusted: model.boolean(),
    /** The rate it is at, and what that was made of. */
    quote: model.json(),
    expires_at: model.dateTime(),
    canceled_at: model.dateTime().nullable(),
    settled_at: model.dateTime().nullable(),
    /** Since when an order may stand for it: all of it was seen, or the store places orders first. */
    committed_at: model.dateTime().nullable(),
    /** The step of following the chain that changed its outputs last, until that was told. */
    news_revision: model.number().nullable(),
  })
  .indexes([
    { on: ["account_id", "address_index"], unique: true },
    { on: ["chain", "script"], unique: true },
    { on: ["provider_id"], where: "news_revision IS NOT NULL" },
    { on: ["provider_id", "id"] },
    { on: ["attempt_id"] },
    { on: ["address"] },
  ]);
