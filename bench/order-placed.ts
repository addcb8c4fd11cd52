import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";

const ORDER_WITHIN_MS = 60_000;

/** Waits until the cart is an order. */
export async function orderPlaced(database: Pool, cart_id: string): Promise<void> {
  const sql = "select 1 from order_cart where cart_id = $1 and deleted_at is null";
  for (const give_up_at = Date.now() + ORDER_WITHIN_MS; ; await sleep(3)) {
    if (((await database.query(sql, [cart_id])).rowCount ?? 0) > 0) {
      return;
    }
    if (Date.now() > give_up_at) {
      throw new Error(`Cart ${cart_id} became no order within ${ORDER_WITHIN_MS / 1_000} s.`);
    }
  }
}
