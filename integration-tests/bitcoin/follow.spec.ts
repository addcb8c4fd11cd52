import { payments } from "bitcoinjs-lib";
import { CoreRpcSource } from "../../src/providers/bitcoin/chain/core-rpc-source";
import type { ChainSource } from "../../src/providers/bitcoin/chain/source";
import { startLitecoind } from "../nodes/litecoind";
import { Purse, type Spending } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { connect, part } from "../nodes/two-nodes";
import { Books } from "./following";

const short = ({ txid }: Spending) => txid.slice(0, 8);

describe("a follower of a real chain", () => {
  let node: TestNode;
  let rival: TestNode;
  let source: ChainSource;
  let purse: Purse;
  let books: Books;
  let next_address = 0;

  beforeAll(async () => {
    [node, rival] = await Promise.all([startLitecoind(), startLitecoind()]);
    const { chain, rpc_url, username, password } = node;
    source = new CoreRpcSource(chain, { url: rpc_url, username, password });
    purse = new Purse(node);
    await purse.fill(60);
    await connect(node, rival);
  });
  beforeEach(async () => {
    await node.rpc("generatetoaddress", 1, purse.address);
    books = new Books(source);
    await books.open();
    await books.catchUp();
    books.told.length = 0;
  });
  afterAll(async () => {
    await Promise.all([node?.stop(), rival?.stop()]);
  });

  /** A new address, watched or not. */
  function address({ watched }: { watched: boolean }): string {
    const hash = Buffer.alloc(20);
    hash.writeUInt32BE((next_address += 1));
    const { address: text = "", output } = payments.p2wpkh({ hash, network: node.chain.network });
    if (watched) {
      books.watchScript(Buffer.from(output ?? []).toString("hex"));
    }
    return text;
  }
  const ours = (sats = 5_000_000n) => ({ to: address({ watched: true }), sats });
  const foreign = (sats = 5_000_000n) => ({ to: address({ watched: false }), sats });
  /** The rival's blocks; to one address, two nodes would mine the same block in the same second. */
  const mineApart = (blocks: number) => rival.rpc("generatetoaddress", blocks, address({ watched: false }));
  const height = () => node.rpc<number>("getblockcount");

  it("tells nothing when nothing has happened, and stores nothing new", async () => {
    const { cursor } = books;
    expect(await books.catchUp()).toEqual([]);
    expect(books.cursor).toBe(cursor);
  });

  it("sees a payment wait, and then mined", async () => {
    const payment = await purse.pay([ours()]);
    await purse.pay([foreign()]);
    expect(await books.catchUp()).toEqual([`seen ${short(payment)}`]);
    expect(await books.catchUp()).toEqual([]);
    await purse.mine(1);
    expect(await books.catchUp()).toEqual([
      `+${await height()} ${short(payment)}`,
      `gone ${short(payment)} mined`,
    ]);
    expect(books.cursor.waiting).toEqual([]);
  });

  it("tells a payment's outputs exactly: two to one address, and one of a single satoshi's difference", async () => {
    const to = address({ watched: true });
    const payment = await purse.pay([{ to, sats: 1_000_001n }, { to, sats: 2_100_000_000n }, foreign()]);
    await books.catchUp();
    const [event] = books.told;
    const values =
      event?.kind === "transaction_seen" && event.transaction.outputs.map((output) => output.value_sats);
    expect(values).toEqual([1_000_001n, 2_100_000_000n, 5_000_000n, expect.any(BigInt)]);
    expect(payment.txid).toBe(event?.kind === "transaction_seen" && event.transaction.txid);
  });

  it("sees what was paid and mined between two looks", async () => {
    const payment = await purse.pay([ours()]);
    await purse.mine(1);
    expect(await books.catchUp()).toEqual([`+${await height()} ${short(payment)}`]);
  });

  it("follows a transaction by its id, whatever it pays", async () => {
    const refund = purse.sign([await purse.coin()], [foreign()]);
    books.watchTransaction(refund.txid);
    await purse.send(refund);
    expect(await books.catchUp()).toEqual([`seen ${short(refund)}`]);
    await purse.mine(1);
    expect(await books.catchUp()).toEqual([
      `+${await height()} ${short(refund)}`,
      `gone ${short(refund)} mined`,
    ]);
  });

  it("sees a payment replaced by one that pays somebody else, before any block", async () => {
    const coin = await purse.coin();
    const payment = purse.sign([coin], [ours()]);
    await purse.send(payment);
    await books.catchUp();
    const replacement = purse.sign([coin], [foreign()], 500_000n);
    await purse.send(replacement);
    expect(await books.catchUp()).toEqual([
      `gone ${short(payment)} replaced by ${short(replacement)} in mempool`,
    ]);
    expect(books.places.size).toBe(0);
  });

  it("sees a fee bump that still pays us in its place", async () => {
    const coin = await purse.coin();
    const to = ours();
    const payment = purse.sign([coin], [to]);
    await purse.send(payment);
    await books.catchUp();
    const bumped = purse.sign([coin], [to], 500_000n);
    await purse.send(bumped);
    expect(await books.catchUp()).toEqual([
      `gone ${short(payment)} replaced by ${short(bumped)} in mempool`,
      `seen ${short(bumped)}`,
    ]);
    expect([...books.places.keys()]).toEqual([bumped.txid]);
  });

  it("sees a replacement that was made and mined between two looks", async () => {
    const coin = await purse.coin();
    const payment = purse.sign([coin], [ours()]);
    await purse.send(payment);
    await books.catchUp();
    const replacement = purse.sign([coin], [foreign()], 500_000n);
    await purse.send(replacement);
    await purse.mine(1);
    expect(await books.catchUp()).toEqual([
      `+${await height()}`,
      `gone ${short(payment)} replaced by ${short(replacement)} in block`,
    ]);
  });

  it("sees a double spend that another node's block brings", async () => {
    await part(node);
    const coin = await purse.coin();
    const payment = purse.sign([coin], [ours()]);
    await purse.send(payment);
    expect(await books.catchUp()).toEqual([`seen ${short(payment)}`]);
    const double_spend = purse.sign([coin], [foreign()]);
    await purse.send(double_spend, rival);
    await mineApart(1);
    await connect(node, rival);
    expect(await books.catchUp()).toEqual([
      `+${await height()}`,
      `gone ${short(payment)} replaced by ${short(double_spend)} in block`,
    ]);
    expect(books.places.size).toBe(0);
  });

  it("goes through a natural reorganisation in one step, and finds the payment mined anew", async () => {
    await part(node);
    const payment = purse.sign([await purse.coin()], [ours()]);
    await purse.send(payment);
    await purse.send(payment, rival);
    await purse.mine(2);
    await books.catchUp();
    const old_place = books.places.get(payment.txid);
    const before = await height();
    await mineApart(3);
    await connect(node, rival);
    expect(await books.catchUp()).toEqual([
      `-${before}`,
      `-${before - 1}`,
      `+${before - 1} ${short(payment)}`,
      `+${before}`,
      `+${before + 1}`,
    ]);
    expect(books.places.get(payment.txid)).not.toBe(old_place);
  });

  it("goes through a reorganisation that takes a payment away for good", async () => {
    await part(node);
    const coin = await purse.coin();
    const payment = purse.sign([coin], [ours()]);
    await purse.send(payment);
    await purse.mine(1);
    await books.catchUp();
    expect(books.places.has(payment.txid)).toBe(true);
    const double_spend = purse.sign([coin], [foreign()]);
    await purse.send(double_spend, rival);
    await mineApart(2);
    await connect(node, rival);
    const tip = await height();
    expect(await books.catchUp()).toEqual([`-${tip - 1}`, `+${tip - 1}`, `+${tip}`]);
    expect(books.places.size).toBe(0);
  });

  it("finds a payment waiting again whose block was invalidated, and mined again later", async () => {
    const payment = await purse.pay([ours()]);
    const [hash = ""] = await purse.mine(1);
    await books.catchUp();
    await part(node);
    await node.rpc("invalidateblock", hash);
    // What the node took back is mined in the second of the new blocks only.
    await node.rpc("prioritisetransaction", payment.txid, 0, -100_000_000);
    await node.rpc("generatetoaddress", 1, purse.address);
    const tip = await height();
    expect(await books.catchUp()).toEqual([`-${tip}`, `+${tip}`, `seen ${short(payment)}`]);
    await node.rpc("prioritisetransaction", payment.txid, 0, 100_000_000);
    await node.rpc("generatetoaddress", 1, purse.address);
    expect(await books.catchUp()).toEqual([`+${tip + 1} ${short(payment)}`, `gone ${short(payment)} mined`]);
    await connect(node, rival);
  });

  it("waits when the chain ends below what it knows, and changes nothing", async () => {
    await purse.mine(2);
    await books.catchUp();
    const { position } = books;
    await part(node);
    const hash = await node.rpc<string>("getblockhash", (await height()) - 1);
    await node.rpc("invalidateblock", hash);
    await expect(books.catchUp()).rejects.toMatchObject({ problem: "behind" });
    expect(books.position).toBe(position);
    await node.rpc("reconsiderblock", hash);
    expect(await books.catchUp()).toEqual([]);
    await connect(node, rival);
  });

  it("misses nothing of 60 blocks in which it was stopped", async () => {
    const payments_made: Spending[] = [];
    const waiting = await purse.pay([ours()]);
    await books.catchUp();
    for (let block = 0; block < 60; block += 1) {
      if (block % 6 === 0) {
        payments_made.push(await purse.pay([ours(), foreign()]));
      }
      await purse.mine(1);
    }
    const last = await purse.pay([ours()]);
    books.restart();
    const events = await books.catchUp();
    const found = [...books.places.keys()];
    expect(found.sort()).toEqual([waiting, ...payments_made, last].map(({ txid }) => txid).sort());
    expect(events.filter((event) => event.startsWith("+"))).toHaveLength(60);
    expect(events.at(-1)).toBe(`seen ${short(last)}`);
    expect(books.lookups).toBeLessThan(70);
  });

  it("survives a restart at every step, and tells nothing twice", async () => {
    const payment = await purse.pay([ours()]);
    expect(await books.catchUp()).toEqual([`seen ${short(payment)}`]);
    books.restart();
    expect(await books.catchUp()).toEqual([]);
    await purse.mine(1);
    books.restart();
    expect(await books.catchUp()).toHaveLength(2);
    books.restart();
    expect(await books.catchUp()).toEqual([]);
  });

  it("takes turns with another server over one stored cursor", async () => {
    const other = new Books(source);
    const coin = await purse.coin();
    const to = ours();
    const payment = purse.sign([coin], [to]);
    await purse.send(payment);
    await books.catchUp();
    const stale = books.position;
    // The other server sees the payment go, and stores that.
    const replacement = purse.sign([coin], [foreign()], 500_000n);
    await purse.send(replacement);
    other.position = { cursor: books.cursor, seen: { revision: -1, txids: new Set() } };
    expect(await other.catchUp()).toHaveLength(1);
    // A third transaction pays again, in the place of the second.
    const again = purse.sign([coin], [to], 900_000n);
    await purse.send(again);
    books.position = { cursor: other.cursor, seen: stale?.seen ?? { revision: -1, txids: new Set() } };
    expect(await books.catchUp()).toEqual([`seen ${short(again)}`]);
  });

  it("says so when the chain forks deeper than it remembers, and then has the new chain", async () => {
    books = new Books(source, { memory_blocks: 5 });
    await books.open();
    const root = await height();
    const early = await purse.pay([ours()]);
    await part(node);
    await purse.mine(8);
    await books.catchUp();
    expect(books.cursor.blocks).toHaveLength(5);
    await mineApart(10);
    await connect(node, rival);
    const events = await books.catchUp();
    expect(events.slice(0, 6)).toEqual([
      `memory exceeded below ${root + 4}`,
      ...[8, 7, 6, 5, 4].map((above) => `-${root + above}`),
    ]);
    expect(
      events.filter((event) => event.startsWith("+")).map((event) => Number(event.slice(1, 5).trim())),
    ).toEqual(Array.from({ length: 11 }, (_, at) => root + at));
    expect(early.txid).toHaveLength(64);
    expect(books.cursor.blocks.at(-1)?.hash).toBe(await node.rpc("getbestblockhash"));
  });

  it("reads no more of a large mempool at once than it may, and tells what is gone when it has read all", async () => {
    await purse.mine(1);
    books = new Books(source, { mempool_reads: 3 });
    await books.open();
    const coin = await purse.coin();
    const payment = purse.sign([coin], [ours()]);
    await purse.send(payment);
    await books.catchUp();
    const replacement = purse.sign([coin], [foreign()], 500_000n);
    await purse.send(replacement);
    for (let more = 0; more < 6; more += 1) {
      await purse.pay([foreign()]);
    }
    await expect(books.catchUp()).rejects.toThrow("did not come to the tip");
    await expect(books.catchUp()).rejects.toThrow("did not come to the tip");
    expect(books.places.has(payment.txid)).toBe(true);
    await books.catchUp();
    expect(books.places.has(payment.txid)).toBe(false);
  });
});
