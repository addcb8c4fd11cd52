import type { ChainTransaction } from "./source";

/** What is watched, as questions to whoever knows; one of each kind for a whole block. */
export type Watch = Readonly<{
  /** Which of these output scripts (lowercase hex) are watched. */
  scripts(scripts: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which of these transactions are watched whatever they pay, such as refunds. */
  txids?(txids: readonly string[]): Promise<ReadonlySet<string>>;
}>;

/** Those of the transactions that are watched. */
export async function watchedAmong(
  watch: Watch,
  transactions: readonly ChainTransaction[],
): Promise<readonly ChainTransaction[]> {
  if (transactions.length === 0) {
    return [];
  }
  const scripts = new Set(transactions.flatMap(({ outputs }) => outputs.map(({ script }) => script)));
  const watched_scripts = await watch.scripts([...scripts]);
  const watched_txids = await watch.txids?.(transactions.map(({ txid }) => txid));
  return transactions.filter(
    ({ txid, outputs }) =>
      watched_txids?.has(txid) || outputs.some(({ script }) => watched_scripts.has(script)),
  );
}
