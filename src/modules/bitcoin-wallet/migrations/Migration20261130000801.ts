import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** Operators page through a provider's invoices and refunds, and search invoices. */
const INDEXES = {
  IDX_bitcoin_wallet_invoice_provider_id_id: '"bitcoin_wallet_invoice" ("provider_id", "id")',
  IDX_bitcoin_wallet_invoice_attempt_id: '"bitcoin_wallet_invoice" ("attempt_id")',
  IDX_bitcoin_wallet_invoice_address: '"bitcoin_wallet_invoice" ("address")',
  IDX_bitcoin_wallet_refund_provider_id_id: '"bitcoin_wallet_refund" ("provider_id", "id")',
} as const;

export class Migration20261130000801 extends Migration {
  override async up(): Promise<void> {
    for (const [name, on] of Object.entries(INDEXES)) {
      this.addSql(`CREATE INDEX IF NOT EXISTS "${name}" ON ${on} WHERE deleted_at IS NULL;`);
    }
  }

  override async down(): Promise<void> {
    for (const name of Object.keys(INDEXES)) {
      this.addSql(`drop index if exists "${name}";`);
    }
  }
}
