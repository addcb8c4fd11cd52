import bs58check from "bs58check";

/** A seed has at least twelve words; shorter texts of plain words are something else. */
const FEWEST_SEED_WORDS = 12;
/** Wallet import format is 51 characters (uncompressed) or 52, and no public key is. */
const WALLET_IMPORT_FORMAT = /^[1-9A-HJ-NP-Za-km-z]{51,52}$/;
/** BIP38: a private key under a password. */
const BIP38 = /^6P[1-9A-HJ-NP-Za-km-z]{56}$/;
/** `xprv` and its kin of SLIP-132, also with a wrong checksum. */
const EXTENDED_PRIVATE_KEY = /(?:[A-Za-z]prv|[LMt]tpv)[1-9A-HJ-NP-Za-km-z]{20,}/;
/** Codex32, BIP93. */
const CODEX32 = /\bms1[02-9ac-hj-np-z]{40,}/i;
/** A key or a seed as bytes. */
const RAW_BYTES = /^(?:0x)?(?:[0-9a-f]{64}|[0-9a-f]{128})$/i;

/** BIP32, "Serialization format": 78 bytes, of which the 46th is zero in front of a private key. */
const EXTENDED_KEY_BYTES = 78;
const KEY_OFFSET = 45;

/**
 * Whether a text an operator entered holds something that can spend: an extended private key of any version, a key in
 * wallet import format, a raw key or seed, or seed words. Mistyped ones count, since who reads them can mend them.
 */
export function holdsPrivateKey(text: string): boolean {
  const trimmed = text.trim();
  return (
    RAW_BYTES.test(trimmed) ||
    EXTENDED_PRIVATE_KEY.test(trimmed) ||
    CODEX32.test(trimmed) ||
    isSeed(trimmed) ||
    trimmed.split(/[^1-9A-HJ-NP-Za-km-z]+/).some(isPrivateKey)
  );
}

function isSeed(text: string): boolean {
  const words = text.split(/[\s,]+/);
  return words.length >= FEWEST_SEED_WORDS && words.every((word) => /^[\p{L}\p{M}]+$/u.test(word));
}

function isPrivateKey(token: string): boolean {
  if (WALLET_IMPORT_FORMAT.test(token) || BIP38.test(token)) {
    return true;
  }
  const bytes = bs58check.decodeUnsafe(token);
  return bytes?.length === EXTENDED_KEY_BYTES && bytes[KEY_OFFSET] === 0;
}
