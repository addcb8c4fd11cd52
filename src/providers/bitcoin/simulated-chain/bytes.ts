import { Block, payments, script, Transaction } from "bitcoinjs-lib";
import { randomBytes } from "node:crypto";
import { CHAINS } from "../chains";
import type { Outpoint } from "../chain/source";

/** The chain that is simulated: one on which coins are worth nothing by agreement. */
export const CHAIN = CHAINS["bitcoin-regtest"];

/** Bitcoin Core, `CreateGenesisBlock` and regtest's parameters in `chainparams.cpp`. */
export const GENESIS = Block.fromHex(
  "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000" +
    "0101000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000",
);

export type Output = Readonly<{ script: Uint8Array; value_sats: bigint }>;

const SUBSIDY_SATS = 5_000_000_000n;
const COINBASE_INPUT = Buffer.alloc(32);
const COINBASE_INDEX = 0xffffffff;
const EXTRA_NONCE_BYTES = 8;
/** Opts in to being replaced (BIP125). */
const REPLACEABLE = 0xfffffffd;
const BLOCK_VERSION = 0x20000000;

/** The script of an address whose key nobody has; what it pays is not signed, and nobody here looks. */
export function keylessScript(name: string): Uint8Array {
  const hash = Buffer.alloc(20);
  hash.write(name);
  const { output } = payments.p2wpkh({ hash, network: CHAIN.network });
  if (!output) {
    throw new Error("The library computed no script.");
  }
  return output;
}

/** A payment without signatures. */
export function paymentOf(inputs: readonly Outpoint[], outputs: readonly Output[]): Transaction {
  const transaction = new Transaction();
  transaction.version = 2;
  inputs.forEach(({ txid, vout }) => transaction.addInput(bytesOf(txid), vout, REPLACEABLE));
  outputs.forEach((output) => transaction.addOutput(output.script, output.value_sats));
  return transaction;
}

/** A block on top of another that nobody worked for, with a coinbase that no other block has. */
export function blockOn(
  previous_hash: string,
  height: number,
  time_s: number,
  miner: Uint8Array,
  transactions: readonly Transaction[],
): Block {
  const block = new Block();
  block.version = BLOCK_VERSION;
  block.prevHash = bytesOf(previous_hash);
  block.timestamp = time_s;
  block.bits = GENESIS.bits;
  block.transactions = [coinbaseAt(height, miner), ...transactions];
  block.merkleRoot = Block.calculateMerkleRoot(block.transactions);
  return block;
}

/** The outpoints a transaction spends. */
export function inputsOf(transaction: Transaction): readonly Outpoint[] {
  return transaction.isCoinbase()
    ? []
    : transaction.ins.map(({ hash, index }) => ({ txid: shown(hash), vout: index }));
}

/** A hash as nodes show it: its bytes in reverse, as hex. */
export const shown = (hash: Uint8Array): string => Buffer.from(hash).reverse().toString("hex");

/** Its height comes first (BIP34). */
function coinbaseAt(height: number, miner: Uint8Array): Transaction {
  const transaction = new Transaction();
  const text = script.compile([script.number.encode(height), randomBytes(EXTRA_NONCE_BYTES)]);
  transaction.addInput(COINBASE_INPUT, COINBASE_INDEX, undefined, text);
  transaction.addOutput(miner, SUBSIDY_SATS);
  return transaction;
}

const bytesOf = (hash: string): Uint8Array => Buffer.from(hash, "hex").reverse();
