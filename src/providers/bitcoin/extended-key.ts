import bs58check from "bs58check";
import type { BIP32Interface } from "bip32";
import { AccountKeyError } from "./account-key-error";
import { CHAINS, MULTISIG_VERSIONS, type AccountScript, type Chain } from "./chains";
import { bip32 } from "./curve";

/** BIP32, "Serialization format". */
const EXTENDED_KEY_BYTES = 78;
const HARDENED = 0x80000000;

/**
 * Depths at which wallets keep an account: `m/purpose'/coin'/account'` (BIP44), and `m/0'`, which Electrum uses for
 * its own seeds.
 */
const ACCOUNT_DEPTH = 3;
const ELECTRUM_DEPTH = 1;

export type ExtendedKey = Readonly<{
  node: BIP32Interface;
  /** The script its version bytes stand for, if they do. */
  script?: AccountScript;
}>;

/**
 * Reads an account's extended public key in any version its chain's wallets write (BIP32, SLIP-132).
 *
 * @param text the key alone, not private ({@link holdsPrivateKey})
 * @throws AccountKeyError that says what is wrong with it
 */
export function readExtendedKey(chain: Chain, text: string): ExtendedKey {
  const bytes = decoded(text);
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const known = chain.key_versions.find((one) => one.public === version);
  if (!known) {
    throw foreign(chain, version);
  }
  const node = nodeOf(chain, bytes);
  requireAccountDepth(node);
  return { node, script: known.script };
}

function decoded(text: string): Uint8Array {
  if (!/^[1-9A-HJ-NP-Za-km-z]+$/.test(text)) {
    throw new AccountKeyError(
      "unreadable",
      "The account key has characters that no key has. Enter the account's extended public key (xpub, zpub) or its " +
        "output descriptor, exactly as the wallet shows it.",
    );
  }
  const bytes = bs58check.decodeUnsafe(text);
  if (!bytes) {
    throw new AccountKeyError(
      "bad_checksum",
      "The account key's checksum is wrong: a character is missing or mistyped. Copy it again from the wallet.",
    );
  }
  if (bytes.length !== EXTENDED_KEY_BYTES) {
    throw new AccountKeyError(
      "unreadable",
      "This is no extended key: perhaps an address. Enter the account's extended public key (xpub, zpub).",
    );
  }
  return bytes;
}

function foreign(chain: Chain, version: number): AccountKeyError {
  if (MULTISIG_VERSIONS.some((one) => one.public === version)) {
    return new AccountKeyError(
      "unsupported",
      "This is one signer's key of an account with several signers, which is not offered. Use an account of one signer.",
    );
  }
  const others = Object.values(CHAINS).filter(({ key_versions }) =>
    key_versions.some((one) => one.public === version),
  );
  if (others.length === 0) {
    return new AccountKeyError(
      "unreadable",
      `The account key is of a kind that no ${chain.title} wallet writes.`,
    );
  }
  return new AccountKeyError(
    "wrong_network",
    `The account key is of another network (${others.map(({ title }) => title).join(", ")}), not of ${chain.title}.`,
  );
}

function nodeOf(chain: Chain, bytes: Uint8Array): BIP32Interface {
  const own = Uint8Array.from(bytes);
  new DataView(own.buffer).setUint32(0, chain.network.bip32.public);
  let node: BIP32Interface;
  try {
    node = bip32.fromBase58(bs58check.encode(own), chain.network);
  } catch {
    // Not passed on: the library's messages may quote the key.
    throw new AccountKeyError("unreadable", "The account key is no point of the curve. Copy it again.");
  }
  // The library takes private keys of the same version too, should its rules ever differ from ours.
  if (!node.isNeutered()) {
    throw new AccountKeyError("private_key", "The account key is private.");
  }
  return node;
}

function requireAccountDepth({ depth, index }: BIP32Interface): void {
  const is_hardened = index >= HARDENED;
  if (is_hardened && (depth === ACCOUNT_DEPTH || (depth === ELECTRUM_DEPTH && index === HARDENED))) {
    return;
  }
  const what =
    depth === 0
      ? "the wallet's master key, which is above its accounts"
      : depth > ACCOUNT_DEPTH
        ? "a key below the account"
        : "not an account's key";
  throw new AccountKeyError(
    "wrong_depth",
    `This extended key is ${what} (depth ${depth}${is_hardened ? ", hardened" : ""}). Export the key of the account, as of m/84'/0'/0' (depth 3), ` +
      "or of Electrum's own wallets (m/0').",
  );
}
