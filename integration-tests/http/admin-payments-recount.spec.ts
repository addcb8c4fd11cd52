import { setTimeout as pause } from "node:timers/promises";
import { ATTEMPT_STATUSES, type AttemptStatus } from "../../src/gateway";
import { Seeded } from "../../src/gateway/__tests__/seeded";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import type { FigureQuery, Figures } from "../../src/modules/tender/stores/figure-store";
import { periodOf, percentile } from "../../src/services";
import addUpFiguresJob from "../../src/jobs/add-up-figures";
import { addAttempts, addedAttempt } from "../support/attempt-rows";
import { withRunningStore } from "../support/suite";

const SEED = Number(process.env.TENDER_SEED ?? Date.now() % 1_000_000);
const ROUNDS = 12;
const CHANGES_PER_ROUND = 25;
const DAY_MS = 86_400_000;

type Row = {
  id: string;
  sequence: number;
  payment_collection_id: string;
  order_id: string | null;
  region_id: string | null;
  provider_id: string;
  amount_minor: string;
  currency: string;
  status: AttemptStatus;
  fallback_of: string | null;
  refusal: { category: string; code: string } | null;
  approved_at: Date | null;
  declined_at: Date | null;
  created_at: Date;
};

withRunningStore((running) => {
  const connection = () => running.container().resolve("__pg_connection__");
  const tender = () => tenderModule(running.container());

  it(`figures are what a plain recount says, whatever changes and whenever (TENDER_SEED=${SEED})`, async () => {
    const random = new Seeded(SEED);
    const ids: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let change = 0; change < CHANGES_PER_ROUND; change += 1) {
        await changeSomething(random, ids);
      }
      const now = new Date();
      const period = periodOf({ preset: random.one(["24h", "7d", "90d"] as const) }, now);
      const query: FigureQuery = {
        period,
        time_zone: random.one(["UTC", "Asia/Riyadh", "America/New_York"]),
        ...(random.often(0.3) && { provider_id: "pp_sandbox_a" }),
        ...(random.often(0.2) && { region_id: "reg_1" }),
        ...(random.often(0.2) && { currency: "EUR" }),
      };
      // Two read at once, as two operators do.
      const [read] = await Promise.all([tender().figures.read(query), tender().figures.read(query)]);
      const { median_ms, ...counted } = summary(read);
      const { median_ms: exact_ms, ...recounted } = await recount(query);
      expect(counted).toEqual(recounted);
      expect(median_ms === null).toBe(exact_ms === undefined);
      if (median_ms !== null && exact_ms !== undefined) {
        // A millisecond more, for times told in whole ones.
        expect(Math.abs(median_ms - exact_ms)).toBeLessThanOrEqual(0.05 * exact_ms + 1);
      }
    }
  });

  it("figures have the region of every attempt, however many were begun without theirs at once", async () => {
    const { region_id } = running.store();
    const shopper = await running.shopper();
    const started = await shopper.start("pp_sandbox_a:card");
    const [{ payment_collection_id }] = await connection()("tender_payment_attempt").where({
      id: started.body.payment_attempt.id,
    });
    await addAttempts(
      connection(),
      Array.from({ length: 1_100 }, () => addedAttempt({ payment_collection_id, region_id: null })),
    );
    await addUpFiguresJob(running.container());
    const period = periodOf({ preset: "24h" }, new Date());
    const { totals } = await tender().figures.read({ period, time_zone: "UTC", region_id });
    expect(totals.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(1_101);
  });

  it("the job waits for a moment for somebody who pays, and goes on with what is from before an upgrade", async () => {
    const paid = addedAttempt({ id: "payatt_paid" });
    await addAttempts(connection(), [paid]);
    await connection()("tender_payment_history_left").insert({ after_id: "" });
    const payment = await connection().transaction();
    await payment("tender_payment_attempt").where({ id: paid.id }).forUpdate();
    const job = addUpFiguresJob(running.container());
    await pause(600);
    await payment.commit();
    await job;
    expect(await connection()("tender_payment_history_left")).toEqual([]);
  });

  /** Opens an attempt, or brings one to another status, or gives it an order; some a long time ago. */
  async function changeSomething(random: Seeded, ids: string[]): Promise<void> {
    const id = ids.length > 0 ? random.one(ids) : undefined;
    if (id === undefined || random.often(0.4)) {
      const before = id !== undefined && random.often(0.5) ? await tender().findAttempt({ id }) : null;
      const opened = await tender().openAttempt({
        payment_collection_id: before?.payment_collection_id ?? `pay_col_${ids.length}`,
        payment_session_id: null,
        region_id: random.one(["reg_1", "reg_2", null]),
        provider_id: random.one(["pp_sandbox_a", "pp_sandbox_b"]),
        method: "card",
        amount: { amount_minor: BigInt(random.whole(1, 99_999)), currency: random.one(["EUR", "JPY"]) },
        fallback_of: before && random.often(0.3) ? before.id : null,
      });
      ids.push(opened.id);
      if (random.often(0.7)) {
        await connection()("tender_payment_attempt")
          .where({ id: opened.id })
          .update({ created_at: new Date(Date.now() - random.whole(0, 100 * DAY_MS)) });
      }
      return;
    }
    if (random.often(0.2)) {
      await tender().annotateAttempt(id, { order_id: `order_${id}` });
      return;
    }
    const to = random.one(ATTEMPT_STATUSES);
    await tender()
      .changeAttempt(id, to, {
        ...(to === "declined" && {
          decline: {
            category: random.one(["funds_limit", "risk", "fix_data"] as const),
            code: random.one(["a", "b"]),
          },
        }),
        ...(to === "authorized" && { decline: null }),
      })
      .catch((error: unknown) => {
        // Of a cart that has another open attempt none is opened again: then nothing changed.
        if ((error as { code?: unknown }).code !== "23505") throw error;
      });
  }

  /** The figures told in the way {@link recount} tells them. */
  function summary({ totals, declines, times, series }: Figures) {
    return {
      totals: totals.map((row) => ({
        ...row,
        approved_minor: String(row.approved_minor),
        recovered_minor: String(row.recovered_minor),
      })),
      declines: declines.map(({ category, code, declines: count }) => `${category}/${code}: ${count}`).sort(),
      carts: times.reduce((sum, { carts }) => sum + carts, 0),
      median_ms: percentile(
        times.map(({ step, carts }) => ({ step, count: carts })),
        0.5,
      ),
      series: series.reduce((sum, { attempts }) => sum + attempts, 0),
    };
  }

  async function recount({ period, provider_id, region_id, currency }: FigureQuery) {
    const all: Row[] = await connection()("tender_payment_attempt").orderBy("sequence");
    const told = all.filter(
      (row) =>
        row.created_at >= period.from &&
        row.created_at < period.to &&
        (provider_id === undefined || row.provider_id === provider_id) &&
        (region_id === undefined || row.region_id === region_id) &&
        (currency === undefined || row.currency === currency),
    );
    const of_cart = (row: Row) =>
      all.filter(({ payment_collection_id }) => payment_collection_id === row.payment_collection_id);
    const result = (row: Row) =>
      row.approved_at
        ? "approved"
        : row.declined_at
          ? "declined"
          : row.status === "failed"
            ? "not_reached"
            : "";
    const recovered = (row: Row) =>
      row.approved_at !== null &&
      row.order_id !== null &&
      ((row.declined_at !== null && row.declined_at < row.approved_at) ||
        of_cart(row).some(
          (earlier) =>
            earlier.sequence < row.sequence &&
            (["declined", "not_reached"].includes(result(earlier)) ||
              (earlier.id === row.fallback_of && result(earlier) !== "approved")),
        ));
    const sum = (rows: readonly Row[]) =>
      String(rows.reduce((total, { amount_minor }) => total + BigInt(amount_minor), 0n));
    const groups = [...new Set(told.map((row) => `${row.provider_id} ${row.currency}`))].sort();
    const waits = told
      .filter((row) => row.approved_at !== null && row.order_id !== null)
      .map(
        (row) =>
          row.approved_at!.getTime() -
          Math.min(
            ...(row.sequence > 1 ? of_cart(row) : [row]).map(({ created_at }) => created_at.getTime()),
          ),
      )
      .sort((a, b) => a - b);
    const counts = new Map<string, number>();
    for (const row of told.filter((one) => result(one) === "declined")) {
      const name = `${row.refusal?.category ?? "unclassified"}/${row.refusal?.code ?? ""}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return {
      totals: groups.map((group) => {
        const [provider, code] = group.split(" ");
        const rows = told.filter((row) => row.provider_id === provider && row.currency === code);
        const saved = rows.filter(recovered);
        return {
          provider_id: provider,
          currency: code,
          attempts: rows.length,
          approved: rows.filter((row) => result(row) === "approved").length,
          declined: rows.filter((row) => result(row) === "declined").length,
          not_reached: rows.filter((row) => result(row) === "not_reached").length,
          approved_minor: sum(rows.filter((row) => result(row) === "approved")),
          recovered: saved.length,
          recovered_minor: sum(saved),
        };
      }),
      declines: [...counts].map(([name, count]) => `${name}: ${count}`).sort(),
      carts: waits.length,
      median_ms: waits[Math.max(0, Math.ceil(waits.length / 2) - 1)],
      series: told.length,
    };
  }
});
