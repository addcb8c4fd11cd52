import { payments } from "bitcoinjs-lib";
import { CoreRpcSource } from "../../src/providers/bitcoin/chain/core-rpc-source";
import { startLitecoind } from "../nodes/litecoind";
import { Purse } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { Books } from "./following";
import { intercepted } from "./intercepted-source";

const TRANSACTIONS = 200;

describe("what it costs to follow the chain", () => {
  let node: TestNode;
  let purse: Purse;

  beforeAll(async () => {
    node = await startLitecoind();
    purse = new Purse(node);
    await purse.fill(20);
  });
  afterAll(() => node?.stop());

  const scriptOf = (index: number) => {
    const hash = Buffer.alloc(20);
    hash.writeUInt32BE(index);
    const { address = "", output } = payments.p2wpkh({ hash, network: node.chain.network });
    return { address, script: Buffer.from(output ?? []).toString("hex") };
  };

  function booksOf(watched: number): Readonly<{ books: Books; requests: Record<string, number> }> {
    const { chain, rpc_url, username, password } = node;
    const source = new CoreRpcSource(chain, { url: rpc_url, username, password });
    const requests: Record<string, number> = {};
    const books = new Books(
      intercepted(source, (request) => {
        requests[request] = (requests[request] ?? 0) + 1;
      }),
    );
    for (let index = 0; index < watched; index += 1) {
      books.watchScript(scriptOf(index).script);
    }
    return { books, requests };
  }

  it("depends on what is new, not on how much is watched", async () => {
    const few = booksOf(100);
    const many = booksOf(10_000);
    await few.books.open();
    await many.books.open();

    const funding = await purse.pay(
      Array.from({ length: TRANSACTIONS }, () => ({ to: purse.address, sats: 100_000n })),
      1_000_000n,
    );
    const change = purse.change(funding);
    const coins = Array.from({ length: TRANSACTIONS }, (_, vout) => ({
      ...change,
      vout,
      value_sats: 100_000n,
    }));
    await purse.mine(1);
    for (const [at, coin] of coins.entries()) {
      await purse.send(purse.sign([coin], [{ to: scriptOf(at).address, sats: 50_000n }], 1_000n));
    }
    await purse.mine(1);

    const told: unknown[] = [];
    for (const { books, requests } of [few, many]) {
      Object.keys(requests).forEach((name) => delete requests[name]);
      books.lookups = 0;
      const events = await books.catchUp();
      told.push({ requests: { ...requests }, lookups: books.lookups, blocks: events.length });
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toEqual({
      requests: { tip: 4, blockHashAt: 3, block: 2, mempoolTxids: 1, mempoolTransactions: 1 },
      lookups: 2,
      blocks: 2,
    });
    expect(few.books.places.size).toBe(Math.min(100, TRANSACTIONS));
    expect(many.books.places.size).toBe(TRANSACTIONS);
  });
});
