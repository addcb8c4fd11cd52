type Due = { readonly at_ms: number; readonly act: () => void };

/** The simulator's time: the machine's, moved ahead by tests. What is due happens in its order, each at its own time. */
export class Clock {
  private ahead_ms = 0;
  private held_ms: number | undefined;
  private agenda: Due[] = [];

  /** Unix ms. */
  now(): number {
    return this.held_ms ?? Date.now() + this.ahead_ms;
  }

  /** Unix seconds. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** Has the act done when its time comes, at the next request or the next move of the clock. */
  after(delay_ms: number, act: () => void): void {
    this.agenda.push({ at_ms: this.now() + delay_ms, act });
  }

  advance(by_ms: number): void {
    this.ahead_ms += by_ms;
    this.settle();
  }

  /** Does what is due by now, and what comes due by that. */
  settle(): void {
    const target_ms = this.now();
    for (;;) {
      const next = this.agenda
        .filter(({ at_ms }) => at_ms <= target_ms)
        .reduce<Due | undefined>(
          (first, due) => (first && first.at_ms <= due.at_ms ? first : due),
          undefined,
        );
      if (!next) {
        return;
      }
      this.agenda = this.agenda.filter((due) => due !== next);
      this.held_ms = next.at_ms;
      try {
        next.act();
      } finally {
        this.held_ms = undefined;
      }
    }
  }
}
