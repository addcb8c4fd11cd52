import { address as codec, Block, payments, Psbt, Transaction } from "bitcoinjs-lib";
import { ECPairFactory } from "ecpair";
import * as secp256k1 from "tiny-secp256k1";
import { until } from "../support/until";
import type { TestNode } from "./test-node";

const ECPair = ECPairFactory(secp256k1);

/** Blocks after which what was mined may be spent. */
const MATURITY = 100;
/** Opts in to being replaced (BIP125). */
const REPLACEABLE = 0xfffffffd;
/** The height from which bcoin takes segwit transactions; Litecoin's regtest always does. */
const SEGWIT_HEIGHT = 440;

export type Coin = Readonly<{ txid: string; vout: number; value_sats: bigint; height: number }>;
export type Payment = Readonly<{ to: string; sats: bigint }>;
export type Spending = Readonly<{ raw: string; txid: string; spent: readonly Coin[] }>;

/** Coins of a test's own node, mined to one key, and payments from them, signed here: every node is paid from alike. */
export class Purse {
  private readonly key = ECPair.makeRandom();
  private coins: Coin[] = [];
  readonly address: string;
  private readonly script: Uint8Array;

  constructor(private readonly node: TestNode) {
    const { address, output } = payments.p2wpkh({ pubkey: this.key.publicKey, network: node.chain.network });
    this.address = address ?? "";
    this.script = output ?? new Uint8Array();
  }

  /** Mines blocks to this purse. @returns their hashes */
  async mine(blocks: number): Promise<readonly string[]> {
    const hashes = await this.node.rpc<string[]>("generatetoaddress", blocks, this.address);
    const before = (await this.node.rpc<number>("getblockcount")) - blocks;
    for (const [at, hash] of hashes.entries()) {
      const block = Block.fromHex(await this.node.rpc<string>("getblock", hash, false));
      const coinbase = block.transactions?.[0];
      const value_sats = coinbase?.outs[0]?.value ?? 0n;
      this.coins.push({ txid: coinbase?.getId() ?? "", vout: 0, value_sats, height: before + at + 1 });
    }
    return hashes;
  }

  /** Mines until some coins may be spent. */
  async fill(spendable = 20): Promise<void> {
    await this.mine(Math.max(MATURITY + spendable, this.node.name === "bcoin" ? SEGWIT_HEIGHT : 0));
  }

  /** A coin that may be spent; each is given once. */
  async coin(): Promise<Coin> {
    const height = await this.node.rpc<number>("getblockcount");
    const at = this.coins.findIndex((coin) => coin.height + MATURITY <= height);
    const [coin] = at < 0 ? [] : this.coins.splice(at, 1);
    if (!coin) {
      throw new Error("The purse has no coin left that may be spent; fill it with more.");
    }
    return coin;
  }

  /** Signs a payment from coins; what is over goes back to this purse, but for the fee. */
  sign(coins: readonly Coin[], outputs: readonly Payment[], fee_sats = 10_000n): Spending {
    const { network } = this.node.chain;
    const psbt = new Psbt({ network, maximumFeeRate: 1_000_000 });
    for (const { txid, vout, value_sats } of coins) {
      psbt.addInput({
        hash: txid,
        index: vout,
        sequence: REPLACEABLE,
        witnessUtxo: { script: this.script, value: value_sats },
      });
    }
    for (const { to, sats } of outputs) {
      psbt.addOutput({ script: codec.toOutputScript(to, network), value: sats });
    }
    const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
    const change =
      sum(coins.map(({ value_sats }) => value_sats)) - sum(outputs.map(({ sats }) => sats)) - fee_sats;
    psbt.addOutput({ script: this.script, value: change });
    const transaction = psbt.signAllInputs(this.key).finalizeAllInputs().extractTransaction();
    return { raw: transaction.toHex(), txid: transaction.getId(), spent: coins };
  }

  /** Pays from a new coin and sends it to the node. */
  async pay(outputs: readonly Payment[], fee_sats?: bigint): Promise<Spending> {
    const spending = this.sign([await this.coin()], outputs, fee_sats);
    await this.send(spending);
    return spending;
  }

  /** Sends it, and waits until the node has it: bcoin answers before it has decided. */
  async send({ raw, txid }: Spending, node = this.node): Promise<void> {
    await node.rpc("sendrawtransaction", raw);
    if (node.name === "bcoin") {
      await until(async () => (await node.rpc<string[]>("getrawmempool", false)).includes(txid));
    }
  }

  /** The change of a payment, as a coin again. */
  change({ raw, txid }: Spending): Coin {
    const { outs } = Transaction.fromHex(raw);
    return { txid, vout: outs.length - 1, value_sats: outs.at(-1)?.value ?? 0n, height: 0 };
  }
}
