/**
 * One pass of the reconciler over a hundred unfinished payments, alone and beside a hundred thousand finished ones: its
 * cost follows the unfinished ones. Runs Medusa in this process, on a database of its own and without its schedule, so
 * that no other pass gets in between.
 */
import path from "node:path";
import express from "express";
import load from "@medusajs/medusa/loaders/index";
import type { MedusaContainer } from "@medusajs/framework/types";
import { Pool } from "pg";
import { reconcile } from "../src/workflows/upkeep/reconcile";
import { fillHistory, makeDue, OF_TENDER } from "./reconcile-history";
import { call, control, fillCart, median, readCatalog, required, row, STORE, timed } from "./shop";

/** A part of everything, for a quick look: BENCH_SHARE=0.1. */
const SHARE = Number(process.env.BENCH_SHARE ?? 1);
const UNFINISHED = Math.round(100 * SHARE);
const FINISHED = Math.round(100_000 * SHARE);
const WARM_UP = 2;
const PASSES = 5;
const EMPTY_PASSES = 40;

const database = new Pool({ connectionString: required("BENCH_RECONCILE_DATABASE_URL"), max: 2 });

type Statement = Readonly<{ sql: string; bindings: readonly unknown[] }>;
type Taken = Readonly<{ full_ms: number; empty_ms: number }>;

async function main(): Promise<void> {
  const container = await startStore();
  await makeUnfinished();
  const before = await measure(container);
  await fillHistory(database, FINISHED);
  const after = await measure(container);
  const statements = await statementsOf(container);

  console.log(`\nOne pass of the reconciler, median of ${PASSES} (nothing due: of ${EMPTY_PASSES})`);
  console.log(row(`${UNFINISHED} unfinished, no finished ones`, before.full_ms, "ms"));
  console.log(
    row(
      `${UNFINISHED} unfinished, ${FINISHED} finished`,
      after.full_ms,
      "ms",
      after.full_ms / before.full_ms,
      "~ 1.0x",
    ),
  );
  console.log(row("Nothing due, no finished ones", before.empty_ms, "ms"));
  console.log(
    row(
      `Nothing due, ${FINISHED} finished`,
      after.empty_ms,
      "ms",
      after.empty_ms / before.empty_ms,
      "~ 1.0x",
    ),
  );
  await explain(statements);
}

async function startStore(): Promise<MedusaContainer> {
  process.env.DATABASE_URL = required("BENCH_RECONCILE_DATABASE_URL");
  process.env.MEDUSA_WORKER_MODE = "server";
  const app = express();
  const { container } = await load({ directory: path.resolve(__dirname, ".."), expressApp: app });
  await new Promise<void>((resolve, reject) => {
    const server = app.listen(0, "127.0.0.1", () => {
      const address = server.address();
      STORE.base_url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
      resolve();
    });
    server.once("error", reject);
  });
  return container;
}

/** Payments that wait for the shopper's bank: whoever looks at them asks the gateway, and they stay unfinished. */
async function makeUnfinished(): Promise<void> {
  await control("POST", "faults", { provider: "pp_sandbox_a", fault: "webhook_drop" }, 201);
  const catalog = await readCatalog();
  for (let made = 0; made < UNFINISHED; made += 1) {
    const attempts = `/store/carts/${await fillCart(catalog)}/payment-attempts`;
    const { payment_attempt } = await call("POST", attempts, { option_id: "pp_sandbox_a:card" });
    const data = { token: "tok_three_d_secure" };
    await call("POST", `${attempts}/${payment_attempt.id}/confirm`, { data });
  }
  await control("DELETE", "faults");
}

async function measure(container: MedusaContainer): Promise<Taken> {
  await database.query(OF_TENDER.map((table) => `analyze ${table}`).join(";"));
  const full: number[] = [];
  for (let pass = -WARM_UP; pass < PASSES; pass += 1) {
    await makeDue(database);
    const taken = await timed(() => workAll(container));
    if (pass >= 0) {
      full.push(taken);
    }
  }
  const empty: number[] = [];
  for (let pass = 0; pass < EMPTY_PASSES; pass += 1) {
    empty.push(await timed(() => reconcile(container)));
  }
  return { full_ms: median(full), empty_ms: median(empty) };
}

/** One pass; throws unless it looked at everything that was due. */
async function workAll(container: MedusaContainer): Promise<void> {
  const report = await reconcile(container);
  const looked_at = Object.values(report).reduce((sum, { settled, waiting }) => sum + settled + waiting, 0);
  if (
    looked_at !== UNFINISHED ||
    Object.values(report).some((tally) => tally.settled + tally.waiting === 0)
  ) {
    throw new Error(`The pass looked at ${looked_at} of ${UNFINISHED}: ${JSON.stringify(report)}`);
  }
}

/** What one pass asks the database about Tender's tables, each wording once. */
async function statementsOf(container: MedusaContainer): Promise<Statement[]> {
  const seen = new Map<string, Statement>();
  const note = ({ sql, bindings }: Statement): void => {
    if (OF_TENDER.some((table) => sql.includes(table))) {
      seen.set(sql, { sql, bindings });
    }
  };
  await makeDue(database);
  const knex = container.resolve("__pg_connection__");
  knex.on("query", note);
  await workAll(container);
  knex.removeListener("query", note);
  return [...seen.values()];
}

/** Prints how PostgreSQL carries the statements out; throws when one of them reads a whole table. */
async function explain(statements: readonly Statement[]): Promise<void> {
  const due = statements.filter(({ sql }) => sql.includes("skip locked"));
  if (due.length !== OF_TENDER.length) {
    throw new Error(`A pass took what is due from ${due.length} tables instead of ${OF_TENDER.length}.`);
  }
  const whole: string[] = [];
  const indexes = new Set<string>();
  for (const { sql, bindings } of statements) {
    const plan = await planOf({ sql, bindings });
    if (/Seq Scan on tender_payment_(attempt|operation|webhook_event)/.test(plan)) {
      whole.push(`${sql}\n${plan}`);
    }
    [...plan.matchAll(/(?:using|on) "?(IDX_\w+|\w+_pkey)"?/g)].forEach(([, index]) =>
      indexes.add(index ?? ""),
    );
  }
  console.log(`\nHow PostgreSQL takes what is due, beside ${FINISHED} finished ones`);
  for (const statement of due) {
    console.log((await planOf(statement)).replace(/^/gm, "  "), "\n");
  }
  if (whole.length > 0) {
    throw new Error(`These statements read a whole table:\n${whole.join("\n\n")}`);
  }
  console.log(
    `All ${statements.length} statements of a pass on Tender's tables use an index: ${[...indexes].join(", ")}`,
  );
}

async function planOf({ sql, bindings }: Statement): Promise<string> {
  const { rows } = await database.query(`explain ${sql}`, [...bindings]);
  return rows.map((line) => line["QUERY PLAN"]).join("\n");
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
