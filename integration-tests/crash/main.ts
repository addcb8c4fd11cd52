/** The crash test's program: started by `npm run crash-test`, which prepares what it needs. */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { UnseenPayment } from "../../bench/unseen-payments";
import { Rng } from "../faults/schedule/rng";
import { killAfterWebhooks, ordersOf, type Killed } from "./kill";
import { enableCoreRoute } from "./shopper";
import { CrashStage } from "./stage";

/** Every kill comes this soon after the 200. */
const WITHIN_MS = 1_000;

/** Medusa acts five seconds after its 200; whatever outlived a kill has acted by then. */
const CORE_ACTS_WITHIN_MS = 10_000;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { times: { type: "string", default: "100" }, seed: { type: "string", default: "1" } },
  });
  const [times, seed] = [Number(values.times), Number(values.seed)];
  console.log("Making the store: about a minute …");
  const stage = await CrashStage.set({
    build_dir: required("CRASH_BUILD_DIR"),
    database_url: required("CRASH_DATABASE_URL"),
    log_dir: required("CRASH_LOG_DIR"),
  });
  try {
    await enableCoreRoute(stage);
    return await report(stage, await killOftenEnough(stage, times, seed));
  } finally {
    await stage.stop();
  }
}

async function killOftenEnough(stage: CrashStage, times: number, seed: number): Promise<Killed[]> {
  console.log(`${times} kills, seed ${seed}`);
  const rng = new Rng(seed);
  const killed: Killed[] = [];
  const started_at = Date.now();
  for (let kill = 1; kill <= times; kill += 1) {
    const after_ms = rng.between(0, WITHIN_MS - 1);
    const one = await killAfterWebhooks(stage, after_ms);
    killed.push(one);
    const seconds = ((Date.now() - started_at) / 1000).toFixed(0);
    const when = one.passes === 0 ? "before the kill" : `by pass ${one.passes} of the reconciler`;
    const [order] = await ordersOf(stage, [one.tender.cart_id]);
    console.log(
      `  kill ${kill} of ${times}, ${String(after_ms).padStart(3)} ms after the 200: ` +
        `${order ? `Tender's order placed ${when}` : "NO ORDER with Tender"} (${seconds} s)`,
    );
  }
  return killed;
}

async function report(stage: CrashStage, killed: readonly Killed[]): Promise<number> {
  await sleep(CORE_ACTS_WITHIN_MS);
  const tender = await paidOrders(
    stage,
    killed.map((one) => one.tender),
  );
  const medusa = await paidOrders(
    stage,
    killed.map((one) => one.medusa),
  );
  const before = killed.filter(({ passes }) => passes === 0).length;
  console.log(`\n${before} of Tender's orders were placed before the kill, the others afterwards.`);
  console.log(`Tender: ${tender} orders of ${killed.length}`);
  console.log(`Medusa's own route: ${medusa} orders of ${killed.length}`);
  return tender === killed.length ? 0 : 1;
}

/** Carts that became exactly one order, for which the bank still holds the money. */
async function paidOrders(stage: CrashStage, payments: readonly UnseenPayment[]): Promise<number> {
  const orders = await ordersOf(
    stage,
    payments.map(({ cart_id }) => cart_id),
  );
  const once = new Set(orders.filter((row) => row.orders === 1).map(({ cart_id }) => cart_id));
  const held = new Set(
    (await stage.bank.ledger())
      .filter(
        ({ authorized_minor, voided_minor, amount_minor }) =>
          authorized_minor - voided_minor === amount_minor,
      )
      .map(({ reference }) => reference),
  );
  return payments.filter(({ cart_id, reference }) => once.has(cart_id) && held.has(reference)).length;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} must be set; "npm run crash-test" does that.`);
  }
  return value;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
