/**
 * Following a chain with few and with many open invoices: what a block costs follows the block, not what is open. The
 * follower and the wallet's stores are the product's, on PostgreSQL; the chain is in memory and hands out decoded blocks.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { MemoryChain } from "../integration-tests/bitcoin/memory-chain";
import { makeWalletDatabase, type WalletDatabase } from "../integration-tests/bitcoin/wallet-database";
import { ACCOUNT, CHAIN, testAddress } from "../integration-tests/bitcoin/wallet-samples";
import type { ChainTransaction } from "../src/providers/bitcoin/chain/source";
import { ChainFollower } from "../src/providers/bitcoin/wallet/chain-follower";
import { median, required, row, timed } from "./shop";

const SHARE = Number(process.env.BENCH_SHARE ?? 1);
const TRANSACTIONS = 3_000;
const PAYMENTS = 50;
const OPEN = [100, 10_000] as const;
const WARM_UP = 3;
const ROUNDS = Math.max(5, Math.round(15 * SHARE));
const MISSED_BLOCKS = 50;
/** Scripts from here on are nobody's. */
const FIRST_STRANGER = 1_000_000;

type Shop = Readonly<{
  open: number;
  database: WalletDatabase;
  chain: MemoryChain;
  follower: ChainFollower;
  times_ms: number[];
  statements: number[];
}>;

async function main(): Promise<void> {
  const few = await openShop(OPEN[0]);
  const many = await openShop(OPEN[1]);
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    // Turn and turn about, so that both find the machine alike.
    for (const shop of round % 2 ? [few, many] : [many, few]) {
      await followBlock(shop, round >= 0);
    }
  }
  const caught_up_ms = await catchUpAfterStop(many);
  await Promise.all([few, many].map(checkBooks));
  printResults(few, many, caught_up_ms);
  await Promise.all([few, many].map(({ database }) => database.drop()));
}

async function openShop(open: number): Promise<Shop> {
  const database = await makeWalletDatabase(required("BENCH_DATABASE_URL"), String(open));
  await fillInvoices(database.knex, open);
  const chain = new MemoryChain();
  const follower = new ChainFollower(chain, database.stores);
  await follower.catchUp();
  return { open, database, chain, follower, times_ms: [], statements: [] };
}

async function fillInvoices(knex: Knex, open: number): Promise<void> {
  await knex.raw(
    `insert into bitcoin_wallet_invoice (id, request_key, provider_id, attempt_id, account_id, address_index, chain, address,
       script, amount_minor, currency, due_sats, required_sats,
       confirmations_needed, is_trusted, quote, expires_at)
     select 'invoice ' || at, 'request ' || at, 'pp_bitcoin_bench', 'attempt ' || at, ?, at, ?, 'address ' || at,
       '0014' || lpad(to_hex(at), 40, '0'), '6980', 'EUR', '100000', '100000', 1, false, '{}', now() + interval '15 minutes'
     from generate_series(0, ? - 1) at`,
    [ACCOUNT, CHAIN, open],
  );
  await knex.raw("analyze bitcoin_wallet_invoice");
}

/** A block of two outputs each, some of which pay; of strangers to whom no other block pays. */
function transactionsOf({ chain, open }: Shop): readonly ChainTransaction[] {
  const height = chain.height + 1;
  return Array.from({ length: TRANSACTIONS }, (_, at) => {
    const stranger = FIRST_STRANGER + 2 * (height * TRANSACTIONS + at);
    const is_payment = at % (TRANSACTIONS / PAYMENTS) === 0;
    const paid = is_payment ? ((height * PAYMENTS + at) * 7) % open : stranger;
    return chain.paying(
      { script: testAddress(paid).script, value_sats: 100_000n },
      { script: testAddress(stranger + 1).script, value_sats: 5_000_000n },
    );
  });
}

async function followBlock(shop: Shop, counts: boolean): Promise<void> {
  const { chain, database, follower, times_ms, statements } = shop;
  chain.mine(transactionsOf(shop));
  let asked = 0;
  const count = () => (asked += 1);
  database.knex.on("query", count);
  const taken_ms = await timed(() => follower.catchUp());
  database.knex.removeListener("query", count);
  if (counts) {
    times_ms.push(taken_ms);
    statements.push(asked);
  }
}

/** As after a restart: what is known is what was stored. */
async function catchUpAfterStop(shop: Shop): Promise<number> {
  for (let block = 0; block < MISSED_BLOCKS; block += 1) {
    shop.chain.mine(transactionsOf(shop));
  }
  // The server that looked before was gone for longer than it keeps the lead.
  await shop.database.knex("bitcoin_wallet_cursor").update({ led_until: new Date(0) });
  const follower = new ChainFollower(shop.chain, shop.database.stores);
  return timed(() => follower.catchUp());
}

/** Throws unless every payment of every block is there, and the chain was followed to its end. */
async function checkBooks({ chain, database }: Shop): Promise<void> {
  const cursor = await database.stores.chains.cursor(CHAIN);
  const { rows } = await database.knex.raw<{ rows: { outputs: string; blocks: string }[] }>(
    "select count(*) as outputs, count(distinct block_hash) as blocks from bitcoin_wallet_output",
  );
  const found = [cursor?.tip_height, Number(rows[0]?.blocks), Number(rows[0]?.outputs)];
  const expected = [chain.height, chain.height, chain.height * PAYMENTS];
  if (String(found) !== String(expected)) {
    throw new Error(`Height, blocks and outputs are ${String(found)} instead of ${String(expected)}.`);
  }
}

function printResults(few: Shop, many: Shop, caught_up_ms: number): void {
  const time_ratio = median(many.times_ms) / median(few.times_ms);
  const statement_ratio = median(many.statements) / median(few.statements);
  const openText = ({ open }: Shop) => `${open.toLocaleString("en")} open invoices`;
  console.log(
    `\nA block of ${TRANSACTIONS.toLocaleString("en")} transactions, ${PAYMENTS} of which pay, median of ${ROUNDS}`,
  );
  console.log(row(openText(few), median(few.times_ms), "ms"));
  console.log(row(openText(many), median(many.times_ms), "ms", time_ratio, "~ 1.0x"));
  console.log(row(`Statements for it, ${openText(few)}`, median(few.statements), ""));
  console.log(
    row(`Statements for it, ${openText(many)}`, median(many.statements), "", statement_ratio, "1.0x"),
  );
  console.log(
    row(
      `${MISSED_BLOCKS} such blocks after a stop, ${openText(many)}`,
      (MISSED_BLOCKS * 1_000) / caught_up_ms,
      "blocks/s",
    ),
  );
  if (statement_ratio !== 1) {
    throw new Error("The number of statements for a block depends on what is open.");
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
