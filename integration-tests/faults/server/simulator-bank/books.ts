import type { BankRow } from "../../system/bank";
import type { BankAccount } from "./service";

type Entry = Readonly<{ revision: number; row: BankRow }>;

/** The payments of all accounts as the suite reads a bank's books: only what has changed since it last looked. */
export class Books {
  private revision = 0;
  private readonly entries = new Map<string, Entry>();
  private readonly seen = new Map<string, number>();

  constructor(private readonly accounts: ReadonlyMap<string, BankAccount>) {}

  /** @returns the payments that changed after a revision, and the one to go on from */
  since(revision: number): Readonly<{ payments: BankRow[]; next: number }> {
    this.accounts.forEach(({ hand, changedSince }, provider) => {
      // What has lapsed by now is noticed when somebody looks.
      hand.advance(0);
      const changed = changedSince(this.seen.get(provider) ?? 0);
      this.seen.set(provider, changed.revision);
      for (const payment of changed.payments) {
        this.revision += 1;
        this.entries.set(payment.reference, { revision: this.revision, row: { ...payment, provider } });
      }
    });
    const found = [...this.entries.values()].filter((entry) => entry.revision > revision);
    return { payments: found.map(({ row }) => row), next: this.revision };
  }

  /** The provider whose account a payment is at. @throws Error for a payment nobody has */
  providerOf(reference: string): string {
    this.since(this.revision);
    const entry = this.entries.get(reference);
    if (!entry) {
      throw new Error(`No account has the payment ${reference}.`);
    }
    return entry.row.provider;
  }
}
