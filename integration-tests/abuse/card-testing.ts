/**
 * Somebody tries stolen-looking cards at a running store, from one address and then from fifty, while honest shoppers
 * pay beside it. `npm run card-testing` starts the store.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { FilledCarts } from "../support/filled-carts";
import { addressesOf, stolenLookingCards } from "./cards";
import { Store, type Catalog } from "./store";

const FIRST_MINUTE_MS = 60_000;
const HONEST_SHOPPERS = 20;
/** Every so many honest shoppers mistype the security code first. */
const MISTYPES_EVERY = 4;
const MOST_SHARE = 0.02;
/** How many requests of the attacker are under way at most; a real one has no reason to hold back either. */
const MOST_AT_ONCE = 100;

const CARDS = Number(required("ATTACK_CARDS"));
const SECONDS = Number(required("ATTACK_SECONDS"));
const MISTYPED = "4000000000000127";
const GOOD = "4242424242424242";

const store = new Store(required("ATTACK_BASE_URL"), required("ATTACK_PUBLISHABLE_KEY"));
const database = new Client({ connectionString: required("ATTACK_DATABASE_URL") });

async function main(): Promise<void> {
  await database.connect();
  const catalog = await store.readCatalog();
  const withstood: boolean[] = [];
  for (const addresses of [1, 50]) {
    withstood.push(await attackFrom(addresses, catalog));
  }
  await database.end();
  process.exitCode = withstood.every(Boolean) ? 0 : 1;
}

async function attackFrom(addresses: number, catalog: Catalog): Promise<boolean> {
  await forgetFormerAttack();
  const carts = await fillCarts(catalog);
  const attackers = addressesOf("198.51.100", addresses);
  const cards = stolenLookingCards(CARDS);
  const began = new Date();
  const pace_ms = (SECONDS * 1_000) / CARDS;
  const tried_at: number[] = [];
  let under_way = 0;
  const honest = shopHonestly(catalog);
  const tries: Promise<void>[] = [];
  for (let index = 0; index < CARDS; index += 1) {
    await sleep(Math.max(0, began.getTime() + index * pace_ms - Date.now()));
    while (under_way >= MOST_AT_ONCE) await sleep(10);
    tried_at.push(Date.now() - began.getTime());
    under_way += 1;
    const from = attackers[index % attackers.length]!;
    tries.push(store.pay(carts[index]!, cards[index]!, from).then(() => void (under_way -= 1)));
  }
  await Promise.all(tries);
  const paid = (await honest).filter(Boolean).length;
  const reached = await reachedTheBank(carts, began);
  const late = tried_at.filter((at) => at >= FIRST_MINUTE_MS).length;
  const share = late === 0 ? NaN : reached.later / late;
  const findings = await database.query(
    "select detail from tender_payment_finding where kind = 'card_testing'",
  );

  console.log(`\nFrom ${addresses} address${addresses === 1 ? "" : "es"}`);
  console.log(`  cards tried                        ${CARDS} in ${(tried_at.at(-1)! / 1_000).toFixed(0)} s`);
  console.log(`  reached the bank, first minute     ${reached.first} of ${CARDS - late}`);
  console.log(
    `  reached the bank, after it         ${reached.later} of ${late} = ${(share * 100).toFixed(2)} %   (goal <= 2 %)`,
  );
  console.log(`  honest shoppers paid               ${paid}/${HONEST_SHOPPERS}`);
  console.log(
    `  findings                           ${findings.rows.length}: ${findings.rows[0]?.detail ?? ""}`,
  );
  return share <= MOST_SHARE && paid === HONEST_SHOPPERS && findings.rows.length === 1;
}

/** Each attack meets a store that was never attacked before. */
async function forgetFormerAttack(): Promise<void> {
  await database.query("truncate tender_payment_try, tender_payment_limit");
  await database.query("delete from tender_payment_finding");
}

/** As many carts as cards, each somebody else's. */
async function fillCarts(catalog: Catalog): Promise<string[]> {
  const carts = new FilledCarts(
    (statement, value) => database.query(statement.replaceAll(":value", "$1"), [value]),
    () => store.cart(catalog),
  );
  const made: string[] = [];
  while (made.length < CARDS) {
    made.push(await carts.make(1, `${randomUUID()}@example.com`));
  }
  console.log(`${made.length} carts made`);
  return made;
}

/** Twenty shoppers, each from home, spread over the attack. Answers who got an order. */
function shopHonestly(catalog: Catalog): Promise<boolean[]> {
  const homes = addressesOf("203.0.113", HONEST_SHOPPERS);
  return Promise.all(
    homes.map(async (home, index) => {
      await sleep(((index + 0.5) * SECONDS * 1_000) / HONEST_SHOPPERS);
      const cart_id = await store.cart(catalog, home);
      if (index % MISTYPES_EVERY === 0) {
        await store.pay(cart_id, MISTYPED, home);
      }
      const answer = await store.pay(cart_id, GOOD, home);
      if (answer.type !== "order")
        console.log(`An honest shopper read: ${JSON.stringify(answer).slice(0, 300)}`);
      return answer.type === "order";
    }),
  );
}

/** Cards that were sent to a bank: every call is written down before it is made. */
async function reachedTheBank(carts: string[], began: Date): Promise<{ first: number; later: number }> {
  const { rows } = await database.query<{ started_at: Date }>(
    `select min(operation.started_at) as started_at from tender_payment_operation operation
     join tender_payment_attempt attempt on attempt.id = operation.attempt_id
     where operation.kind = 'authorize' and attempt.cart_id = any($1) group by attempt.cart_id`,
    [carts],
  );
  const later = rows.filter(({ started_at }) => started_at.getTime() - began.getTime() >= FIRST_MINUTE_MS);
  return { first: rows.length - later.length, later: later.length };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; "npm run card-testing" does that.`);
  return value;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
