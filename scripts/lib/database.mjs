/** A PostgreSQL database, ours or the one DATABASE_URL names, and what a run has done to it. */
import { messageOf, Problem } from "./report.mjs";

const CONNECT_TIMEOUT_MS = 5000;

/**
 * @param {string} url
 * @returns {Promise<import("pg").Client>}
 */
export async function connect(url) {
  // Installed by then; the files that are read before `npm ci` import this one too.
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A server that goes away while we are idle is noticed at the next query.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/**
 * @template T
 * @param {string} url
 * @param {(client: import("pg").Client) => Promise<T>} work
 */
export async function withDatabase(url, work) {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Proves that a database given by its address answers.
 * @param {string} url
 */
export async function requireDatabase(url) {
  try {
    await withDatabase(url, (client) => client.query("select 1"));
  } catch (error) {
    throw new Problem(
      `the database of DATABASE_URL does not answer (${reasonOf(error)}). Start it, mend DATABASE_URL, or unset it to use the embedded one.`,
    );
  }
}

/** A refused connection to both addresses of "localhost" is an AggregateError without a message. @param {unknown} error */
function reasonOf(error) {
  return error instanceof AggregateError ? error.errors.map(messageOf).join(", ") : messageOf(error);
}

/**
 * @param {string} url of a database of the same server
 * @param {string} name
 */
export async function createDatabaseIfMissing(url, name) {
  await withDatabase(url, async (client) => {
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/**
 * Does something to a database unless just that was done before. It is written down in the database itself, so
 * that it is forgotten with it; in a schema of its own, out of Medusa's way.
 * @template T
 * @param {string} url
 * @param {{ name: string, current: string, work: () => Promise<T> }} options
 * @returns {Promise<T>} what the work gave, now or then
 */
export async function onceInDatabase(url, { name, current, work }) {
  const done = await withDatabase(url, async (client) => {
    await client.query("create schema if not exists tender_demo");
    await client.query(
      "create table if not exists tender_demo.done (name text primary key, fingerprint text not null, result jsonb)",
    );
    const { rows } = await client.query("select fingerprint, result from tender_demo.done where name = $1", [
      name,
    ]);
    return rows[0];
  });
  if (done?.fingerprint === current) return done.result;
  const result = await work();
  await withDatabase(url, (client) =>
    client.query(
      `insert into tender_demo.done values ($1, $2, $3)
       on conflict (name) do update set fingerprint = excluded.fingerprint, result = excluded.result`,
      [name, current, JSON.stringify(result ?? null)],
    ),
  );
  return result;
}
