import type { Books } from "./books";

/** What an invariant says about one schedule. */
export type Verdict = Readonly<{
  /** Each one a sentence with ids and minor units. */
  broken: readonly string[];
  /** Differences that an open finding names, by its kind: they count as known, and are counted. */
  excused: readonly string[];
}>;

export type Invariant = Readonly<{ name: string; check(books: Books): Verdict }>;

/** Collects a verdict: what is broken, unless one of the kinds of findings is open that say so. */
export class Judge {
  readonly broken: string[] = [];
  readonly excused: string[] = [];

  /** @param excuses kinds of findings that would explain it; @param open the kinds that are open about it */
  say(detail: string, excuses: readonly string[] = [], open: readonly string[] = []): void {
    const excuse = excuses.find((kind) => open.includes(kind));
    if (excuse) {
      this.excused.push(excuse);
    } else {
      this.broken.push(open.length > 0 ? `${detail} (open findings: ${open.join(", ")})` : detail);
    }
  }
}
