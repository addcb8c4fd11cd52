import { payments, script as codec, Transaction } from "bitcoinjs-lib";
import { verify, verifySchnorr } from "tiny-secp256k1";
import "../curve";

/** What an input spends. */
export type SpentOutput = Readonly<{ script: Uint8Array; value: bigint }>;

const COMPRESSED_KEY_BYTES = 33;
const SCHNORR_BYTES = 64;

/**
 * Whether every input's signature is right, whole (it commits to all inputs and outputs), and made with the one key that
 * the spent output names.
 *
 * @param spent in the order of the inputs
 * @returns the inputs whose signature is not, by their position; none where all is well
 */
export function badInputs(transaction: Transaction, spent: readonly SpentOutput[]): readonly number[] {
  return transaction.ins.flatMap((_, at) => (isSigned(transaction, at, spent) ? [] : [at]));
}

function isSigned(transaction: Transaction, at: number, spent: readonly SpentOutput[]): boolean {
  const output = spent[at];
  const input = transaction.ins[at];
  if (!output || !input) {
    return false;
  }
  try {
    return isTaproot(output.script)
      ? hasSchnorr(transaction, at, spent)
      : hasKeyHash(transaction, at, output, input.script);
  } catch {
    // The library throws for keys, signatures and scripts that are none.
    return false;
  }
}

/** BIP143, also within a P2SH output. */
function hasKeyHash(
  transaction: Transaction,
  at: number,
  { script, value }: SpentOutput,
  input_script: Uint8Array,
): boolean {
  const [signature, pubkey, ...more] = transaction.ins[at]?.witness ?? [];
  if (!signature || pubkey?.length !== COMPRESSED_KEY_BYTES || more.length > 0) {
    return false;
  }
  const { output: own, hash } = payments.p2wpkh({ pubkey });
  const nested = payments.p2sh({ redeem: { output: own } });
  const is_plain = same(own, script) && input_script.length === 0;
  const is_nested = same(nested.output, script) && same(own && codec.compile([own]), input_script);
  const script_code = payments.p2pkh({ hash }).output;
  if ((!is_plain && !is_nested) || !script_code) {
    return false;
  }
  const { signature: compact, hashType } = codec.signature.decode(signature);
  const digest = transaction.hashForWitnessV0(at, script_code, value, Transaction.SIGHASH_ALL);
  return hashType === Transaction.SIGHASH_ALL && verify(digest, pubkey, compact, true);
}

/** BIP341, the key path alone. */
function hasSchnorr(transaction: Transaction, at: number, spent: readonly SpentOutput[]): boolean {
  const [signature, ...more] = transaction.ins[at]?.witness ?? [];
  const key = spent[at]?.script.slice(2);
  if (!signature || !key || more.length > 0) {
    return false;
  }
  const hash_type =
    signature.length === SCHNORR_BYTES ? Transaction.SIGHASH_DEFAULT : signature[SCHNORR_BYTES];
  const is_whole =
    signature.length === SCHNORR_BYTES ||
    (signature.length === SCHNORR_BYTES + 1 && hash_type === Transaction.SIGHASH_ALL);
  if (!is_whole || hash_type === undefined) {
    return false;
  }
  const digest = transaction.hashForWitnessV1(
    at,
    spent.map(({ script }) => script),
    spent.map(({ value }) => value),
    hash_type,
  );
  return verifySchnorr(digest, key, signature.slice(0, SCHNORR_BYTES));
}

const isTaproot = (script: Uint8Array) => script.length === 34 && script[0] === 0x51 && script[1] === 0x20;

function same(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}
