import { createHash } from "node:crypto";
import type { BIP32Interface } from "bip32";
import { AccountKeyError } from "./account-key-error";
import type { AccountScript, Chain } from "./chains";
import { looksLikeDescriptor, readDescriptor, type AccountDescriptor, type KeyOrigin } from "./descriptors";
import { readExtendedKey } from "./extended-key";
import { holdsPrivateKey } from "./private-keys";

const HARDENED = 0x80000000;
/** BIP44, "Change": the chain of addresses that are given to others. */
const RECEIVE_CHAIN = [0];
/** A key entered alone may be a line long; nothing reads more. */
const LONGEST_TEXT = 1_000;

/** Where a key lies in the wallet that can sign with it, as a PSBT's BIP32 fields want it. */
export type KeyDerivation = Readonly<{ fingerprint: string; path: string }>;

/**
 * An operator's account, watch-only: the public key from which every receive address comes. The key itself is kept
 * where neither JSON nor a log shows it: with it, all the shop's payments could be told from others'.
 */
export class AccountKey {
  readonly chain: Chain;
  readonly script: AccountScript;
  /** Tells accounts and their kinds of addresses apart, without telling the key: 16 hex digits. */
  readonly id: string;
  readonly #receive: BIP32Interface;
  readonly #origin: KeyOrigin | undefined;
  readonly #receive_path: readonly number[];

  /** @param account_node the account's neutered key */
  constructor(
    chain: Chain,
    account_node: BIP32Interface,
    {
      script,
      origin,
      receive_path,
    }: Readonly<{ script: AccountScript; origin?: KeyOrigin; receive_path: readonly number[] }>,
  ) {
    this.chain = chain;
    this.script = script;
    this.#receive = receive_path.reduce((node, step) => node.derive(step), account_node);
    this.#origin = origin;
    this.#receive_path = receive_path;
    this.id = createHash("sha256")
      .update(`${chain.name}/${script}/`)
      .update(this.#receive.publicKey)
      .update(this.#receive.chainCode)
      .digest("hex")
      .slice(0, 16);
  }

  /** What logs and JSON show of it. */
  toJSON(): Readonly<{ chain: string; script: AccountScript; id: string }> {
    return { chain: this.chain.name, script: this.script, id: this.id };
  }

  /**
   * The public key of one receive address, 33 bytes.
   *
   * @param index from 0 to 2^31 - 1 @throws RangeError for any other
   */
  publicKeyAt(index: number): Uint8Array {
    requireIndex(index);
    return this.#receive.derive(index).publicKey;
  }

  /** Where the key of an address lies in the signing wallet; undefined where the account was entered without its origin. */
  derivationAt(index: number): KeyDerivation | undefined {
    requireIndex(index);
    if (!this.#origin) {
      return undefined;
    }
    const path = [...this.#origin.path, ...this.#receive_path, index];
    return { fingerprint: this.#origin.fingerprint, path: `m/${path.map(stepText).join("/")}` };
  }
}

/**
 * Reads what an operator entered as their account: an extended public key (xpub, ypub, zpub; tpub, upub, vpub on test
 * chains; Litecoin's own), or an output descriptor with its checksum.
 *
 * @param script the kind of addresses, for keys whose version says nothing of it; `p2wpkh` when left out
 * @throws AccountKeyError that says what to enter instead, and never what was entered
 */
export function readAccountKey(chain: Chain, text: string, script?: AccountScript): AccountKey {
  if (holdsPrivateKey(text)) {
    throw new AccountKeyError(
      "private_key",
      "This is a private key or a wallet's seed words. It was not kept, but treat it as exposed: move its coins to a " +
        "new wallet. Enter the new wallet's account key instead, the public one (xpub, zpub or a descriptor).",
    );
  }
  const entered = text.trim();
  if (entered === "" || entered.length > LONGEST_TEXT) {
    throw new AccountKeyError(
      "unreadable",
      "Enter the account's extended public key or its output descriptor.",
    );
  }
  return looksLikeDescriptor(entered)
    ? fromDescriptor(chain, readDescriptor(entered), script)
    : fromBareKey(chain, entered, script);
}

function fromBareKey(chain: Chain, text: string, asked: AccountScript | undefined): AccountKey {
  const key = readExtendedKey(chain, text);
  requireSame(key.script, asked);
  return new AccountKey(chain, key.node, {
    script: key.script ?? asked ?? "p2wpkh",
    receive_path: RECEIVE_CHAIN,
  });
}

function fromDescriptor(
  chain: Chain,
  descriptor: AccountDescriptor,
  asked: AccountScript | undefined,
): AccountKey {
  const { script, origin, receive_path } = descriptor;
  const key = readExtendedKey(chain, descriptor.key);
  requireSame(key.script, script);
  requireSame(script, asked);
  if (origin) {
    requireOrigin(chain, key.node, origin);
  }
  return new AccountKey(chain, key.node, { script, origin, receive_path });
}

/** Addresses of another kind than the wallet's own would receive coins that the wallet does not show. */
function requireSame(stated: AccountScript | undefined, wanted: AccountScript | undefined): void {
  if (stated && wanted && stated !== wanted) {
    throw new AccountKeyError(
      "unsupported",
      `The account's own form says ${stated} addresses, but ${wanted} is asked for: its wallet would not show them.`,
    );
  }
}

function requireOrigin(chain: Chain, node: BIP32Interface, { path }: KeyOrigin): void {
  if (path.length !== node.depth || (path.length > 0 && path.at(-1) !== node.index)) {
    throw new AccountKeyError(
      "wrong_depth",
      `The descriptor's key origin has ${path.length} steps and does not lead to its key, which has depth ${node.depth}.`,
    );
  }
  const coin_type = path.length === 3 ? path[1] : undefined;
  if (coin_type !== undefined && coin_type !== chain.coin_type + HARDENED) {
    throw new AccountKeyError(
      "wrong_network",
      `The descriptor's account is for coin type ${stepText(coin_type)}; ${chain.title} has ${chain.coin_type}' (SLIP-44).`,
    );
  }
}

function requireIndex(index: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= HARDENED) {
    throw new RangeError("An address index is a whole number from 0 to 2^31 - 1.");
  }
}

const stepText = (step: number) => (step >= HARDENED ? `${step - HARDENED}'` : String(step));
