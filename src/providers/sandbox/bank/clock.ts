import type { Ledger } from "./ledger";
import { invalid } from "./refusal";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Far enough for everything that lapses, and far from the end of JavaScript's dates. */
const FURTHEST_MS = 36_500 * DAY_MS;

/**
 * The bank's own clock. It runs with the real one and can be moved ahead of it; how far is kept in the ledger, so
 * that time does not go back when the bank is started again.
 */
export class Clock {
  /** @param real Unix ms */
  constructor(
    readonly real: () => number,
    private readonly ledger: Ledger,
  ) {}

  /** Unix ms by the bank's clock. */
  readonly now = (): number => this.real() + this.ledger.advanced_ms;

  /** @throws Refusal 400 when it would be further than 100 years ahead */
  advance(by_ms: number): void {
    const advanced_ms = this.ledger.advanced_ms + by_ms;
    if (advanced_ms > FURTHEST_MS) {
      throw invalid(`The bank's clock can be ${FURTHEST_MS} ms ahead at most.`);
    }
    this.ledger.commit([{ kind: "clock", advanced_ms }], this.now());
  }
}
