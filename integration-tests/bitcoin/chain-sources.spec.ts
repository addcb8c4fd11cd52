import { CoreRpcSource } from "../../src/providers/bitcoin/chain/core-rpc-source";
import { EsploraSource } from "../../src/providers/bitcoin/chain/esplora-source";
import type { ChainSource } from "../../src/providers/bitcoin/chain/source";
import { startBcoin } from "../nodes/bcoin";
import { startEsploraServer, type EsploraServer } from "../nodes/esplora-server";
import { startLitecoind } from "../nodes/litecoind";
import { Purse } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { copyChain } from "../nodes/two-nodes";

const NOWHERE = "11".repeat(32);

const overRpc = ({ chain, rpc_url, username, password }: TestNode) =>
  new CoreRpcSource(chain, { url: rpc_url, username, password });

type Seat = Readonly<{
  name: string;
  start: () => Promise<TestNode>;
  /** Whether the source is a service over the node, and not the node itself. */
  through_service: boolean;
  tests_acceptance: boolean;
  knows_spenders: boolean;
}>;

const SEATS: readonly Seat[] = [
  {
    name: "litecoind's RPC",
    start: () => startLitecoind(),
    through_service: false,
    tests_acceptance: true,
    knows_spenders: false,
  },
  {
    name: "bcoin's RPC",
    start: startBcoin,
    through_service: false,
    tests_acceptance: false,
    knows_spenders: false,
  },
  {
    name: "Esplora over litecoind",
    start: () => startLitecoind(),
    through_service: true,
    tests_acceptance: false,
    knows_spenders: true,
  },
];

describe.each(SEATS)("a chain source, $name", (seat) => {
  let node: TestNode;
  let service: EsploraServer | undefined;
  let source: ChainSource;
  let purse: Purse;

  beforeAll(async () => {
    node = await seat.start();
    service = seat.through_service ? await startEsploraServer(node) : undefined;
    source = service ? new EsploraSource(node.chain, { url: service.url }) : overRpc(node);
    purse = new Purse(node);
    await purse.fill();
  });
  afterAll(async () => {
    await service?.stop();
    await node?.stop();
  });

  const payment = () => [{ to: purse.address, sats: 123_456_789n }];

  it("tells the genesis block of its chain", async () => {
    expect(await source.genesisHash()).toBe(node.chain.genesis_hash);
  });

  it("tells the tip, and the hash of each block up to it", async () => {
    const tip = await source.tip();
    expect(tip).toEqual({
      height: await node.rpc("getblockcount"),
      hash: await node.rpc("getbestblockhash"),
      is_syncing: false,
    });
    expect(await source.blockHashAt(tip.height)).toBe(tip.hash);
    expect(await source.blockHashAt(0)).toBe(node.chain.genesis_hash);
    expect(await source.blockHashAt(tip.height + 1)).toBeUndefined();
  });

  it("gives a block with its transactions, decoded", async () => {
    const { txid, spent } = await purse.pay(payment());
    const [hash = ""] = await purse.mine(1);
    const block = await source.block(hash);
    expect(block).toMatchObject({
      hash,
      previous_hash: await source.blockHashAt((await source.tip()).height - 1),
    });
    expect(Math.abs((block?.time_s ?? 0) - Date.now() / 1000)).toBeLessThan(7_200);
    const [coinbase, paid] = block?.transactions ?? [];
    expect(coinbase).toMatchObject({ is_coinbase: true, inputs: [] });
    expect(paid).toMatchObject({
      txid,
      is_coinbase: false,
      inputs: spent.map((coin) => ({ txid: coin.txid, vout: coin.vout })),
    });
    expect(paid?.outputs[0]).toEqual({
      vout: 0,
      value_sats: 123_456_789n,
      script: expect.stringMatching(/^0014/),
    });
  });

  it("has no block of an unknown hash", async () => {
    expect(await source.block(NOWHERE)).toBeUndefined();
  });

  it("gives the genesis block too", async () => {
    expect((await source.block(node.chain.genesis_hash))?.transactions).toHaveLength(1);
  });

  it("tells what is in the mempool, and gives those transactions that are", async () => {
    const first = await purse.pay(payment());
    const second = await purse.pay(payment());
    const txids = await source.mempoolTxids();
    expect([...txids].sort()).toEqual([first.txid, second.txid].sort());
    const given = await source.mempoolTransactions([...txids, NOWHERE]);
    expect(given.map(({ txid }) => txid).sort()).toEqual([...txids].sort());
    expect(await source.isInMempool(first.txid)).toBe(true);
    expect(await source.isInMempool(NOWHERE)).toBe(false);
    await purse.mine(1);
    expect(await source.isInMempool(first.txid)).toBe(false);
    expect(await source.mempoolTxids()).toEqual([]);
    expect(await source.mempoolTransactions([])).toEqual([]);
  });

  it("finds a transaction and tells where it is", async () => {
    const spending = await purse.pay(payment());
    expect(await source.transaction(spending.txid)).toMatchObject({
      raw: spending.raw,
      place: { kind: "mempool" },
      transaction: { txid: spending.txid },
    });
    const [hash] = await purse.mine(1);
    expect((await source.transaction(spending.txid))?.place).toEqual({ kind: "block", hash });
    expect(await source.transaction(NOWHERE)).toBeUndefined();
  });

  it("tells what became of an output", async () => {
    const first = await purse.pay(payment());
    const change = purse.change(first);
    const outpoint = { txid: change.txid, vout: change.vout };
    expect(await source.outputState(outpoint)).toEqual({ kind: "unspent" });
    const second = purse.sign([change], payment());
    await purse.send(second);
    const by = seat.knows_spenders ? { by: second.txid } : {};
    expect(await source.outputState(outpoint)).toEqual({ kind: "spent", ...by });
    await purse.mine(1);
    expect(await source.outputState(outpoint)).toEqual({ kind: "spent", ...by });
    expect(await source.outputState({ txid: first.txid, vout: 9 })).toEqual({ kind: "unknown" });
    expect(await source.outputState({ txid: NOWHERE, vout: 0 })).toEqual({ kind: "unknown" });
  });

  it("broadcasts, and again without harm, before and after it is mined", async () => {
    const { raw, txid } = purse.sign([await purse.coin()], payment());
    expect(await source.broadcast(raw)).toEqual({ kind: "accepted", txid });
    expect(await source.isInMempool(txid)).toBe(true);
    expect(await source.broadcast(raw)).toEqual({ kind: "already_there", txid });
    await purse.mine(1);
    expect(await source.broadcast(raw)).toEqual({ kind: "already_there", txid });
  });

  it("knows a mined transaction again whose outputs are all spent", async () => {
    const first = purse.sign([await purse.coin()], []);
    await purse.send(first);
    await purse.mine(1);
    await purse.send(purse.sign([purse.change(first)], []));
    await purse.mine(1);
    expect(await source.broadcast(first.raw)).toEqual({ kind: "already_there", txid: first.txid });
  });

  it("rejects what spends the same again, what is altered, and what is none", async () => {
    const coin = await purse.coin();
    await purse.send(purse.sign([coin], payment()));
    await purse.mine(1);
    const double_spend = purse.sign([coin], [{ to: purse.address, sats: 1_000_000n }]);
    expect(await source.broadcast(double_spend.raw)).toEqual({
      kind: "rejected",
      reason: expect.any(String),
    });
    const good = purse.sign([await purse.coin()], payment());
    const altered = good.raw.replace("15cd5b0700000000", "16cd5b0700000000");
    expect(altered).not.toBe(good.raw);
    expect(await source.broadcast(altered)).toEqual({ kind: "rejected", reason: expect.any(String) });
    for (const garbage of ["", "00", "zz", good.raw.slice(0, 40)]) {
      expect((await source.broadcast(garbage)).kind).toBe("rejected");
    }
  });

  it("tests whether a transaction would be taken, where it can", async () => {
    const coin = await purse.coin();
    const good = purse.sign([coin], payment());
    const bad = purse.sign([{ ...coin, txid: NOWHERE }], payment());
    const expected = seat.tests_acceptance
      ? [{ kind: "acceptable" }, { kind: "rejected", reason: "missing-inputs" }]
      : [undefined, undefined];
    expect([await source.testAcceptance(good.raw), await source.testAcceptance(bad.raw)]).toEqual(expected);
    expect(await source.isInMempool(good.txid)).toBe(false);
  });

  it("estimates a fee in satoshis for 1,000 virtual bytes, or says that it cannot", async () => {
    const rates = [await source.feeRate(1), await source.feeRate(6), await source.feeRate(50)];
    expect(rates).toEqual(
      seat.through_service ? [87_882n, 68_285n, 68_285n] : [undefined, undefined, undefined],
    );
  });

  it("does not take a transaction of a stale block for one that waits", async () => {
    const rival = await seat.start();
    try {
      await copyChain(node, rival);
      const coin = await purse.coin();
      const first = purse.sign([coin], payment());
      await purse.send(first);
      const [stale = ""] = await purse.mine(1);
      await purse.send(purse.sign([coin], [{ to: purse.address, sats: 1_000_000n }]), rival);
      await rival.rpc("generatetoaddress", 2, purse.address);
      await copyChain(rival, node);
      expect((await source.tip()).hash).toBe(await rival.rpc("getbestblockhash"));

      const found = await source.transaction(first.txid);
      expect(found === undefined || found.place.kind === "nowhere").toBe(true);
      expect(await source.isInMempool(first.txid)).toBe(false);
      expect(await source.block(stale)).toMatchObject({ hash: stale });
      expect(await source.outputState({ txid: first.txid, vout: 0 })).toEqual({ kind: "unknown" });
    } finally {
      await rival.stop();
    }
  });
});
