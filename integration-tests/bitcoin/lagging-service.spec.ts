import { EsploraSource } from "../../src/providers/bitcoin/chain/esplora-source";
import { startEsploraServer, type EsploraServer } from "../nodes/esplora-server";
import { startLitecoind } from "../nodes/litecoind";
import { Purse } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { Books } from "./following";

describe("a follower of an Esplora service whose mempool does not keep up with its chain", () => {
  let node: TestNode;
  let service: EsploraServer;
  let purse: Purse;
  let books: Books;
  let receiver: string;

  beforeAll(async () => {
    node = await startLitecoind();
    service = await startEsploraServer(node);
    purse = new Purse(node);
    await purse.fill(10);
    receiver = new Purse(node).address;
  });
  beforeEach(async () => {
    service.thawMempool();
    const { scriptPubKey } = await node.rpc<{ scriptPubKey: string }>("validateaddress", receiver);
    books = new Books(new EsploraSource(node.chain, { url: service.url }));
    books.watchScript(scriptPubKey);
    await books.open();
    await books.catchUp();
  });
  afterAll(async () => {
    await service?.stop();
    await node?.stop();
  });

  const pay = () => purse.pay([{ to: receiver, sats: 1_000_000n }]);

  it("sees payment, replacement and block as over a node", async () => {
    const coin = await purse.coin();
    const payment = purse.sign([coin], [{ to: receiver, sats: 1_000_000n }]);
    await purse.send(payment);
    expect(await books.catchUp()).toEqual([`seen ${payment.txid.slice(0, 8)}`]);
    const bumped = purse.sign([coin], [{ to: receiver, sats: 1_000_000n }], 900_000n);
    await purse.send(bumped);
    expect(await books.catchUp()).toHaveLength(2);
    await purse.mine(1);
    expect(await books.catchUp()).toEqual([
      `+${await node.rpc<number>("getblockcount")} ${bumped.txid.slice(0, 8)}`,
      `gone ${bumped.txid.slice(0, 8)} mined`,
    ]);
  });

  it("does not take a mined payment for one that waits, because an old list has it", async () => {
    const payment = await pay();
    await service.freezeMempool();
    await purse.mine(1);
    expect(await books.catchUp()).toHaveLength(1);
    expect(books.places.get(payment.txid)).toBe(await node.rpc("getbestblockhash"));
    service.thawMempool();
    expect(await books.catchUp()).toEqual([]);
    expect(books.places.get(payment.txid)).toBe(await node.rpc("getbestblockhash"));
  });

  it("finds a payment in its block that the service listed no more before it had the block", async () => {
    const payment = await pay();
    await books.catchUp();
    await service.freezeMempool([]);
    expect(await books.catchUp()).toEqual([`gone ${payment.txid.slice(0, 8)} dropped`]);
    await purse.mine(1);
    service.thawMempool();
    expect(await books.catchUp()).toEqual([
      `+${await node.rpc<number>("getblockcount")} ${payment.txid.slice(0, 8)}`,
    ]);
  });
});
