import { CoreRpcSource } from "../../src/providers/bitcoin/chain/core-rpc-source";
import { startBcoin } from "../nodes/bcoin";
import { Purse } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { copyChain } from "../nodes/two-nodes";
import { Books } from "./following";

describe("a follower of Bitcoin, by bcoin's consensus", () => {
  let node: TestNode;
  let rival: TestNode;

  beforeAll(async () => {
    [node, rival] = await Promise.all([startBcoin(), startBcoin()]);
  });
  afterAll(async () => {
    await Promise.all([node?.stop(), rival?.stop()]);
  });

  it("sees a payment wait, mined, set free by a longer chain, sent again, and mined again", async () => {
    const { chain, rpc_url, username, password } = node;
    const books = new Books(new CoreRpcSource(chain, { url: rpc_url, username, password }));
    const purse = new Purse(node);
    const receiver = new Purse(node).address;
    await purse.fill(5);
    await copyChain(node, rival);
    const { scriptPubKey } = await node.rpc<{ scriptPubKey: string }>("validateaddress", receiver);
    books.watchScript(scriptPubKey);
    await books.open();
    const start = await node.rpc<number>("getblockcount");

    const payment = await purse.pay([{ to: receiver, sats: 1_000_000n }]);
    const name = payment.txid.slice(0, 8);
    expect(await books.catchUp()).toEqual([`seen ${name}`]);
    await purse.mine(1);
    expect(await books.catchUp()).toEqual([`+${start + 1} ${name}`, `gone ${name} mined`]);

    await rival.rpc("generatetoaddress", 2, new Purse(node).address);
    await copyChain(rival, node);
    // bcoin does not take back into its mempool what a reorganisation has set free.
    expect(await books.catchUp()).toEqual([`-${start + 1}`, `+${start + 1}`, `+${start + 2}`]);
    expect(books.places.has(payment.txid)).toBe(false);
    await purse.send(payment);
    expect(await books.catchUp()).toEqual([`seen ${name}`]);

    await purse.mine(1);
    expect(await books.catchUp()).toContain(`gone ${name} mined`);
    expect(books.places.get(payment.txid)).toBe(await node.rpc("getbestblockhash"));
  });
});
