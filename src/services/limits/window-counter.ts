type Window = { count: number; ends_at: number };

/**
 * Counts by key within fixed windows, in this process alone. It holds at most `most_keys`; then the oldest goes, so
 * that made-up keys cannot fill the memory.
 */
export class WindowCounter {
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly most_keys: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts one more. Answers 0 when it is within the limit, else after how many milliseconds the next may come. */
  hit(key: string, most: number, within_ms: number): number {
    const window = this.current(key) ?? this.begin(key, within_ms);
    if (window.count >= most) {
      return window.ends_at - this.now();
    }
    window.count += 1;
    return 0;
  }

  /** Takes one back. */
  release(key: string): void {
    const window = this.current(key);
    if (window && window.count > 0) {
      window.count -= 1;
    }
  }

  private current(key: string): Window | undefined {
    const window = this.windows.get(key);
    return window && window.ends_at > this.now() ? window : undefined;
  }

  private begin(key: string, within_ms: number): Window {
    this.windows.delete(key);
    const oldest = this.windows.size >= this.most_keys ? this.windows.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.windows.delete(oldest);
    }
    const window = { count: 0, ends_at: this.now() + within_ms };
    this.windows.set(key, window);
    return window;
  }
}
