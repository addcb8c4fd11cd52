import { ChainFollower } from "../../src/providers/bitcoin/wallet/chain-follower";
import { MemoryChain } from "./memory-chain";
import { makeWalletDatabase, testServerUrl, type WalletDatabase } from "./wallet-database";
import { newInvoice, testAddress } from "./wallet-samples";

describe("the wallet module behind a follower", () => {
  let database: WalletDatabase;
  let chain: MemoryChain;
  let follower: ChainFollower;

  beforeAll(async () => {
    database = await makeWalletDatabase(testServerUrl());
  });
  beforeEach(async () => {
    await database.empty();
    chain = new MemoryChain();
    follower = new ChainFollower(chain, database.stores);
    await follower.catchUp();
  });
  afterAll(() => database?.drop());

  const openMany = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, at) =>
        database.stores.invoices.open(newInvoice(`request ${at}`), testAddress),
      ),
    );

  /** Whose outputs changed since this was last asked. */
  async function news(): Promise<string[]> {
    await follower.catchUp();
    const told = await database.stores.invoices.listNews(newInvoice("any").provider_id, 10);
    await database.stores.invoices.endNews(told);
    return told.map(({ id }) => id);
  }

  it("finds the payment of invoice 25 of 25, after 24 that nobody paid", async () => {
    const invoices = await openMany(25);
    const last = invoices.find(({ address_index }) => address_index === 24);
    const payment = chain.paying({ script: last?.script ?? "", value_sats: 123_456n });
    chain.wait(payment);
    expect(await news()).toEqual([last?.id]);
    const block = chain.mine();
    expect(await news()).toEqual([last?.id]);
    expect(await database.stores.chains.outputsOf(last?.id ?? "")).toMatchObject([
      { txid: payment.txid, value_sats: 123_456n, block: { height: 1, hash: block.hash }, lost: null },
    ]);
  });

  it("has each payment once when several servers follow the same chain at once", async () => {
    const followers = [
      follower,
      ...Array.from({ length: 3 }, () => new ChainFollower(chain, database.another().stores)),
    ];
    const invoices = await openMany(30);
    const lookTogether = () => Promise.all(followers.map((one) => one.catchUp()));
    for (const { script } of invoices) {
      chain.wait(chain.paying({ script, value_sats: 1n }, { script, value_sats: 2n }));
      await lookTogether();
      if (Number(script.at(-1)) % 2) {
        chain.mine();
        await lookTogether();
      }
    }
    const rival = chain.mine();
    await lookTogether();
    chain.cut(1);
    chain.mine(rival.transactions);
    chain.mine();
    await lookTogether();
    for (const { id } of invoices) {
      const outputs = await database.stores.chains.outputsOf(id);
      expect(outputs.map(({ value_sats, lost }) => [value_sats, lost])).toEqual([
        [1n, null],
        [2n, null],
      ]);
      for (const { block } of outputs) {
        expect(await chain.blockHashAt(block?.height ?? -1)).toBe(block?.hash);
      }
    }
  });
});
