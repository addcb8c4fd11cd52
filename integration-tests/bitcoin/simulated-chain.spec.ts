import { payments, Transaction } from "bitcoinjs-lib";
import { setTimeout as sleep } from "node:timers/promises";
import { CHAINS } from "../../src/providers/bitcoin/chains";
import { EsploraSource } from "../../src/providers/bitcoin/chain/esplora-source";
import { startSimulatedChain, type SimulatedChain } from "../../src/providers/bitcoin/simulated-chain";
import { until } from "../support/until";
import { Books } from "./following";

const CHAIN = CHAINS["bitcoin-regtest"];
const NEVER_MS = 3_600_000;

type View = Readonly<{ height: number; tip: string; waiting: readonly string[]; txid: string }>;

describe("a follower of the simulated chain", () => {
  let chain: SimulatedChain;
  let source: EsploraSource;
  let books: Books;
  let receiver: string;
  let next_address = 0;

  beforeAll(async () => {
    chain = await startSimulatedChain({ block_interval_ms: NEVER_MS });
    source = new EsploraSource(CHAIN, { url: chain.esplora_url });
  });
  beforeEach(async () => {
    await act("mine", {});
    books = new Books(source);
    receiver = watched();
    await books.open();
    await books.catchUp();
  });
  afterAll(() => chain?.stop());

  async function act(what: string, body: object): Promise<View> {
    const answer = await fetch(`${chain.url}/demo/${what}`, { method: "POST", body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
    return (await answer.json()) as View;
  }
  const pay = () => act("pay", { address: receiver, amount: "0.0001" });
  const short = (txid: string) => txid.slice(0, 8);

  function watched(): string {
    const hash = Buffer.alloc(20);
    hash.writeUInt32BE((next_address += 1));
    const { address = "", output } = payments.p2wpkh({ hash, network: CHAIN.network });
    books.watchScript(Buffer.from(output ?? []).toString("hex"));
    return address;
  }

  it("sees a payment wait, and then mined", async () => {
    const { txid } = await pay();
    expect(await books.catchUp()).toEqual([`seen ${short(txid)}`]);
    const { height, tip } = await act("mine", { blocks: 2 });
    expect(await books.catchUp()).toEqual([
      `+${height - 1} ${short(txid)}`,
      `gone ${short(txid)} mined`,
      `+${height}`,
    ]);
    expect(await source.tip()).toMatchObject({ height, hash: tip, is_syncing: false });
  });

  it("sees a payment replaced by one to somebody else, and that one mined", async () => {
    const { txid } = await pay();
    await books.catchUp();
    const rival = await act("replace", { txid });
    expect(await books.catchUp()).toEqual([
      `gone ${short(txid)} replaced by ${short(rival.txid)} in mempool`,
    ]);
    const { height } = await act("mine", {});
    expect(await books.catchUp()).toEqual([`+${height}`]);
    expect(await source.transaction(txid)).toBeUndefined();
    expect((await source.transaction(rival.txid))?.place.kind).toBe("block");
  });

  it("sees blocks taken back, what was in them wait again, and mined again", async () => {
    const { txid } = await pay();
    const mined = await act("mine", { blocks: 2 });
    await books.catchUp();
    const { height } = await act("reorg", { depth: 2 });
    expect(height).toBe(mined.height + 1);
    expect(await books.catchUp()).toEqual([
      `-${height - 1}`,
      `-${height - 2}`,
      `+${height - 2}`,
      `+${height - 1}`,
      `+${height}`,
      `seen ${short(txid)}`,
    ]);
    await act("mine", {});
    expect(await books.catchUp()).toEqual([`+${height + 1} ${short(txid)}`, `gone ${short(txid)} mined`]);
  });

  it("sees a mined payment spent twice after its block was taken back", async () => {
    const { txid } = await pay();
    await act("mine", {});
    await books.catchUp();
    await act("reorg", { depth: 1 });
    const rival = await act("replace", { txid });
    await act("mine", {});
    await books.catchUp();
    expect(books.places.has(txid)).toBe(false);
    expect((await source.transaction(rival.txid))?.place.kind).toBe("block");
  });

  it("may send transactions of its own, under a node's rules for what they spend", async () => {
    const { txid } = await pay();
    const parent = await source.transaction(txid);
    const spend = (value_sats: bigint, vout = 0) => {
      const transaction = new Transaction();
      transaction.addInput(Buffer.from(txid, "hex").reverse(), vout);
      transaction.addOutput(Buffer.from(parent?.transaction.outputs[0]?.script ?? "", "hex"), value_sats);
      return transaction.toHex();
    };
    const rejected = (reason: string) => ({ kind: "rejected", reason: expect.stringContaining(reason) });
    expect(await source.broadcast(spend(10_001n))).toEqual(rejected("bad-txns-in-belowout"));
    expect(await source.broadcast(spend(1_000n, 7))).toEqual(rejected("bad-txns-inputs-missingorspent"));
    const sent = await source.broadcast(spend(9_000n));
    expect(sent).toEqual({ kind: "accepted", txid: expect.any(String) });
    expect(await source.broadcast(spend(9_000n))).toEqual({ ...sent, kind: "already_there" });
    expect(await source.broadcast(spend(8_000n))).toEqual(rejected("txn-mempool-conflict"));
    expect(await source.outputState({ txid, vout: 0 })).toMatchObject({ kind: "spent" });
    await act("mine", {});
    expect(await source.broadcast(spend(8_000n))).toEqual(rejected("bad-txns-inputs-missingorspent"));
    expect(await source.feeRate(3)).toBe(10_000n);
  });

  it("sees a payment get its confirmations by themselves, and no further blocks", async () => {
    const lively = await startSimulatedChain({ block_interval_ms: 50, confirmations: 3 });
    try {
      const following = new Books(new EsploraSource(CHAIN, { url: lively.esplora_url }));
      await following.open();
      const begun = following.cursor.blocks.at(-1)?.height ?? 0;
      await fetch(`${lively.url}/demo/pay`, {
        method: "POST",
        body: JSON.stringify({ address: receiver, amount: "1" }),
      });
      await until(async () => {
        await following.catchUp();
        return following.cursor.blocks.at(-1)?.height === begun + 3;
      });
      await sleep(200);
      expect(await following.catchUp()).toEqual([]);
    } finally {
      await lively.stop();
    }
  });
});
