import type { Running } from "./suite";

/** Does the work while no line can be written to the log of changes, as with a database that fails right then. */
export async function withUnwritableLog<T>(running: Running, work: () => Promise<T>): Promise<T> {
  const knex = running.container().resolve("__pg_connection__");
  await knex.raw("alter table tender_payment_change add constraint no_lines check (false) not valid");
  try {
    return await work();
  } finally {
    await knex.raw("alter table tender_payment_change drop constraint no_lines");
  }
}
