import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex";
import { Migration20261130000000 } from "../../src/modules/bitcoin-wallet/migrations/Migration20261130000000";
import { Migration20261130000001 } from "../../src/modules/bitcoin-wallet/migrations/Migration20261130000001";
import { ChainStore } from "../../src/modules/bitcoin-wallet/stores/chain-store";
import { InvoiceStore } from "../../src/modules/bitcoin-wallet/stores/invoice-store";
import { RefundStore } from "../../src/modules/bitcoin-wallet/stores/refund-store";

/** A PostgreSQL database with the wallet module's tables alone, for one test file. */
export type WalletDatabase = Readonly<{
  knex: Knex;
  stores: Readonly<{ invoices: InvoiceStore; chains: ChainStore; refunds: RefundStore }>;
  drop(): Promise<void>;
}>;

let made = 0;

/** Makes it on the server that `npm test` has started. */
export async function startWalletDatabase(): Promise<WalletDatabase> {
  const { DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD } = process.env;
  if (!DB_HOST) {
    throw new Error("DB_HOST is not set: run the integration tests by npm test.");
  }
  const open = (database: string) =>
    knex({
      client: "pg",
      connection: {
        host: DB_HOST,
        port: Number(DB_PORT),
        user: DB_USERNAME,
        password: DB_PASSWORD,
        database,
      },
      pool: { min: 0, max: 10 },
    });
  const name = `wallet_${process.pid}_${(made += 1)}`;
  const server = open("postgres");
  await server.raw(`create database "${name}"`);
  const connection = open(name);
  for (const migration of [Migration20261130000000, Migration20261130000001]) {
    for (const statement of await statementsOf(migration)) {
      await connection.raw(statement);
    }
  }
  return {
    knex: connection,
    stores: {
      invoices: new InvoiceStore(connection),
      chains: new ChainStore(connection),
      refunds: new RefundStore(connection),
    },
    drop: async () => {
      await connection.destroy();
      await server.raw(`drop database "${name}" with (force)`);
      await server.destroy();
    },
  };
}

/** None of them asks the database anything. */
async function statementsOf(migration: typeof Migration20261130000000): Promise<string[]> {
  const made_up = new migration({} as never, {} as never);
  await made_up.up();
  return made_up.getQueries().map(String);
}
