import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { OutputChange } from "../../src/providers/bitcoin/wallet/wallet-store";
import { makeWalletDatabase, testServerUrl, type WalletDatabase } from "./wallet-database";
import { CHAIN, newInvoice, testAddress } from "./wallet-samples";

const HISTORY = 20_000;
const NOW = new Date("2030-01-01T12:00:00Z");

type Statement = Readonly<{ sql: string; bindings: readonly Knex.Value[] }>;

describe("the wallet module beside a long history", () => {
  let database: WalletDatabase;

  beforeAll(async () => {
    database = await makeWalletDatabase(testServerUrl());
    await fillHistory(database.knex);
  });
  afterAll(() => database?.drop());

  it("reads no whole table to make an invoice, to store a step, or to say how a payment stands", async () => {
    const { invoices, chains } = database.stores;
    const { statements } = await listening(database.knex, async () => {
      const { id, script } = await invoices.open(newInvoice("new"), testAddress);
      await invoices.find(id);
      await invoices.note(id, "settled_at", NOW);
      await invoices.listByScripts(CHAIN, [script]);
      await chains.outputsOf(id);
      await chains.cursor(CHAIN);
      const to = { revision: 0, tip_height: 1, cursor: {} };
      await chains.advance(CHAIN, undefined, to, []);
      await chains.advance(CHAIN, 0, { ...to, revision: 1 }, changesOf(id));
    });
    const plans = await Promise.all(statements.map((statement) => planOf(database.knex, statement)));
    expect(plans.filter((plan) => /Seq Scan on bitcoin_wallet_(invoice|output)/.test(plan))).toEqual([]);
    // A plan of each change: those that read rows do so by an index.
    expect(plans.filter((plan) => /Index/.test(plan)).length).toBeGreaterThanOrEqual(8);
  });

  it("stores a step with the same number of statements, however many outputs it tells of", async () => {
    const { id } = await database.stores.invoices.open(newInvoice("many"), testAddress);
    const there = (vout: number): OutputChange => ({
      kind: "there",
      output: { invoice_id: id, txid: "many", vout, value_sats: 1n, paid_at: NOW, block: null },
    });
    const countFor = async (chain: string, outputs: number) => {
      const changes = Array.from({ length: outputs }, (_, vout) => there(vout));
      const { statements } = await listening(database.knex, () =>
        database.stores.chains.advance(chain, undefined, { revision: 0, tip_height: 1, cursor: {} }, changes),
      );
      return statements.length;
    };
    expect(await countFor("many", 400)).toBe(await countFor("one", 1));
  });
});

function changesOf(invoice_id: string): readonly OutputChange[] {
  const output = { invoice_id, txid: "new", vout: 0, value_sats: 1n, paid_at: NOW, block: null };
  return [
    { kind: "there", output },
    { kind: "unmined", block_hash: "block 7" },
    { kind: "lost", txid: "new", because: "dropped" },
    { kind: "only_waiting", txids: ["new"] },
  ];
}

/** Paid invoices, each with an output of its own in a block. */
async function fillHistory(knex: Knex): Promise<void> {
  await knex.raw(
    `insert into bitcoin_wallet_invoice (id, request_key, provider_id, attempt_id, account_id, address_index, chain, address,
       script, amount_minor, currency, due_sats, required_sats,
       confirmations_needed, is_trusted, quote, expires_at)
     select 'invoice ' || at, 'request ' || at, 'provider', 'attempt ' || at, 'old account', at, ?, 'address ' || at,
       'script ' || at, '1', 'EUR', '1', '1', 1, false, '{}', now() from generate_series(1, ?) at`,
    [CHAIN, HISTORY],
  );
  await knex.raw(
    `insert into bitcoin_wallet_output (id, invoice_id, chain, txid, vout, value_sats, paid_at, block_height, block_hash)
     select 'output ' || at, 'invoice ' || at, ?, 'transaction ' || at, 0, '1', now(), at, 'block ' || at
       from generate_series(1, ?) at`,
    [CHAIN, HISTORY],
  );
  await knex.raw("analyze bitcoin_wallet_invoice, bitcoin_wallet_output");
}

/** What a piece of work asks the database. */
async function listening(
  knex: Knex,
  work: () => Promise<unknown>,
): Promise<Readonly<{ statements: readonly Statement[] }>> {
  const statements: Statement[] = [];
  const note = ({ sql, bindings = [] }: Statement) => statements.push({ sql, bindings });
  knex.on("query", note);
  await work();
  knex.removeListener("query", note);
  return { statements };
}

/** How PostgreSQL carries a statement out; nothing for those that open and close transactions. */
async function planOf(knex: Knex, { sql, bindings }: Statement): Promise<string> {
  if (!sql.includes("bitcoin_wallet")) {
    return "";
  }
  const { rows } = await knex.raw<{ rows: Record<string, string>[] }>(
    `explain ${sql.replace(/\$\d+/g, "?")}`,
    [...bindings],
  );
  return [sql, ...rows.map((line) => line["QUERY PLAN"])].join("\n");
}
