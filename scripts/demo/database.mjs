/** The demo's database: the one DATABASE_URL names, else an embedded one. */
import { createDatabaseIfMissing, requireDatabase } from "../lib/database.mjs";
import { startPostgres, urlOf } from "../lib/postgres.mjs";
import { step } from "../lib/report.mjs";

const NAME = "tender";

/**
 * @param {string} password of the embedded one
 * @returns {Promise<{ url: string, folder?: string }>}
 */
export async function provideDatabase(password) {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) {
    await step("Connecting to the database of DATABASE_URL", () => requireDatabase(DATABASE_URL));
    return { url: DATABASE_URL };
  }
  const postgres = await step("Starting PostgreSQL", () =>
    startPostgres({ name: "demo", password, durable: true }),
  );
  await createDatabaseIfMissing(urlOf(postgres, "postgres"), NAME);
  return { url: urlOf(postgres, NAME), folder: postgres.folder };
}
