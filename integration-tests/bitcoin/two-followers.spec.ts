import { CoreRpcSource } from "../../src/providers/bitcoin/chain/core-rpc-source";
import { ChainFollower } from "../../src/providers/bitcoin/wallet/chain-follower";
import { startLitecoind } from "../nodes/litecoind";
import { Purse } from "../nodes/purse";
import { RefundScene } from "./refund-scene";

const WAITING = 20;
const PAYMENTS = 5;

/** Counts the transactions of the mempool that it is asked for. */
class CountingSource extends CoreRpcSource {
  read = 0;

  override mempoolTransactions(txids: readonly string[]) {
    this.read += txids.length;
    return super.mempoolTransactions(txids);
  }
}

describe("two followers of one chain, as two servers have, or two providers of one", () => {
  let scene: RefundScene;

  beforeAll(async () => {
    scene = await RefundScene.open(await startLitecoind());
  });
  afterAll(() => scene?.close());

  it("read each transaction of the mempool once, the one that looks for both", async () => {
    const { rpc_url: url, username, password, chain } = scene.node;
    const sources = [1, 2].map(() => new CountingSource(chain, { url, username, password }));
    const followers = sources.map((source) => new ChainFollower(source, scene.database.stores));
    const look = async () => {
      for (const follower of followers) {
        await follower.catchUp();
      }
    };
    await scene.follow();
    // The scene's own follower is gone.
    await scene.database.knex("bitcoin_wallet_cursor").update({ led_until: new Date(0) });
    for (let at = 0; at < WAITING; at += 1) {
      await scene.purse.pay([{ to: new Purse(scene.node).address, sats: 10_000n }]);
    }
    await look();
    const account = scene.account("p2wpkh", 1);
    for (let at = 0; at < PAYMENTS; at += 1) {
      const invoice = await scene.openInvoice(account, 3_000n);
      await scene.purse.pay([{ to: invoice.address, sats: invoice.due_sats }]);
      await look();
    }
    expect(sources.map(({ read }) => read)).toEqual([WAITING + PAYMENTS, 0]);
  });
});
