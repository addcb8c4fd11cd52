import { address as codec } from "bitcoinjs-lib";
import { bech32, bech32m } from "bech32";
import bs58check from "bs58check";
import { isXOnlyPoint } from "tiny-secp256k1";
import { CHAINS, type Chain } from "./chains";
import "./curve";
import { dustLimit, type ScriptKind } from "./scripts";

/**
 * Why an address is not taken:
 *
 * - `wrong_network`: another chain's; the message names it.
 * - `mixed_case`: segwit addresses are all lowercase or all uppercase (BIP173).
 * - `bad_checksum`: a character is wrong or missing.
 * - `wrong_checksum_kind`: bech32 where BIP350 wants bech32m, or the reverse: made by faulty software.
 * - `unknown_witness_version`: a version that has no rules yet: anybody could take the coins.
 * - `unsupported`: an address to which nothing is sent.
 * - `unreadable`: no address.
 */
export type AddressProblem =
  | "wrong_network"
  | "mixed_case"
  | "bad_checksum"
  | "wrong_checksum_kind"
  | "unknown_witness_version"
  | "unsupported"
  | "unreadable";

/** An address that is not taken. The message is fit for whoever gave it. */
export class AddressError extends Error {
  override readonly name = "AddressError";

  constructor(
    readonly problem: AddressProblem,
    message: string,
  ) {
    super(message);
  }
}

/** An address somebody gave, understood. */
export type GivenAddress = Readonly<{
  /** In its usual form: segwit addresses in lowercase. */
  address: string;
  kind: ScriptKind;
  /** Lowercase hex. */
  script: string;
  /** The least that can be sent there, in satoshis. */
  dust_limit_sats: bigint;
}>;

/** BIP173 permits 90 characters; Litecoin's confidential addresses are longer, and told apart by their prefix. */
const LONGEST_SEGWIT = 90;
const LONGEST_TEXT = 200;
const PUBLIC_KEY_HASH_BYTES = 20;
const SCRIPT_HASH_BYTES = 32;
/** Prefixes of Litecoin's confidential addresses (LIP-0004), to which an ordinary transaction cannot pay. */
const CONFIDENTIAL_PREFIXES = ["ltcmweb", "tmweb"];

/**
 * Reads an address to which coins are to be sent.
 *
 * @throws AddressError that says why it is not taken
 */
export function readAddress(chain: Chain, text: string): GivenAddress {
  const entered = text.trim();
  if (entered.length > LONGEST_TEXT || !/^[0-9A-Za-z]+$/.test(entered)) {
    throw new AddressError("unreadable", `This is no ${chain.title} address.`);
  }
  const prefix = prefixOf(entered);
  const found = prefix === undefined ? readBase58(chain, entered) : readSegwit(chain, entered, prefix);
  return {
    ...found,
    script: Buffer.from(codec.toOutputScript(found.address, chain.network)).toString("hex"),
    dust_limit_sats: dustLimit(chain, found.kind),
  };
}

type Found = Pick<GivenAddress, "address" | "kind">;

/** The human-readable part, where it is one that a chain has. */
function prefixOf(text: string): string | undefined {
  const prefix = text.slice(0, text.lastIndexOf("1")).toLowerCase();
  const known = Object.values(CHAINS).map(({ network }) => network.bech32);
  return [...known, ...CONFIDENTIAL_PREFIXES].includes(prefix) ? prefix : undefined;
}

function readSegwit(chain: Chain, text: string, prefix: string): Found {
  const address = text.toLowerCase();
  if (text !== address && text !== text.toUpperCase()) {
    throw new AddressError("mixed_case", "The address mixes small and capital letters. Copy it again.");
  }
  if (CONFIDENTIAL_PREFIXES.includes(prefix)) {
    throw new AddressError(
      "unsupported",
      "Confidential (MWEB) addresses are not supported. Give another one.",
    );
  }
  if (prefix !== chain.network.bech32) {
    throw foreign(chain, (other) => other.network.bech32 === prefix);
  }
  const first = bech32.decodeUnsafe(address, LONGEST_SEGWIT);
  const second = bech32m.decodeUnsafe(address, LONGEST_SEGWIT);
  const words = (first ?? second)?.words;
  const version = words?.[0];
  if (!words || version === undefined) {
    throw new AddressError("bad_checksum", "The address is mistyped or incomplete. Copy it again.");
  }
  if ((version === 0) !== (first !== undefined)) {
    throw new AddressError(
      "wrong_checksum_kind",
      "The address has the wrong kind of checksum (BIP350). The wallet that made it must be updated.",
    );
  }
  return { address, kind: witnessKind(version, bech32.fromWordsUnsafe(words.slice(1))) };
}

function witnessKind(version: number, words: readonly number[] | undefined): ScriptKind {
  const program = words && Uint8Array.from(words);
  if (version > 1) {
    throw new AddressError(
      "unknown_witness_version",
      `The address has witness version ${version}, which has no rules yet: the coins would be anybody's. Give another one.`,
    );
  }
  if (version === 0 && program?.length === PUBLIC_KEY_HASH_BYTES) {
    return "p2wpkh";
  }
  if (version === 0 && program?.length === SCRIPT_HASH_BYTES) {
    return "p2wsh";
  }
  if (version === 1 && program?.length === SCRIPT_HASH_BYTES && isXOnlyPoint(program)) {
    return "p2tr";
  }
  throw new AddressError("unsupported", "Nobody could spend what is sent to this address. Give another one.");
}

function readBase58(chain: Chain, address: string): Found {
  const bytes = bs58check.decodeUnsafe(address);
  if (!bytes) {
    throw /^[1-9A-HJ-NP-Za-km-z]{25,36}$/.test(address)
      ? new AddressError("bad_checksum", "The address is mistyped or incomplete. Copy it again.")
      : new AddressError("unreadable", `This is no ${chain.title} address.`);
  }
  if (bytes.length !== 1 + PUBLIC_KEY_HASH_BYTES) {
    throw new AddressError("unreadable", `This is no ${chain.title} address.`);
  }
  const version = bytes[0];
  if (version === chain.network.pubKeyHash) {
    return { address, kind: "p2pkh" };
  }
  if (version === chain.network.scriptHash) {
    return { address, kind: "p2sh" };
  }
  throw foreign(
    chain,
    ({ network }) => network.pubKeyHash === version || network.scriptHash === version,
    // Litecoin's nodes still take Bitcoin's version here; whoever gave it may mean either.
    chain.coin === "litecoin"
      ? " If it is Litecoin's older form, give the newer one, or one that starts with ltc1."
      : "",
  );
}

function foreign(chain: Chain, has: (other: Chain) => boolean, hint = ""): AddressError {
  const others = Object.values(CHAINS).filter(has);
  if (others.length === 0) {
    return new AddressError("unreadable", `This is no ${chain.title} address.`);
  }
  const names = others.map(({ title }) => title).join(", ");
  return new AddressError("wrong_network", `This is an address of ${names}, not of ${chain.title}.${hint}`);
}
