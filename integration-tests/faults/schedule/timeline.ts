/** What happened in one schedule, readable from the top. */
export class Timeline {
  private readonly lines: string[] = [];
  private readonly started_at = performance.now();

  /** Writes a line down, under the milliseconds since the schedule began. */
  note(text: string): void {
    const at = Math.round(performance.now() - this.started_at);
    this.lines.push(`${String(at).padStart(7)} ms  ${text}`);
  }

  get text(): string {
    return this.lines.join("\n");
  }
}
