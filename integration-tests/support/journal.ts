import type { MedusaContainer } from "@medusajs/framework/types";
import { until } from "./until";

export type AttemptRow = {
  id: string;
  provider_id: string;
  status: string;
  cart_id: string | null;
  order_id: string | null;
  next_check_at: Date | null;
};
export type OperationRow = { attempt_id: string; provider_id: string; kind: string; status: string };

const connection = (container: MedusaContainer) => container.resolve("__pg_connection__");

/** The cart's attempts as stored, first to last. */
export async function attemptsOf(container: MedusaContainer, cart_id: string): Promise<AttemptRow[]> {
  return connection(container)("tender_payment_attempt").where({ cart_id }).orderBy("sequence");
}

/** Every call to a provider that was written down for the cart's attempts. */
export async function operationsOf(container: MedusaContainer, cart_id: string): Promise<OperationRow[]> {
  return connection(container)("tender_payment_operation as operation")
    .join("tender_payment_attempt as attempt", "attempt.id", "operation.attempt_id")
    .where({ cart_id })
    .orderBy("operation.started_at")
    .select("operation.*", "attempt.provider_id");
}

/** How many authorizations each provider was asked for, by its id. */
export async function authorizationsOf(
  container: MedusaContainer,
  cart_id: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind, provider_id } of await operationsOf(container, cart_id)) {
    if (kind === "authorize") {
      counts[provider_id] = (counts[provider_id] ?? 0) + 1;
    }
  }
  return counts;
}

/** Lets the next pass of the reconciler find everything it still looks at due. */
export async function makeDue(container: MedusaContainer): Promise<void> {
  for (const table of ["tender_payment_attempt", "tender_payment_operation"]) {
    await connection(container)(table)
      .whereNotNull("next_check_at")
      .update({ next_check_at: new Date(0) });
  }
  await connection(container)("tender_payment_webhook_event")
    .whereNotNull("next_try_at")
    .update({ next_try_at: new Date(0) });
}

/** The kinds of findings that are open. */
export async function openFindings(container: MedusaContainer): Promise<string[]> {
  const rows: { kind: string }[] = await connection(container)("tender_payment_finding").where({
    status: "open",
  });
  return rows.map(({ kind }) => kind);
}

/** The kinds of open findings about the attempt. */
export async function findingsAbout(container: MedusaContainer, attempt_id: string): Promise<string[]> {
  const rows: { kind: string }[] = await connection(container)("tender_payment_finding")
    .where({ status: "open", attempt_id })
    .orderBy("kind");
  return rows.map(({ kind }) => kind);
}

/** The names of all tables in which some row holds the text. */
export async function tablesHolding(container: MedusaContainer, text: string): Promise<string[]> {
  const knex = connection(container);
  const { rows } = await knex.raw(
    "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const names = (rows as { table_name: string }[]).map(({ table_name }) => table_name);
  const holding = await Promise.all(
    names.map(async (name) => {
      const found = await knex.raw("select exists (select 1 from ?? t where position(? in t::text) > 0)", [
        name,
        text,
      ]);
      return found.rows[0].exists ? [name] : [];
    }),
  );
  return holding.flat().sort();
}

/** Waits until every webhook that was stored has been worked. */
export function webhooksWorked(container: MedusaContainer): Promise<void> {
  return until(async () =>
    (await connection(container)("tender_payment_webhook_event")).every(({ status }) => status === "done"),
  );
}
