import { Transaction, crypto } from "bitcoinjs-lib";
import type { Chain } from "../chains";
import type { Block, ChainTransaction } from "./source";

/** Bytes that are not what they should be. */
export class Undecodable extends Error {
  override readonly name = "Undecodable";
}

const HEADER_BYTES = 80;
const LOCKTIME_BYTES = 4;
/** Version, marker and flags (BIP144). */
const MARKER_AT = 4;
const FLAGS_AT = 5;
const WITNESS_FLAG = 0x01;
/** Litecoin Core, primitives/transaction.h: the transaction carries, or could carry, a part of the extension block. */
const EXTENSION_FLAG = 0x08;

/**
 * Decodes a transaction from its bytes.
 *
 * @param txid the one that was asked for @throws Undecodable when it is another's, or no transaction
 */
export function decodeTransaction(chain: Chain, raw: Buffer, txid: string): ChainTransaction {
  const { transaction, length } = readTransaction(chain, raw);
  if (transaction.inputs.length === 0 && chain.has_extension_blocks) {
    // Wholly within the extension block: such a one has no inputs or outputs here, and its id is not made of these bytes.
    return { ...transaction, txid };
  }
  if (transaction.txid !== txid || (length !== raw.length && !chain.has_extension_blocks)) {
    throw new Undecodable("a transaction is not the one asked for");
  }
  return transaction;
}

/** The id of a transaction that is to be sent, from its bytes as hex; undefined when they are none. */
export function readTxid(chain: Chain, raw: string): string | undefined {
  try {
    return readTransaction(chain, Buffer.from(raw, "hex")).transaction.txid;
  } catch (error) {
    if (error instanceof Undecodable) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Decodes a block from its bytes, and holds it against itself: the header's hash is the one asked for, and its Merkle
 * root that of the transactions.
 *
 * @throws Undecodable when it is not so
 */
export function decodeBlock(chain: Chain, raw: Buffer, hash: string): Block {
  if (raw.length <= HEADER_BYTES || shown(crypto.hash256(raw.subarray(0, HEADER_BYTES))) !== hash) {
    throw new Undecodable("a block is not the one asked for");
  }
  const [count, count_bytes] = readCount(raw, HEADER_BYTES);
  const transactions: ChainTransaction[] = [];
  let offset = HEADER_BYTES + count_bytes;
  while (transactions.length < count) {
    const { transaction, length } = readTransaction(chain, raw.subarray(offset));
    transactions.push(transaction);
    offset += length;
  }
  // The extension block follows, on chains that have one.
  if (offset !== raw.length && !chain.has_extension_blocks) {
    throw new Undecodable("a block has bytes after its last transaction");
  }
  if (merkleRoot(transactions) !== shown(raw.subarray(36, 68))) {
    throw new Undecodable("a block's transactions do not fit its header");
  }
  return {
    hash,
    previous_hash: shown(raw.subarray(4, 36)),
    time_s: raw.readUInt32LE(68),
    transactions,
  };
}

type Read = Readonly<{ transaction: ChainTransaction; length: number }>;

function readTransaction(chain: Chain, bytes: Buffer): Read {
  const flags = bytes[MARKER_AT] === 0 ? (bytes[FLAGS_AT] ?? 0) : 0;
  try {
    return chain.has_extension_blocks && (flags & EXTENSION_FLAG) !== 0
      ? readExtended(bytes, flags)
      : understood(Transaction.fromBuffer(bytes, true));
  } catch {
    throw new Undecodable("a transaction cannot be decoded");
  }
}

/**
 * Reads a transaction in Litecoin's longer form as the ordinary one that its id is made of: without the extension's part,
 * which stands in front of the locktime. In a block that part is a zero byte; elsewhere it ends where the bytes do.
 */
function readExtended(bytes: Buffer, flags: number): Read {
  const has_witness = (flags & WITNESS_FLAG) !== 0;
  const ordinary = has_witness
    ? Buffer.concat([bytes.subarray(0, FLAGS_AT), Buffer.of(WITNESS_FLAG), bytes.subarray(FLAGS_AT + 1)])
    : Buffer.concat([bytes.subarray(0, MARKER_AT), bytes.subarray(FLAGS_AT + 1)]);
  const transaction = Transaction.fromBuffer(ordinary, true);
  const removed = has_witness ? 0 : FLAGS_AT + 1 - MARKER_AT;
  const extension_at = transaction.byteLength() - LOCKTIME_BYTES + removed;
  const length = bytes[extension_at] === 0 ? extension_at + 1 + LOCKTIME_BYTES : bytes.length;
  transaction.locktime = bytes.readUInt32LE(length - LOCKTIME_BYTES);
  return { ...understood(transaction), length };
}

function understood(transaction: Transaction): Read {
  const is_coinbase = transaction.isCoinbase();
  return {
    length: transaction.byteLength(),
    transaction: {
      txid: transaction.getId(),
      is_coinbase,
      inputs: is_coinbase
        ? []
        : transaction.ins.map(({ hash, index }) => ({ txid: shown(hash), vout: index })),
      outputs: transaction.outs.map(({ script, value }, vout) => ({
        vout,
        value_sats: value,
        script: Buffer.from(script).toString("hex"),
      })),
    },
  };
}

/** A compact size, and the bytes it takes. */
function readCount(bytes: Buffer, at: number): [count: number, length: number] {
  const first = bytes[at] ?? 0;
  if (first < 0xfd) {
    return [first, 1];
  }
  // A count of four bytes or eight is of more transactions than a block can hold.
  if (first > 0xfd || bytes.length < at + 3) {
    throw new Undecodable("a block has an impossible number of transactions");
  }
  return [bytes.readUInt16LE(at + 1), 3];
}

function merkleRoot(transactions: readonly ChainTransaction[]): string {
  let row = transactions.map(({ txid }) => Buffer.from(txid, "hex").reverse());
  while (row.length > 1) {
    const pairs = Math.ceil(row.length / 2);
    row = Array.from({ length: pairs }, (_, at) => {
      const left = row[2 * at] ?? Buffer.alloc(0);
      return Buffer.from(crypto.hash256(Buffer.concat([left, row[2 * at + 1] ?? left])));
    });
  }
  return row[0] ? shown(row[0]) : "";
}

/** A hash in the order nodes show it. */
const shown = (hash: Uint8Array) => Buffer.from(hash).reverse().toString("hex");
