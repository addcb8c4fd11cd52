import type { ChainSource, LocatedTransaction, Outpoint } from "../chain/source";
import { readAddress } from "../given-address";
import type { PreparedRefund, StoredRefund } from "./refund-store";

/** A refund's transaction that is in the mempool or in a block. */
export type Found = Readonly<{ txid: string; located: LocatedTransaction }>;

/**
 * The transaction of a refund that somebody has sent: what it was made into last, or what was exported before, which the
 * operator may have signed and sent with a wallet of theirs.
 */
export async function findSent(source: ChainSource, refund: StoredRefund): Promise<Found | undefined> {
  const { prepared } = refund;
  for (const txid of prepared ? [prepared.txid, ...prepared.earlier_txids] : []) {
    const located = await source.transaction(txid);
    if (located && located.place.kind !== "nowhere") {
      return { txid, located };
    }
  }
  return undefined;
}

/**
 * Another transaction that spends a refund's coins and pays its payee: the operator's own, with a higher fee. Found only
 * where the source tells who spent an output.
 */
export async function findReplacement(
  source: ChainSource,
  { destination }: StoredRefund,
  coins: readonly Outpoint[],
): Promise<Found | undefined> {
  const payee = destination === null ? undefined : readAddress(source.chain, destination).script;
  for (const coin of coins) {
    const state = await source.outputState(coin);
    const txid = state.kind === "spent" ? state.by : undefined;
    const located = txid === undefined ? undefined : await source.transaction(txid);
    const pays = located?.transaction.outputs.some(({ script }) => script === payee);
    if (txid !== undefined && located && located.place.kind !== "nowhere" && pays) {
      return { txid, located };
    }
  }
  return undefined;
}

/** What was prepared, as the transaction that was sent has it. */
export function asSent(
  source: ChainSource,
  prepared: PreparedRefund,
  destination: string | null,
  { txid, located }: Found,
): PreparedRefund {
  if (txid === prepared.txid) {
    return prepared;
  }
  const { outputs } = located.transaction;
  const change = outputs.find(({ script }) => script === prepared.change_address?.script);
  const payee = destination === null ? undefined : readAddress(source.chain, destination).script;
  const paid = outputs.find(({ script }) => script === payee);
  return {
    ...prepared,
    txid,
    earlier_txids: [...prepared.earlier_txids.filter((other) => other !== txid), prepared.txid],
    paid_sats: paid?.value_sats ?? prepared.paid_sats,
    change: change ? { vout: change.vout, value_sats: change.value_sats } : null,
  };
}

/**
 * How many blocks a transaction is under, counted as far as is asked for: 0 in the mempool, 1 in the last block.
 *
 * @param most deeper is not told apart @returns undefined where the chain changed meanwhile: look again
 */
export async function depthOf(source: ChainSource, txid: string, most: number): Promise<number | undefined> {
  const tip = await source.tip();
  const place = (await source.transaction(txid))?.place;
  const depth = place?.kind === "block" ? await depthOfBlock(source, tip.height, place.hash, most) : 0;
  return (await source.tip()).hash === tip.hash ? depth : undefined;
}

async function depthOfBlock(
  source: ChainSource,
  tip_height: number,
  hash: string,
  most: number,
): Promise<number> {
  for (let depth = 1; depth < most; depth += 1) {
    if ((await source.blockHashAt(tip_height - depth + 1)) === hash) {
      return depth;
    }
  }
  // The source says it is in the chain, and it is in none of the blocks above.
  return most;
}
