import { randomUUID } from "node:crypto";
import type { Database } from "./database";

export type FilledCart = Readonly<{ cart_id: string; line_item_id: string }>;

/** Copies a row of a table under another id, with some columns changed. `$1` old id, `$2` changes as JSON. */
const copyOf = (table: string): string =>
  `insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(original) || $2::jsonb)).*
     from ${table} original where id = $1`;

/**
 * Filled carts by the thousand: filling one through the Store API is most of what a schedule would cost and none of
 * what it tests, so each kind is filled once, never paid, and copied in the database.
 */
export class Carts {
  private readonly models = new Map<string, Promise<FilledCart>>();

  constructor(private readonly database: Database) {}

  /** A copy of the cart of this kind; the first one is made by `fillFirst`. */
  async fill(kind: string, fillFirst: () => Promise<FilledCart>): Promise<FilledCart> {
    const model = this.models.get(kind) ?? fillFirst();
    this.models.set(kind, model);
    return this.copy(await model);
  }

  private async copy(model: FilledCart): Promise<FilledCart> {
    const cart_id = `cart_${randomUUID()}`;
    const line_item_id = `cali_${randomUUID()}`;
    const shipping_address_id = `caaddr_${randomUUID()}`;
    const [address] = await this.database.rows<{ id: string | null }>(
      "select shipping_address_id as id from cart where id = $1",
      [model.cart_id],
    );
    await this.copyRow("cart_address", address?.id ?? "", { id: shipping_address_id });
    await this.copyRow("cart", model.cart_id, { id: cart_id, shipping_address_id });
    await this.copyRow("cart_line_item", model.line_item_id, { id: line_item_id, cart_id });
    return { cart_id, line_item_id };
  }

  private async copyRow(table: string, id: string, change: Readonly<Record<string, string>>): Promise<void> {
    await this.database.rows(copyOf(table), [id, JSON.stringify(change)]);
  }
}
