import type { WaitingTransaction } from "./cursor";
import type { ChainTransaction, Outpoint } from "./source";

const nameOf = ({ txid, vout }: Outpoint) => `${txid}:${vout}`;

/**
 * Which of the waiting transactions cannot be mined any more, because another one spends what they spend.
 *
 * @returns the other one's id by the waiting one's
 */
export function spendersOf(
  waiting: readonly WaitingTransaction[],
  others: readonly ChainTransaction[],
): ReadonlyMap<string, string> {
  const waiting_by_input = new Map(
    waiting.flatMap(({ txid, inputs }) => inputs.map((input) => [nameOf(input), txid] as const)),
  );
  const spenders = new Map<string, string>();
  if (waiting_by_input.size === 0) {
    return spenders;
  }
  for (const other of others) {
    for (const input of other.inputs) {
      const txid = waiting_by_input.get(nameOf(input));
      if (txid !== undefined && txid !== other.txid) {
        spenders.set(txid, other.txid);
      }
    }
  }
  return spenders;
}
