import { payments } from "bitcoinjs-lib";
import { CoreRpcSource } from "../../src/providers/bitcoin/chain/core-rpc-source";
import type { ChainSource } from "../../src/providers/bitcoin/chain/source";
import { startLitecoind } from "../nodes/litecoind";
import type { TestNode } from "../nodes/test-node";
import { Books } from "./following";

/** The last height before Litecoin's regtest wants an extension block with every block. */
const LAST_ORDINARY_HEIGHT = 431;

describe("Litecoin with confidential extension blocks, as on its main chain", () => {
  let node: TestNode;
  let source: ChainSource;
  let books: Books;
  let miner: string;

  const wallet = <T>(method: string, ...params: readonly unknown[]) => node.rpc<T>(method, ...params);
  const confidentialAddress = () => wallet<string>("getnewaddress", "", "mweb");
  const mine = (blocks: number) => wallet<string[]>("generatetoaddress", blocks, miner);
  const receiver = payments.p2wpkh({ hash: new Uint8Array(20).fill(7), network: { ...bech32Of("rltc") } });

  function bech32Of(bech32: string) {
    return {
      messagePrefix: "",
      bech32,
      bip32: { public: 0, private: 0 },
      pubKeyHash: 0,
      scriptHash: 0,
      wif: 0,
    };
  }

  beforeAll(async () => {
    node = await startLitecoind({ extension_blocks: true });
    const { chain, rpc_url, username, password } = node;
    source = new CoreRpcSource(chain, { url: rpc_url, username, password });
    await wallet("createwallet", "shopper");
    miner = await wallet<string>("getnewaddress", "", "bech32");
    await mine(LAST_ORDINARY_HEIGHT);
    books = new Books(source);
    books.watchScript(Buffer.from(receiver.output ?? []).toString("hex"));
    await books.open();
    // The first extension block needs something to hold.
    await wallet("sendtoaddress", await confidentialAddress(), 5);
    await mine(3);
  });
  afterAll(() => node?.stop());

  it("is followed block by block, each fitting its header", async () => {
    expect(await books.catchUp()).toEqual(["+432", "+433", "+434"]);
    const block = await source.block(await wallet<string>("getbestblockhash"));
    const listed = await wallet<{ tx: string[] }>("getblock", block?.hash, 1);
    expect(block?.transactions.map(({ txid }) => txid)).toEqual(listed.tx);
    expect(listed.tx.length).toBeGreaterThan(1);
  });

  it("shows payments into and within the extension as transactions that pay nobody here", async () => {
    await wallet("sendtoaddress", await confidentialAddress(), 1);
    await wallet("sendtoaddress", await confidentialAddress(), 2.5);
    const txids = await source.mempoolTxids();
    const read = await source.mempoolTransactions(txids);
    expect(read.map(({ txid }) => txid).sort()).toEqual([...txids].sort());
    expect(await books.catchUp()).toEqual([]);
    await mine(1);
    expect(await books.catchUp()).toEqual(["+435"]);
  });

  it("shows an ordinary payment among them exactly", async () => {
    const txid = await wallet<string>("sendtoaddress", receiver.address, "1.23456789");
    expect(await books.catchUp()).toEqual([`seen ${txid.slice(0, 8)}`]);
    const event = books.told.at(-1);
    const paid = event?.kind === "transaction_seen" ? event.transaction.outputs : [];
    expect(paid.map(({ value_sats }) => value_sats)).toContain(123_456_789n);
    await mine(1);
    expect(await books.catchUp()).toEqual([`+436 ${txid.slice(0, 8)}`, `gone ${txid.slice(0, 8)} mined`]);
  });

  it("shows a payment out of the extension once it is mined, in the block's last transaction", async () => {
    const coins = await wallet<{ txid: string; vout: number; address: string; amount: number }[]>(
      "listunspent",
      1,
    );
    const confidential = coins.filter(({ address }) => address.startsWith("tmweb"));
    expect(confidential.length).toBeGreaterThan(0);
    // Whatever is not confidential is set aside, so that the wallet pays out of the extension.
    const ordinary = coins.filter(({ address }) => !address.startsWith("tmweb"));
    await wallet(
      "lockunspent",
      false,
      ordinary.map(({ txid, vout }) => ({ txid, vout })),
    );
    await wallet("sendtoaddress", receiver.address, "0.5");
    expect(await books.catchUp()).toEqual([]);
    await mine(1);
    const [event = ""] = await books.catchUp();
    const block = await source.block(await wallet<string>("getbestblockhash"));
    expect(event).toBe(`+437 ${block?.transactions.at(-1)?.txid.slice(0, 8)}`);
    expect(block?.transactions.at(-1)?.outputs.map(({ value_sats }) => value_sats)).toContain(50_000_000n);
  });
});
