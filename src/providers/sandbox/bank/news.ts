import type { BankEvent, EventClosed, NEWS_ENDS } from "./records";

/** Where the delivery of an event stands. `given_up`: the last try failed too. */
export type NewsState = "waiting" | (typeof NEWS_ENDS)[number];

/** An event and what came of telling it. */
export type News = Readonly<{
  event: BankEvent;
  state: NewsState;
  tries: number;
  /** HTTP status of the last try; null before there was one, and when no answer came. */
  last_status: number | null;
}>;

/** Events whose delivery is over are forgotten beyond this count, the oldest first. */
export const NEWS_LIMIT = 50_000;

/** All news of the bank, oldest first. */
export class NewsBook {
  private readonly entries = new Map<string, News>();

  constructor(private readonly limit = NEWS_LIMIT) {}

  add(event: BankEvent): void {
    this.entries.set(event.id, { event, state: "waiting", tries: 0, last_status: null });
  }

  /** Counts a try; one that ends after the delivery was over (a duplicate) counts as well. */
  tried(id: string, last_status: number | null): void {
    const news = this.entries.get(id);
    if (news) {
      this.entries.set(id, { ...news, tries: news.tries + 1, last_status });
    }
  }

  close({ id, state, tries, last_status }: EventClosed): void {
    const news = this.entries.get(id);
    if (!news) {
      return;
    }
    if (state === undefined) {
      // An earlier bank did not write down how it ended.
      this.entries.delete(id);
      return;
    }
    this.entries.set(id, { ...news, state, tries, last_status });
    this.forgetOldest();
  }

  find(id: string): News | undefined {
    return this.entries.get(id);
  }

  list(): readonly News[] {
    return [...this.entries.values()];
  }

  private forgetOldest(): void {
    if (this.entries.size <= this.limit) {
      return;
    }
    for (const [id, { state }] of this.entries) {
      if (state !== "waiting") {
        this.entries.delete(id);
        return;
      }
    }
  }
}
