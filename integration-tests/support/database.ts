import { Client } from "pg";

/** A PostgreSQL database of one test file. */
export type TestDatabase = Readonly<{
  url: string;
  /** Makes it again what it was when this was called first. */
  restore(): Promise<void>;
  drop(): Promise<void>;
}>;

/**
 * Copies the database that `npm test` has made the tables in (STORE_DATABASE_URL), as migrating takes ten seconds.
 * Between tests its rows are restored, not the database: Medusa keeps its connections, and new ones are slow at first.
 */
export async function copyOfStoreDatabase(): Promise<TestDatabase> {
  const original = process.env.STORE_DATABASE_URL;
  if (!original) {
    throw new Error("STORE_DATABASE_URL is not set: run the integration tests by npm test.");
  }
  const template = new URL(original).pathname.slice(1);
  const name = `${template}_of_${process.pid}`;
  const server = await connect(databaseOf(original, "postgres"));
  await server.query(`drop database if exists "${name}" with (force)`);
  await server.query(`create database "${name}" template "${template}"`);
  const url = databaseOf(original, name);
  const client = await connect(url);
  // Rows go and come in any order, whatever refers to them.
  await client.query("set session_replication_role = replica");
  let statements: string | undefined;
  return {
    url,
    restore: async () => {
      if (statements === undefined) {
        statements = await keepRows(client);
      } else {
        await client.query(statements);
      }
    },
    drop: async () => {
      await client.end();
      await server.query(`drop database "${name}" with (force)`);
      await server.end();
    },
  };
}

const databaseOf = (url: string, name: string): string =>
  Object.assign(new URL(url), { pathname: name }).href;

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Copies all rows into a schema out of Medusa's way, and gives the statements that bring them back. */
async function keepRows(client: Client): Promise<string> {
  const { rows: tables } = await client.query<{ name: string }>(
    "select quote_ident(relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  const { rows: filled } = await client.query<{ name: string }>(
    tables
      .map(({ name }) => `select $$${name}$$ as name where exists (select from public.${name})`)
      .join(" union all "),
  );
  await client.query("create schema beginning");
  for (const { name } of filled) {
    await client.query(`create table beginning.${name} as table public.${name}`);
  }
  const { rows: sequences } = await client.query<{ restart: string }>(
    `select format('alter sequence %I.%I restart %s', schemaname, sequencename, coalesce(last_value + increment_by, start_value))
       as restart from pg_sequences where schemaname = 'public'`,
  );
  return [
    ...tables.map(({ name }) => `delete from public.${name}`),
    ...filled.map(({ name }) => `insert into public.${name} select * from beginning.${name}`),
    ...sequences.map(({ restart }) => restart),
  ].join(";");
}
