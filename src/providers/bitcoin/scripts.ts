import type { Chain } from "./chains";

/** The standard output scripts that an address can stand for. */
export type ScriptKind = "p2pkh" | "p2sh" | "p2wpkh" | "p2wsh" | "p2tr";

/** Value (8 bytes) and script with its length, and what spending it costs: Bitcoin Core, `GetDustThreshold`. */
const OUTPUT_BYTES: Readonly<Record<ScriptKind, bigint>> = {
  p2pkh: 34n,
  p2sh: 32n,
  p2wpkh: 31n,
  p2wsh: 43n,
  p2tr: 43n,
};
/** Outpoint, sequence and a signature with its key, of which witnesses count a quarter. */
const SPENDING_BYTES = { legacy: 148n, witness: 67n } as const;

/**
 * The least an output of that kind may hold: nodes do not pass on a transaction with a smaller one.
 *
 * @returns satoshis
 */
export function dustLimit(chain: Chain, kind: ScriptKind): bigint {
  const spending = SPENDING_BYTES[kind === "p2pkh" || kind === "p2sh" ? "legacy" : "witness"];
  return ((OUTPUT_BYTES[kind] + spending) * chain.dust_relay_fee_sats_per_kvb) / 1_000n;
}
