import { model } from "@medusajs/framework/utils";

/** How far a chain has been followed. */
export const BitcoinWalletCursor = model.define("bitcoin_wallet_cursor", {
  /** The chain's name. */
  id: model.text().primaryKey(),
  revision: model.number(),
  tip_height: model.number(),
  cursor: model.json(),
  /** When the last look at chain and mempool began that saw all there was. */
  looked_at: model.dateTime().nullable(),
  /** Which follower looks at the chain now, and until when nobody else does. */
  leader_id: model.text().nullable(),
  led_until: model.dateTime().nullable(),
});
