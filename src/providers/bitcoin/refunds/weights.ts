import type { AccountScript } from "../chains";

/** Version, locktime, one byte for each count, and the segwit marker with its flag (BIP141, "Transaction size calculations"). */
const FRAME_WEIGHT = 4n * 10n + 2n;
/** Outpoint, sequence and the length of the script, none of which are witnesses. */
const INPUT_WEIGHT = 4n * 41n;
/** Counts, a DER signature at its longest (72 bytes) and a key. */
const KEY_HASH_WITNESS = 1n + 1n + 72n + 1n + 33n;

/** An input of each kind, signed. The nested one has its redeem script outside the witness. */
const INPUT_WEIGHTS: Readonly<Record<AccountScript, bigint>> = {
  p2wpkh: INPUT_WEIGHT + KEY_HASH_WITNESS,
  // A Schnorr signature, with a byte for its hash type where the signer writes one.
  p2tr: INPUT_WEIGHT + 1n + 1n + 65n,
  p2sh_p2wpkh: INPUT_WEIGHT + 4n * 23n + KEY_HASH_WITNESS,
};

/** A transaction's shape, as far as its size goes. */
export type Shape = Readonly<{
  input_kind: AccountScript;
  inputs: number;
  /** Lengths of the output scripts in bytes. */
  output_script_bytes: readonly number[];
}>;

/** What a transaction costs at a rate (satoshis for 1,000 virtual bytes), rounded up. Its signatures may turn out shorter. */
export function feeOf({ input_kind, inputs, output_script_bytes }: Shape, sats_per_kvb: bigint): bigint {
  const outputs = output_script_bytes.reduce((sum, bytes) => sum + 4n * BigInt(8 + 1 + bytes), 0n);
  const weight = FRAME_WEIGHT + BigInt(inputs) * INPUT_WEIGHTS[input_kind] + outputs;
  const virtual_bytes = dividedUp(weight, 4n);
  return dividedUp(virtual_bytes * sats_per_kvb, 1_000n);
}

const dividedUp = (value: bigint, by: bigint) => (value + by - 1n) / by;
