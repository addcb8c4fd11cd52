import { mikroOrmCreateConnection, ModulesSdkUtils } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import path from "node:path";
import { ChainStore } from "../../src/modules/bitcoin-wallet/stores/chain-store";
import { InvoiceStore } from "../../src/modules/bitcoin-wallet/stores/invoice-store";
import type { WalletStore } from "../../src/providers/bitcoin/wallet/wallet-store";

const MIGRATIONS = path.resolve(__dirname, "../../src/modules/bitcoin-wallet/migrations");
const TABLES = ["account", "cursor", "invoice", "output"].map((name) => `bitcoin_wallet_${name}`);

/** A database with the wallet module's tables alone, made by its own migrations. */
export type WalletDatabase = Readonly<{
  url: string;
  knex: Knex;
  stores: WalletStore;
  /** A further pool of connections, as another server has it; closed with the database. */
  another(): Readonly<{ knex: Knex; stores: WalletStore }>;
  empty(): Promise<void>;
  drop(): Promise<void>;
}>;

/**
 * @param server_url of any database of a server where databases may be made
 * @param label tells several of one process apart
 */
export async function makeWalletDatabase(server_url: string, label = "one"): Promise<WalletDatabase> {
  const name = `bitcoin_wallet_${label}_of_${process.pid}`;
  const server = connect(server_url);
  await server.raw(`drop database if exists ${name} with (force)`);
  await server.raw(`create database ${name}`);
  const url = Object.assign(new URL(server_url), { pathname: name }).href;
  await migrate(url);
  const knex = connect(url);
  const pools = [knex];
  return {
    url,
    knex,
    stores: storesOver(knex),
    another: () => {
      const other = connect(url);
      pools.push(other);
      return { knex: other, stores: storesOver(other) };
    },
    empty: async () => {
      await knex.raw(`truncate ${TABLES.join(", ")}`);
    },
    drop: async () => {
      await Promise.all(pools.map((pool) => pool.destroy()));
      await server.raw(`drop database ${name} with (force)`);
      await server.destroy();
    },
  };
}

/** The server that `npm test` has started. */
export function testServerUrl(): string {
  const { DB_USERNAME = "", DB_PASSWORD = "", DB_HOST, DB_PORT } = process.env;
  if (!DB_HOST) {
    throw new Error("DB_HOST is not set: run the integration tests by npm test.");
  }
  return `postgres://${DB_USERNAME}:${encodeURIComponent(DB_PASSWORD)}@${DB_HOST}:${DB_PORT}/postgres`;
}

/** The module's stores, which the compiler holds against what the gateway asks for. */
export function storesOver(knex: Knex) {
  return { invoices: new InvoiceStore(knex), chains: new ChainStore(knex) } satisfies WalletStore;
}

/** A pool of the kind that Medusa hands to its modules. */
export function connect(clientUrl: string): Knex {
  return ModulesSdkUtils.createPgConnection({ clientUrl, pool: { min: 0, max: 10 } });
}

async function migrate(clientUrl: string): Promise<void> {
  const orm = await mikroOrmCreateConnection({ clientUrl, snapshot: false }, [], MIGRATIONS);
  await orm.getMigrator().up();
  await orm.close(true);
}
