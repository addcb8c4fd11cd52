/** Seeded random choices: the same seed gives the same choices on every machine. */
export class Rng {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
    // Neighbouring seeds must not begin alike.
    for (let turn = 0; turn < 4; turn += 1) {
      this.next();
    }
  }

  /** At least 0, less than 1 (Mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) {
      throw new Error("There is nothing to pick from.");
    }
    return from[this.between(0, from.length - 1)] as T;
  }

  /** Picks in proportion to the weights. */
  weighted<T extends { weight: number }>(from: readonly T[]): T {
    let left = this.next() * from.reduce((sum, { weight }) => sum + weight, 0);
    const found = from.find(({ weight }) => (left -= weight) < 0);
    return found ?? this.pick(from);
  }
}
