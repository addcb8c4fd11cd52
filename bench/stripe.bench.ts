/**
 * Tender's Stripe provider beside `@medusajs/payment-stripe` in one store, taken in turns, at one simulator of Stripe:
 * the calls to Stripe and the time from choosing the card to the order, and how soon a webhook leads to an order.
 */
import { Pool } from "pg";
import Stripe from "stripe";
import { startStripeSimulator, type StripeSimulator } from "../integration-tests/simulators/stripe";
import { orderPlaced } from "./order-placed";
import {
  call,
  enableProviders,
  fillCart,
  median,
  percentile,
  readCatalog,
  required,
  row,
  STORE,
  timed,
} from "./shop";

const SHARE = Number(process.env.BENCH_SHARE ?? 1);
const ROUNDS = Math.max(3, Math.round(24 * SHARE));
const WARM_UP = 2;
const CARD = "pm_card_visa";

/** What the page holds once the card was chosen. */
type Chosen = Readonly<{ cart_id: string; intent_id: string; attempt_id?: string }>;

type Contestant = Readonly<{
  name: string;
  api_key: string;
  webhook: Readonly<{ url: string; secrets: readonly string[] }>;
  choose(cart_id: string): Promise<Chosen>;
  pay(chosen: Chosen): Promise<unknown>;
}>;

const database = new Pool({ connectionString: required("BENCH_DATABASE_URL"), max: 2 });

function contestantsAt(simulator: StripeSimulator): readonly [Contestant, Contestant] {
  const tender_key = required("STRIPE_GATEWAY_API_KEY");
  const official_key = required("BENCH_OFFICIAL_API_KEY");
  const hook = (name: string) => `${STORE.base_url}/hooks/payment/${name}`;
  return [
    {
      name: "@medusajs/payment-stripe",
      api_key: official_key,
      webhook: { url: hook("stripe_official"), secrets: [required("BENCH_OFFICIAL_WEBHOOK_SECRET")] },
      choose: async (cart_id) => {
        const { payment_collection } = await call("POST", "/store/payment-collections", { cart_id });
        const answer = await call(
          "POST",
          `/store/payment-collections/${payment_collection.id}/payment-sessions`,
          { provider_id: "pp_stripe_official", data: { payment_method_types: ["card"] } },
        );
        return { cart_id, intent_id: answer.payment_collection.payment_sessions[0].data.id };
      },
      pay: async ({ cart_id, intent_id }) => {
        await confirmInPage(simulator, official_key, intent_id);
        const { type } = await call("POST", `/store/carts/${cart_id}/complete`, {});
        expectOrder(type);
      },
    },
    {
      name: "Tender",
      api_key: tender_key,
      webhook: { url: hook("stripe_main"), secrets: [required("STRIPE_GATEWAY_WEBHOOK_SECRET")] },
      choose: async (cart_id) => {
        const { payment_attempt } = await call("POST", `/store/carts/${cart_id}/payment-attempts`, {
          option_id: "pp_stripe_main:card",
        });
        return { cart_id, intent_id: payment_attempt.client.id, attempt_id: payment_attempt.id };
      },
      pay: async ({ cart_id, attempt_id }) => {
        const { type } = await call(
          "POST",
          `/store/carts/${cart_id}/payment-attempts/${attempt_id}/confirm`,
          {
            data: { payment_method: CARD },
          },
        );
        expectOrder(type);
      },
    },
  ];
}

async function main(): Promise<void> {
  const port = Number(new URL(required("STRIPE_GATEWAY_API_URL")).port);
  const accounts = ["STRIPE_GATEWAY_API_KEY", "BENCH_OFFICIAL_API_KEY"].map((name) => ({
    secret_key: required(name),
  }));
  const simulator = await startStripeSimulator({ port, accounts });
  try {
    const catalog = await readCatalog();
    await enableProviders(catalog, ["pp_stripe_main", "pp_stripe_official"]);
    const contestants = contestantsAt(simulator);
    await measureCheckouts(simulator, contestants, () => fillCart(catalog));
    await measureNews(simulator, contestants, () => fillCart(catalog));
  } finally {
    await simulator.stop();
  }
}

type Measured = readonly [Contestant, Contestant];

/** Milliseconds of each, taken in turns; the first rounds do not count. */
async function inTurns(
  contestants: Measured,
  rounds: number,
  sample: (contestant: Contestant) => Promise<number>,
): Promise<readonly [official: number[], ours: number[]]> {
  const taken_ms: readonly [number[], number[]] = [[], []];
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const [at, contestant] of contestants.entries()) {
      const ms = await sample(contestant);
      if (round >= 0) {
        taken_ms[at]?.push(ms);
      }
    }
  }
  return taken_ms;
}

async function measureCheckouts(
  simulator: StripeSimulator,
  contestants: Measured,
  newCart: () => Promise<string>,
): Promise<void> {
  const calls = new Map<string, number>();
  const [official, ours] = await inTurns(contestants, ROUNDS, async ({ name, choose, pay }) => {
    const cart_id = await newCart();
    const before = simulator.api.requests().length;
    const ms = await timed(async () => pay(await choose(cart_id)));
    calls.set(name, simulator.api.requests().length - before);
    return ms;
  });
  console.log(
    `\nFrom choosing the card to the order, of ${ROUNDS} each (same store, same simulator of Stripe)`,
  );
  console.log(row("@medusajs/payment-stripe, median", median(official), "ms"));
  console.log(row("Tender, median", median(ours), "ms", median(ours) / median(official)));
  for (const { name } of contestants) {
    console.log(row(`${name}: calls to Stripe, the page's included`, calls.get(name) ?? NaN, ""));
  }
}

/** The shopper pays in the page and does not come back; Stripe tells the store. */
async function measureNews(
  simulator: StripeSimulator,
  contestants: Measured,
  newCart: () => Promise<string>,
): Promise<void> {
  for (const { api_key, webhook } of contestants) {
    simulator.api.subscribe([webhook], api_key);
  }
  const rounds = Math.max(3, Math.round(ROUNDS / 3));
  const [official, ours] = await inTurns(contestants, rounds, async ({ api_key, choose }) => {
    const { cart_id, intent_id } = await choose(await newCart());
    return timed(async () => {
      await confirmInPage(simulator, api_key, intent_id);
      await orderPlaced(database, cart_id);
    });
  });
  console.log(`\nFrom the payment in the page to the order by webhook, of ${rounds} each`);
  console.log(row("@medusajs/payment-stripe, median", median(official), "ms"));
  console.log(row("Tender, median", median(ours), "ms", median(ours) / median(official), "<= 0.1x"));
  console.log(row("@medusajs/payment-stripe, 95th percentile", percentile(official, 0.95), "ms"));
  console.log(row("Tender, 95th percentile", percentile(ours, 0.95), "ms"));
}

/** As Stripe.js does it. */
async function confirmInPage(simulator: StripeSimulator, api_key: string, intent_id: string): Promise<void> {
  await new Stripe(api_key, simulator.sdk).paymentIntents.confirm(intent_id, { payment_method: CARD });
}

function expectOrder(type: unknown): void {
  if (type !== "order") {
    throw new Error(`The payment came to "${String(type)}" instead of an order.`);
  }
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => database.end());
