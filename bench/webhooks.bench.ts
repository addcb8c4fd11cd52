/**
 * Webhooks through Tender beside Medusa's own route for the same gateway, in one run on one server, taken in turns:
 * how soon there is an order, how many a second are accepted, and what ten thousand duplicates cost.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { CORE_ROUTE } from "./core-route-provider/list";
import {
  call,
  control,
  enableProviders,
  fillCart,
  median,
  percentile,
  readCatalog,
  required,
  row,
  timed,
} from "./shop";
import { orderPlaced } from "./order-placed";
import { payUnseenThroughMedusa, payUnseenThroughTender, type ShopperOf } from "./unseen-payments";
import { sendEvents, serverCpuMs, tell, untilQuiet, type Route } from "./webhook-sender";

/** A part of everything, for a quick look: BENCH_SHARE=0.1. */
const SHARE = Number(process.env.BENCH_SHARE ?? 1);
const ROUNDS = Math.max(3, Math.round(24 * SHARE));
const WARM_UP = 2;
const UNKNOWN_EVENTS = Math.round(2_000 * SHARE);
const SETTLED_EVENTS = Math.round(600 * SHARE);
const BLOCKS = 4;
const DUPLICATES = Math.round(10_000 * SHARE);
const SIDE_BY_SIDE = 32;

const ROUTES: readonly Route[] = ["medusa", "tender"];

type Samples = Readonly<Record<Route, number[]>>;

const database = new Pool({ connectionString: required("BENCH_DATABASE_URL"), max: 4 });

async function main(): Promise<void> {
  const catalog = await readCatalog();
  await enableProviders(catalog, ["pp_sandbox_a", "pp_sandbox_b", "pp_system_default", CORE_ROUTE]);
  // The bank is silent; this program sends its news.
  await control("POST", "faults", { provider: "pp_sandbox_a", fault: "webhook_drop" }, 201);
  const shopper: ShopperOf = {
    fillCart: () => fillCart(catalog),
    post: (path, body) => call("POST", path, body),
    referenceOf: async (column, value) => {
      const sql = `select gateway_reference from tender_payment_attempt where ${column} = $1`;
      return String((await database.query(sql, [value])).rows[0]?.gateway_reference);
    },
    approve: async (reference) => {
      await control("POST", `payments/${reference}/approve`, {});
    },
  };
  const settled = await measureOrders(shopper);
  await measureAccepted("payments of another shop", UNKNOWN_EVENTS, () => undefined);
  await measureAccepted("payments settled before", SETTLED_EVENTS, (route, at) => {
    const references = settled[route];
    return references[at % references.length];
  });
  await measureDuplicates(shopper);
  await control("DELETE", "faults");
}

const pay = {
  tender: (shopper: ShopperOf) => payUnseenThroughTender(shopper, "pp_sandbox_a:card"),
  medusa: payUnseenThroughMedusa,
} as const;

/** From the webhook to the order. Returns what was paid by each route. */
async function measureOrders(shopper: ShopperOf): Promise<Readonly<Record<Route, string[]>>> {
  const samples: Samples = { tender: [], medusa: [] };
  const settled = { tender: [] as string[], medusa: [] as string[] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const route of ROUTES) {
      const { cart_id, reference } = await pay[route](shopper);
      const taken = await timed(async () => {
        await tell(route, `bench_order_${reference}`, reference);
        await orderPlaced(database, cart_id);
      });
      settled[route].push(reference);
      if (round >= 0) {
        samples[route].push(taken);
      }
    }
  }
  const p50 = { tender: median(samples.tender), medusa: median(samples.medusa) };
  console.log(`\nFrom a webhook to the order, of ${ROUNDS} each (same store, same sandbox gateway)`);
  console.log(row("Medusa's own route, median", p50.medusa, "ms"));
  console.log(row("Tender, median", p50.tender, "ms", p50.tender / p50.medusa, "<= 0.1x"));
  console.log(row("Medusa's own route, 95th percentile", percentile(samples.medusa, 0.95), "ms"));
  console.log(row("Tender, 95th percentile", percentile(samples.tender, 0.95), "ms"));
  return settled;
}

/**
 * Signed webhooks answered with 200 per second, for Tender how soon all of them were worked too, and what each costs
 * the server until nothing is left to do: Medusa answers first and works later.
 */
async function measureAccepted(
  about: string,
  events: number,
  referenceOf: (route: Route, at: number) => string | undefined,
): Promise<void> {
  const block = Math.ceil(events / BLOCKS);
  const accepted: Samples = { tender: [], medusa: [] };
  const cpu_ms: Samples = { tender: [], medusa: [] };
  const worked: number[] = [];
  await untilQuiet(database);
  for (let round = 0; round < BLOCKS; round += 1) {
    for (const route of ROUTES) {
      const prefix = `bench_${route}_${about.replaceAll(" ", "_")}_${round}_`;
      const cpu_before_ms = serverCpuMs();
      const started_at = performance.now();
      const answered_ms = await timed(() =>
        sendEvents(route, block, SIDE_BY_SIDE, (at) => ({
          id: `${prefix}${at}`,
          reference: referenceOf(route, at) ?? `sbx_pay_elsewhere_${at}`,
        })),
      );
      accepted[route].push((block * 1_000) / answered_ms);
      if (route === "tender") {
        await allWorked(prefix, block);
        worked.push((block * 1_000) / (performance.now() - started_at));
      }
      await untilQuiet(database);
      cpu_ms[route].push((serverCpuMs() - cpu_before_ms) / block);
    }
  }
  const rate = { tender: median(accepted.tender), medusa: median(accepted.medusa) };
  console.log(`\nWebhooks about ${about}, median of ${BLOCKS} x ${block} by ${SIDE_BY_SIDE} senders`);
  console.log(row("Medusa's own route: answered, kept in memory", rate.medusa, "/s"));
  console.log(row("Tender: answered, kept in PostgreSQL", rate.tender, "/s", rate.tender / rate.medusa));
  console.log(row("Tender: answered and worked", median(worked), "/s"));
  const cost = { tender: median(cpu_ms.tender), medusa: median(cpu_ms.medusa) };
  console.log(row("Medusa's own route: processor time, work included", cost.medusa, "ms"));
  console.log(row("Tender: processor time, work included", cost.tender, "ms", cost.tender / cost.medusa));
}

/** Waits until each of these events was worked once, and takes those out that are to be tried again. */
async function allWorked(prefix: string, events: number): Promise<void> {
  const sql =
    "select count(*)::int as events from tender_payment_webhook_event where event_id like $1 and status <> 'received'";
  while ((await database.query(sql, [`${prefix}%`])).rows[0].events < events) {
    await sleep(5);
  }
  await database.query(
    "update tender_payment_webhook_event set status = 'done', next_try_at = null where event_id like $1",
    [`${prefix}%`],
  );
}

/** One event ten thousand times. */
async function measureDuplicates(shopper: ShopperOf): Promise<void> {
  await untilQuiet(database);
  const { cart_id, reference } = await pay.tender(shopper);
  const event = { id: "bench_duplicate", reference };
  const taken_ms = await timed(() => sendEvents("tender", DUPLICATES, SIDE_BY_SIDE, () => event));
  await orderPlaced(database, cart_id);
  await untilQuiet(database);
  const { rows } = await database.query(
    `select (select count(*)::int from tender_payment_webhook_event where event_id = $1) as stored,
            (select sum(tries)::int from tender_payment_webhook_event where event_id = $1) as worked,
            (select count(*)::int from order_cart where cart_id = $2) as orders`,
    [event.id, cart_id],
  );
  const { stored, worked, orders } = rows[0];
  console.log(`\nOne webhook ${DUPLICATES} times, by ${SIDE_BY_SIDE} senders`);
  console.log(row("Tender: absorbed", (DUPLICATES * 1_000) / taken_ms, "/s"));
  console.log(`  rows stored ${stored}, worked ${worked} time(s), orders ${orders}`);
  if (stored !== 1 || worked !== 1 || orders !== 1) {
    throw new Error("The duplicates were not absorbed.");
  }
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => database.end());
