import { generateEntityId } from "@medusajs/framework/utils";

type Row = Record<string, unknown> & { id: string };
type Rows = readonly Readonly<{ table: string; row: Row }>[];

/** Runs one statement, in which `:value` stands for the value. */
export type Sql = (statement: string, value: string) => Promise<{ rows: { row: Row }[] }>;

/** Where a cart's rows are. */
const TABLES: readonly (readonly [table: string, which: string])[] = [
  ["customer", "id = (select customer_id from cart where id = :value)"],
  [
    "cart_address",
    "id in (select unnest(array[shipping_address_id, billing_address_id]) from cart where id = :value)",
  ],
  ["cart", "id = :value"],
  ["cart_line_item", "cart_id = :value"],
  ["cart_line_item_tax_line", "item_id in (select id from cart_line_item where cart_id = :value)"],
  ["cart_shipping_method", "cart_id = :value"],
  [
    "cart_shipping_method_tax_line",
    "shipping_method_id in (select id from cart_shipping_method where cart_id = :value)",
  ],
];

/**
 * Carts for tests that only need one: filling a cart through the Store API takes Medusa a second, so that is done
 * once for each quantity, and its rows are copied under new ids.
 */
export class FilledCarts {
  private readonly originals = new Map<number, Rows>();

  constructor(
    private readonly sql: Sql,
    private readonly fill: (quantity: number) => Promise<string>,
  ) {}

  /** Returns a new cart's id. Without an `email` it belongs to the same guest as the others. */
  async make(quantity: number, email?: string): Promise<string> {
    const original = this.originals.get(quantity);
    if (original) {
      return this.copy(original, email);
    }
    const cart_id = await this.fill(quantity);
    this.originals.set(quantity, await this.read(cart_id));
    return cart_id;
  }

  private async read(cart_id: string): Promise<Rows> {
    const found: { table: string; row: Row }[] = [];
    for (const [table, which] of TABLES) {
      const { rows } = await this.sql(`select to_jsonb(t) as row from ${table} t where ${which}`, cart_id);
      found.push(...rows.map(({ row }) => ({ table, row })));
    }
    return found;
  }

  private async copy(rows: Rows, email?: string): Promise<string> {
    const ids = new Map(
      rows
        .filter(({ table }) => table !== "customer" || email)
        .map(({ row: { id } }) => [id, generateEntityId(undefined, id.slice(0, id.lastIndexOf("_")))]),
    );
    const now = new Date().toISOString();
    for (const { table, row } of rows) {
      const renamed = Object.entries(row).map(([column, value]) => [column, ids.get(String(value)) ?? value]);
      const copied = { ...Object.fromEntries(renamed), created_at: now, updated_at: now };
      // A guest is one customer, however many carts are theirs.
      const unless = table === "customer" ? "on conflict do nothing" : "";
      await this.sql(
        `insert into ${table} select * from jsonb_populate_record(null::${table}, :value) ${unless}`,
        JSON.stringify(email && "email" in row ? { ...copied, email } : copied),
      );
    }
    return ids.get(rows.find(({ table }) => table === "cart")!.row.id)!;
  }
}
