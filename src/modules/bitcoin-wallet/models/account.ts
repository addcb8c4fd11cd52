import { model } from "@medusajs/framework/utils";

/** How far the addresses of an account are given out. The key itself is not kept here. */
export const BitcoinWalletAccount = model.define("bitcoin_wallet_account", {
  /** Tells the account apart without telling its key. */
  id: model.text().primaryKey(),
  next_index: model.number().default(0),
});
