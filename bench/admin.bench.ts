/**
 * The operators' payments page over a year of a million attempts: the real routes of a running Medusa, one request at a
 * time, and how PostgreSQL carries the statements behind them out.
 */
import { readFileSync } from "node:fs";
import { knex } from "@medusajs/framework/mikro-orm/knex";
import { Pool } from "pg";
import { AttemptList } from "../src/modules/tender/stores/attempt-list";
import { FigureStore } from "../src/modules/tender/stores/figure-store";
import { periodOf } from "../src/services";
import { fillYear, writeAttempts } from "./admin-history";
import { call, median, percentile, required, row, STORE, timed } from "./shop";

/** A part of everything, for a quick look: BENCH_SHARE=0.1. */
const SHARE = Number(process.env.BENCH_SHARE ?? 1);
const ATTEMPTS = Math.round(1_000_000 * SHARE);
const WRITTEN = 5_000;
const WARM_UP = 5;
const SAMPLES = 60;
const GOAL_MS = 300;

const URL_OF_DATABASE = required("BENCH_DATABASE_URL");
const database = new Pool({ connectionString: URL_OF_DATABASE, max: 2 });

const LIST = "/admin/tender/payment-attempts";
const FIGURES = "/admin/tender/payment-figures";

async function main(): Promise<void> {
  const get = await logIn();
  await measureWriting();
  console.log(`\nWriting ${ATTEMPTS} attempts of a year`);
  console.log(row("took", (await timed(() => fillYear(database, ATTEMPTS))) / 1_000, "s"));
  await database.query("vacuum (analyze) tender_payment_attempt, tender_payment_operation");
  console.log(row("Adding the whole year up", (await timed(addUp)) / 1_000, "s"));
  await database.query(
    "vacuum (analyze) tender_payment_figure, tender_payment_decline_figure, tender_payment_time_figure, tender_payment_figure_due",
  );

  const month_ago = new Date(Date.now() - 30 * 86_400_000).toISOString();
  const { next_cursor } = await (await get(`${LIST}?limit=100`)).json();
  console.log(`\nAnswers over HTTP, ${SAMPLES} each: median and p95 (goal: p95 under ${GOAL_MS} ms)`);
  const measured: readonly (readonly [string, string])[] = [
    ["First page, last 30 days", `${LIST}?from=${month_ago}`],
    ["First page, all times", LIST],
    ["Page after 100", `${LIST}?cursor=${next_cursor}`],
    ["Refused", `${LIST}?status=declined`],
    ["Outcome unknown (1 in 10,000)", `${LIST}?status=unknown`],
    ["Refused as fraud", `${LIST}?decline_category=risk`],
    ["A region without payments", `${LIST}?region_id=reg_none`],
    ["A method without payments", `${LIST}?method=none`],
    ["A currency without payments", `${LIST}?currency_code=jpy`],
    ["One provider", `${LIST}?provider_id=pp_other`],
    ["An exact amount", `${LIST}?currency_code=usd&amount_min=69.8&amount_max=69.8`],
    ["Search: reference", `${LIST}?q=sbx_pay_year_${Math.round(ATTEMPTS / 2)}`],
    ["Search: how most references begin", `${LIST}?q=sbx_pay`],
    ["Search: order number", `${LIST}?q=%2312345`],
    ["Search: e-mail address", `${LIST}?q=nobody@example.com`],
    ["One attempt", `${LIST}/payatt_year_${Math.round(ATTEMPTS / 2)}`],
    ["Figures, 24 hours", `${FIGURES}?period=24h`],
    ["Figures, 30 days", FIGURES],
    ["Figures, 365 days", `${FIGURES}?period=365d&time_zone=Asia/Riyadh`],
    [
      "Figures, 365 days, one provider and region",
      `${FIGURES}?period=365d&provider_id=pp_sandbox_a&region_id=reg_1`,
    ],
  ];
  for (const [name, path] of measured) {
    await measure(name, () => get(path));
  }
  await measure("Figures, 30 days, after 20 attempts changed", () => get(FIGURES), changeSome);
  await measureFile(get);
  await explain(month_ago);
}

type Get = (path: string) => Promise<Response>;

async function logIn(): Promise<Get> {
  const [email, password] = [required("DEMO_ADMIN_EMAIL"), required("DEMO_ADMIN_PASSWORD")];
  const { token } = await call("POST", "/auth/user/emailpass", { email, password });
  return async (path) => {
    const answer = await fetch(`${STORE.base_url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
}

async function measure(
  name: string,
  ask: () => Promise<Response>,
  before?: () => Promise<unknown>,
): Promise<void> {
  const taken: number[] = [];
  for (let at = -WARM_UP; at < SAMPLES; at += 1) {
    await before?.();
    const taken_ms = await timed(async () => (await ask()).text());
    if (at >= 0) taken.push(taken_ms);
  }
  const p95 = percentile(taken, 0.95);
  console.log(
    `${row(name, median(taken), "ms")}   p95 ${p95.toFixed(1)} ms${p95 > GOAL_MS ? "   OVER" : ""}`,
  );
}

/** Attempts all over the year change their outcome. */
async function changeSome(): Promise<void> {
  await database.query(
    `update tender_payment_attempt set approved_at = case when approved_at is null then now() end
      where id = any (select 'payatt_year_' || (1 + random() * ${ATTEMPTS - 1})::int from generate_series(1, 20))`,
  );
}

/** What it costs a payment that its hour is noted: the same writes with and without. */
async function measureWriting(): Promise<void> {
  const taken: Record<"with" | "without", number[]> = { with: [], without: [] };
  for (let round = 0; round < 6; round += 1) {
    const how = round % 2 === 0 ? "without" : "with";
    await database.query(
      `alter table tender_payment_attempt ${how === "with" ? "enable" : "disable"} trigger user`,
    );
    const taken_ms = await writeAttempts(database, WRITTEN, `round_${round}`);
    taken[how].push((taken_ms * 1_000) / WRITTEN);
  }
  const [plain, noted] = [median(taken.without), median(taken.with)];
  console.log("\nWriting an attempt: opened, ready, approved");
  console.log(row("without noting its hour", plain, "µs"));
  console.log(row("with", noted, "µs", noted / plain));
}

/** The file of all attempts, and the most memory the server held meanwhile. */
async function measureFile(get: Get): Promise<void> {
  const before = memory_mb();
  let most = before;
  let bytes = 0;
  const taken_ms = await timed(async () => {
    const answer = await get(`${LIST}.csv`);
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += part.length;
      most = Math.max(most, memory_mb());
    }
  });
  console.log(`\nCSV file of all ${ATTEMPTS} attempts (${(bytes / 1e6).toFixed(0)} MB)`);
  console.log(row("took", taken_ms / 1_000, "s"));
  console.log(row("memory of the server before", before, "MB"));
  console.log(row("most memory meanwhile", most, "MB"));
}

function memory_mb(): number {
  const status = readFileSync(`/proc/${required("BENCH_TENDER_PID")}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
}

/** As the hourly job does. */
async function addUp(): Promise<void> {
  const connection = knex({ client: "pg", connection: URL_OF_DATABASE });
  await new FigureStore(connection).catchUp();
  await connection.destroy();
}

/** Prints how PostgreSQL reads the first page and the figures of a year. */
async function explain(month_ago: string): Promise<void> {
  const connection = knex({ client: "pg", connection: URL_OF_DATABASE });
  const asked: { sql: string; bindings: readonly unknown[] }[] = [];
  connection.on("query", ({ sql, bindings }) => asked.push({ sql, bindings }));
  await new AttemptList(connection).page({ from: new Date(month_ago) }, 20);
  await new FigureStore(connection).read({
    period: periodOf({ preset: "365d" }, new Date()),
    time_zone: "Asia/Riyadh",
  });
  for (const { sql, bindings } of asked.filter(({ sql: text }) =>
    /tender_payment_(attempt|\w+figure|figure)"?\b/.test(text),
  )) {
    const { rows } = await database.query(`explain (analyze, buffers) ${numbered(sql)}`, [...bindings]);
    console.log(`\n${sql.replace(/\s+/g, " ").slice(0, 110)} …`);
    console.log(rows.map((line) => `  ${line["QUERY PLAN"]}`).join("\n"));
  }
  await connection.destroy();
}

/** Knex tells `$1` or `?`, as the statement was made. */
function numbered(sql: string): string {
  let at = 0;
  return sql.replace(/\?/g, () => `$${(at += 1)}`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
