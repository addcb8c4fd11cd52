import { Transaction } from "bitcoinjs-lib";
import type { ChainState } from "./chain-state";
import { inputsOf } from "./bytes";
import { MATURITY_BLOCKS } from "./miner";

/**
 * Why a node would not take a transaction into its mempool, in the node's own word; undefined when it would. Scripts and
 * signatures are not looked at.
 */
export function rejectionOf(state: ChainState, transaction: Transaction): string | undefined {
  const inputs = inputsOf(transaction);
  if (inputs.length === 0) {
    return "coinbase";
  }
  if (state.transaction(transaction.getId())) {
    return "txn-already-known";
  }
  let in_sats = 0n;
  for (const input of inputs) {
    const parent = state.transaction(input.txid);
    const output = state.outputOf(input);
    const spender = state.transaction(state.spenderOf(input) ?? "");
    if (!parent || !output || (spender && spender.height !== undefined)) {
      return "bad-txns-inputs-missingorspent";
    }
    if (spender) {
      return "txn-mempool-conflict";
    }
    if (parent.transaction.isCoinbase() && state.tip.height - (parent.height ?? 0) + 1 < MATURITY_BLOCKS) {
      return "bad-txns-premature-spend-of-coinbase";
    }
    in_sats += output.value;
  }
  const out_sats = transaction.outs.reduce((sum, { value }) => sum + value, 0n);
  return out_sats > in_sats ? "bad-txns-in-belowout" : undefined;
}

/** A transaction from hex; undefined when it is none. */
export function readTransaction(hex: string): Transaction | undefined {
  try {
    return Transaction.fromHex(hex.trim());
  } catch {
    return undefined;
  }
}
