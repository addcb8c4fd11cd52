import type { Knex } from "@medusajs/framework/mikro-orm/knex";

const TABLE = "tender_payment_brought_promotion";

/** Which promotion the choice of a payment option brought into a cart. What is not here is the shopper's own. */
export class BroughtPromotionStore {
  constructor(private readonly knex: Knex) {}

  /** The promotion's code, as it stands in the cart. */
  async find(cart_id: string): Promise<string | undefined> {
    const row = await this.knex<{ cart_id: string; code: string }>(TABLE)
      .select("code")
      .where({ cart_id })
      .first();
    return row?.code;
  }

  /** Written before the promotion is applied, so that a crash cannot leave one that nobody takes off. */
  async remember(cart_id: string, code: string): Promise<void> {
    const row = { code, updated_at: new Date() };
    await this.knex(TABLE)
      .insert({ cart_id, ...row })
      .onConflict("cart_id")
      .merge(row);
  }

  async forget(cart_id: string): Promise<void> {
    await this.knex(TABLE).where({ cart_id }).delete();
  }
}
