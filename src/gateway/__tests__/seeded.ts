/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Seeded {
  constructor(private state: number) {}

  /** From 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  one<T>(of: readonly T[]): T {
    const found = of[this.whole(0, of.length - 1)];
    if (found === undefined) {
      throw new Error("There is nothing to choose from.");
    }
    return found;
  }

  often(share: number): boolean {
    return this.next() < share;
  }

  /** A decimal with up to so many digits after the point. */
  decimal(most: number, digits: number): string {
    const fraction = Array.from({ length: this.whole(0, digits) }, () => this.whole(0, 9)).join("");
    return `${this.whole(0, most)}${fraction && `.${fraction}`}`;
  }
}
