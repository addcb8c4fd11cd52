import { fork } from "node:child_process";
import path from "node:path";
import type {
  OutputChange,
  StoredCursor,
  StoredInvoice,
  StoredOutput,
} from "../../src/providers/bitcoin/wallet/wallet-store";
import { makeWalletDatabase, testServerUrl, type WalletDatabase } from "./wallet-database";
import { CHAIN, newInvoice, testAddress } from "./wallet-samples";

const SERVER = path.join(__dirname, "open-invoices.ts");
const SEEN_AT = new Date("2030-01-01T12:00:00Z");
const LATER = new Date("2030-01-01T12:30:00Z");
const BLOCK = { height: 7, hash: "b7" };

let database: WalletDatabase;

beforeAll(async () => {
  database = await makeWalletDatabase(testServerUrl());
});
beforeEach(() => database.empty());
afterAll(() => database?.drop());

const open = (request_key: string, changes = {}) =>
  database.stores.invoices.open(newInvoice(request_key, changes), testAddress);

describe("invoices in the wallet module", () => {
  it("of 100 made at once on two servers have 100 addresses", async () => {
    const servers = await Promise.all(["one", "two"].map(startServer));
    const job = { url: database.url, invoices: 50 };
    const given = await Promise.all(
      servers.map((server, at) => server.open({ ...job, name: `server ${at}` })),
    );
    const indexes = given.flat();
    expect(indexes).toHaveLength(100);
    expect(new Set(indexes).size).toBe(100);
    const rows = await database.knex("bitcoin_wallet_invoice").countDistinct("script as scripts");
    expect(Number(rows[0]?.scripts)).toBe(100);
  });

  it("are one for one request, however often and wherever it is made", async () => {
    const other = database.another().stores;
    const opened = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 ? other : database.stores).invoices.open(newInvoice("the same"), testAddress),
      ),
    );
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(await open("the same")).toEqual(opened[0]);
    expect(await database.knex("bitcoin_wallet_invoice")).toHaveLength(1);
  });

  it("are kept as they were made", async () => {
    const { request_key: _, ...asked } = newInvoice("one", {
      amount_minor: 2n ** 63n,
      due_sats: 2_100_000_000_000_000n,
    });
    const noted = { canceled_at: null, settled_at: null, committed_at: null };
    const expected = { ...asked, ...testAddress(0), ...noted, address_index: 0 };
    const made = await open("one", { amount_minor: 2n ** 63n, due_sats: 2_100_000_000_000_000n });
    expect(made).toEqual({ ...expected, id: expect.stringMatching(/^btcinv_/) });
    expect(await database.stores.invoices.find(made.id)).toEqual(made);
    expect(await database.stores.invoices.find("btcinv_none")).toBeUndefined();
  });

  it("count the addresses of each account by itself", async () => {
    const other = { account_id: "another", chain: "litecoin-regtest" };
    const opened = [await open("a"), await open("b"), await open("c", other), await open("d")];
    expect(opened.map(({ address_index }) => address_index)).toEqual([0, 1, 0, 2]);
  });

  it("are not made where an address was given out before, as by an account that is counted anew", async () => {
    await open("a");
    await expect(open("b", { account_id: "another" })).rejects.toThrow(/unique/);
  });

  it("leave an address out that a failed call took", async () => {
    const fails = database.stores.invoices.open(newInvoice("a"), () => {
      throw new Error("no address");
    });
    await expect(fails).rejects.toThrow("no address");
    expect(await open("b")).toMatchObject({ address_index: 1 });
  });

  it("are found by their scripts, in a block of any size, on their chain alone", async () => {
    const [first, second] = [await open("a"), await open("b")];
    await open("c", { account_id: "another", chain: "litecoin-regtest" });
    const strangers = Array.from({ length: 70_000 }, (_, at) => testAddress(1_000 + at).script);
    const found = await database.stores.invoices.listByScripts(CHAIN, [
      ...strangers,
      first.script,
      second.script,
      first.script,
    ]);
    expect(found.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    expect(await database.stores.invoices.listByScripts(CHAIN, [])).toEqual([]);
  });

  it("note once when they were canceled and when they were settled", async () => {
    const { id } = await open("a");
    await database.stores.invoices.note(id, "settled_at", SEEN_AT);
    await database.stores.invoices.note(id, "settled_at", LATER);
    await database.stores.invoices.note(id, "canceled_at", LATER);
    expect(await database.stores.invoices.find(id)).toMatchObject({
      settled_at: SEEN_AT,
      canceled_at: LATER,
    });
  });
});

describe("a chain in the wallet module", () => {
  let invoice: StoredInvoice;
  let revision: number;

  beforeEach(async () => {
    invoice = await open("the invoice");
    revision = 0;
    await database.stores.chains.advance(CHAIN, undefined, cursorAt(0), []);
  });

  const cursorAt = (at: number): StoredCursor => ({
    revision: at,
    tip_height: 100 + at,
    cursor: { revision: at, blocks: [{ height: 100 + at, hash: "aa" }], waiting: [] },
  });
  const step = (...changes: readonly OutputChange[]) =>
    database.stores.chains.advance(CHAIN, revision, cursorAt((revision += 1)), changes);
  const there = (
    changes: Partial<Omit<StoredOutput, "lost">> = {},
  ): Extract<OutputChange, { kind: "there" }> => ({
    kind: "there",
    output: {
      invoice_id: invoice.id,
      txid: "t1",
      vout: 0,
      value_sats: 5n,
      paid_at: SEEN_AT,
      block: null,
      ...changes,
    },
  });
  const mined = (changes: Partial<Omit<StoredOutput, "lost">> = {}) =>
    there({ block: BLOCK, paid_at: LATER, ...changes });
  const outputs = () => database.stores.chains.outputsOf(invoice.id);
  const kept = (changes: Partial<StoredOutput>): StoredOutput => ({
    ...there().output,
    lost: null,
    ...changes,
  });

  it("is where it was left", async () => {
    expect(await database.stores.chains.cursor("litecoin-regtest")).toBeUndefined();
    await step();
    expect(await database.stores.chains.cursor(CHAIN)).toMatchObject(cursorAt(1));
  });

  it("begins once, and goes on from where it is alone", async () => {
    expect(await database.stores.chains.advance(CHAIN, undefined, cursorAt(5), [there()])).toBe(false);
    expect(await step(there())).toEqual([invoice.id]);
    expect(await database.stores.chains.advance(CHAIN, 0, cursorAt(1), [mined()])).toBe(false);
    expect(await database.stores.chains.cursor(CHAIN)).toMatchObject(cursorAt(1));
    expect(await outputs()).toMatchObject([{ block: null }]);
  });

  it("takes one of many steps that begin at the same point", async () => {
    const stores = [database.stores, database.another().stores];
    const steps = Array.from({ length: 12 }, (_, at) =>
      stores[at % 2]?.chains.advance(CHAIN, 0, cursorAt(1), [there({ txid: `t${at}` })]),
    );
    expect((await Promise.all(steps)).filter((taken) => taken !== false)).toHaveLength(1);
    expect(await outputs()).toHaveLength(1);
  });

  it("keeps nothing of a step that fails midway", async () => {
    await step(there());
    const broken = there({ txid: "t2", paid_at: new Date(Number.NaN) });
    await expect(step({ kind: "lost", txid: "t1", because: "dropped" }, broken)).rejects.toThrow();
    expect(await outputs()).toMatchObject([{ txid: "t1", lost: null }]);
    expect(await database.stores.chains.cursor(CHAIN)).toMatchObject(cursorAt(1));
  });

  it("keeps an output's exact value, and two of one transaction apart", async () => {
    const value_sats = 2_099_999_997_690_000n;
    await step(there({ value_sats }), there({ vout: 1 }), there({ txid: "t2" }));
    expect(await outputs()).toEqual([kept({ value_sats }), kept({ vout: 1 }), kept({ txid: "t2" })]);
  });

  it("keeps one output, paid when it was seen first, of duplicate and out-of-order detections", async () => {
    await step(there(), there({ paid_at: LATER }));
    await step(mined(), there({ paid_at: LATER }), mined());
    await step(mined());
    const expected = kept({ block: BLOCK });
    expect(await outputs()).toEqual([expected]);

    // A server that is behind tells that it waits: its step is not taken.
    expect(await database.stores.chains.advance(CHAIN, 1, cursorAt(2), [there()])).toBe(false);
    // What is mined is neither replaced nor dropped by what is said of waiting ones.
    await step({ kind: "lost", txid: "t1", because: "replaced" }, { kind: "only_waiting", txids: [] });
    expect(await outputs()).toEqual([expected]);
  });

  it("counts each invoice once among those that changed, and none that did not", async () => {
    const other = await open("another");
    expect(await step(there(), there({ vout: 1 }), there({ invoice_id: other.id, txid: "t2" }))).toEqual([
      invoice.id,
      other.id,
    ]);
    expect(await step({ kind: "lost", txid: "t2", because: "dropped" })).toEqual([other.id]);
    expect(await step({ kind: "lost", txid: "unknown", because: "dropped" })).toEqual([]);
  });

  it.each<readonly [string, () => readonly OutputChange[], object]>([
    ["waits again when its block is no more", () => [unmined("b7")], { block: null, lost: null }],
    ["stays in its block when another is no more", () => [unmined("c7")], { block: BLOCK }],
    [
      "is in the block that took the place of its own",
      () => [unmined("b7"), mined({ block: { height: 7, hash: "c7" } })],
      { block: { height: 7, hash: "c7" }, paid_at: SEEN_AT },
    ],
    [
      "is replaced after its block is no more",
      () => [unmined("b7"), { kind: "lost", txid: "t1", because: "replaced" }],
      { block: null, lost: "replaced" },
    ],
    [
      "is mined by the later of two blocks that were told in the wrong order",
      () => [mined({ block: { height: 7, hash: "c7" } }), unmined("b7")],
      { block: { height: 7, hash: "c7" } },
    ],
  ])("has a mined output that %s", async (_, changes, expected) => {
    await step(there());
    await step(mined());
    await step(...changes());
    expect(await outputs()).toMatchObject([expected]);
  });

  it.each<readonly [string, () => readonly OutputChange[], object]>([
    ["is dropped", () => [lost("dropped")], { lost: "dropped" }],
    ["was dropped and is there again", () => [lost("dropped"), there()], { lost: null }],
    [
      "was replaced and is mined all the same",
      () => [lost("replaced"), mined()],
      { lost: null, block: BLOCK },
    ],
    ["is among those that wait", () => [{ kind: "only_waiting", txids: ["t0", "t1"] }], { lost: null }],
    ["is not among those that wait", () => [{ kind: "only_waiting", txids: ["t0"] }], { lost: "dropped" }],
    [
      "was replaced, and so is not among those that wait",
      () => [lost("replaced"), { kind: "only_waiting", txids: [] }],
      { lost: "replaced" },
    ],
  ])("has a waiting output that %s", async (_, changes, expected) => {
    await step(there());
    await step(...changes());
    expect(await outputs()).toMatchObject([{ ...expected, paid_at: SEEN_AT }]);
  });

  it("leaves what is known of other chains alone", async () => {
    await database.stores.chains.advance("litecoin-regtest", undefined, cursorAt(0), [
      there({ txid: "l1" }),
      mined({ txid: "l2" }),
    ]);
    await step({ kind: "only_waiting", txids: [] }, unmined("b7"), {
      kind: "lost",
      txid: "l1",
      because: "dropped",
    });
    expect(await outputs()).toMatchObject([{ lost: null }, { block: BLOCK }]);
  });

  it("tells the blocks of its outputs below a height, each once", async () => {
    const at = (height: number) => ({ height, hash: `b${height}` });
    await step(
      there({ txid: "t0" }),
      ...[5, 6, 6, 7, 8].map((height, vout) => mined({ txid: `t${height}`, vout, block: at(height) })),
    );
    const below = await database.stores.chains.blocksBelow(CHAIN, 7);
    expect([...below].sort((a, b) => a.height - b.height)).toEqual([at(5), at(6)]);
    expect(await database.stores.chains.blocksBelow("litecoin-regtest", 7)).toEqual([]);
  });

  it("stores as many outputs as a block can hold, in an order of any kind", async () => {
    const many = Array.from({ length: 8_000 }, (_, vout) => mined({ vout }));
    expect(await step(...many, ...many.slice(0, 10))).toEqual([invoice.id]);
    expect(await outputs()).toHaveLength(8_000);
  });

  const unmined = (block_hash: string): OutputChange => ({ kind: "unmined", block_hash });
  const lost = (because: "replaced" | "dropped"): OutputChange => ({ kind: "lost", txid: "t1", because });
});

type Server = Readonly<{ open(job: object): Promise<readonly number[]> }>;

/** A server in a process of its own, ready to give out addresses. */
async function startServer(): Promise<Server> {
  const child = fork(SERVER, {
    execArgv: ["--require", "ts-node/register"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const message = () =>
    new Promise<unknown>((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", () => reject(new Error("It ended before it answered.")));
    });
  await message();
  return {
    open: (job) => {
      const answer = message();
      child.send(job);
      return answer as Promise<readonly number[]>;
    },
  };
}
