import { Psbt, Transaction } from "bitcoinjs-lib";
import { readAccountKey } from "../../src/providers/bitcoin/account-key";
import { receiveAddress } from "../../src/providers/bitcoin/addresses";
import { CoreRpcSource } from "../../src/providers/bitcoin/chain/core-rpc-source";
import { bip32 } from "../../src/providers/bitcoin/curve";
import { startBcoin } from "../nodes/bcoin";
import { Electrum } from "../nodes/electrum";
import { Purse } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { inVersion } from "./key-versions";

/** SLIP-132 for native segwit accounts on test chains. */
const [VPUB, VPRV] = [0x045f1cf6, 0x045f18bc];

describe("coins that a watch-only account received", () => {
  let node: TestNode;
  let electrum: Electrum;

  beforeAll(async () => {
    node = await startBcoin();
  });
  afterAll(async () => {
    electrum?.remove();
    await node?.stop();
  });

  it("are spent by the operator's own wallet alone, and Bitcoin's consensus takes it", async () => {
    const owner = bip32.fromSeed(Buffer.alloc(32, 9), node.chain.network).derivePath("m/84'/1'/0'");
    const account = readAccountKey(node.chain, inVersion(owner.neutered().toBase58(), VPUB));
    const purse = new Purse(node);
    await purse.fill(5);
    const received = [3, 17].map((index) => receiveAddress(account, index));
    const funding = await purse.pay(received.map(({ address }) => ({ to: address, sats: 5_000_000n })));
    await purse.mine(1);

    const psbt = new Psbt({ network: node.chain.network });
    received.forEach(({ script }, index) =>
      psbt.addInput({
        hash: funding.txid,
        index,
        nonWitnessUtxo: Buffer.from(funding.raw, "hex"),
        witnessUtxo: { script: Buffer.from(script, "hex"), value: 5_000_000n },
      }),
    );
    psbt.addOutput({ address: purse.address, value: 9_990_000n });
    electrum = await Electrum.restore(inVersion(owner.toBase58(), VPRV));
    const signed = await electrum.sign(psbt.toBase64());

    const source = new CoreRpcSource(node.chain, {
      url: node.rpc_url,
      username: node.username,
      password: node.password,
    });
    const unsigned = Transaction.fromBuffer(psbt.data.getTransaction()).getId();
    expect(await source.broadcast(signed)).toEqual({ kind: "accepted", txid: unsigned });
    await purse.mine(1);
    expect((await source.transaction(unsigned))?.place.kind).toBe("block");
  });
});
