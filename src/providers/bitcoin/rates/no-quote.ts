import type { Coin } from "./coins";
import type { Verdict } from "./readings";

/**
 * The sources do not allow a quote: rather none than a guess. Nothing was promised to anybody, so another way to pay may be
 * offered. The message tells operators what each source said; it holds nothing secret.
 */
export class NoQuote extends Error {
  override readonly name = "NoQuote";

  constructor(
    readonly coin: Coin,
    readonly currency: string,
    /** What was missing, e.g. `1 of 3 sources agree, 2 are needed`. */
    why: string,
    /** One for each source that was asked. */
    readonly verdicts: readonly Verdict[],
  ) {
    super([`No rate of ${coin} in ${currency}: ${why}.`, ...verdicts.map(inWords)].join(" "));
  }
}

function inWords(verdict: Verdict): string {
  const said =
    verdict.price === undefined ? "" : ` said ${JSON.stringify(verdict.price)} at ${verdict.priced_at}`;
  return verdict.used
    ? `${verdict.source}${said}.`
    : `${verdict.source}${said}, dropped as ${verdict.reason}: ${verdict.detail}.`;
}
