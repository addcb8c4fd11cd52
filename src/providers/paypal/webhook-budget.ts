/** How often PayPal is asked at once, and from then on, on behalf of requests that nobody has proved to be its own. */
const BURST = 20;
const EVERY_MS = 1_000;

/**
 * Limits what anonymous requests make the store ask of PayPal. What turns out to be PayPal's own costs nothing. It fills
 * again evenly, so that a flood cannot take a minute's share in its first second: what is PayPal's gets its turn among
 * the forged, and is sent again until then.
 */
export class WebhookBudget {
  private left = BURST;
  private filled_at = Date.now();

  /**
   * What `ask` says, unless too much was asked in vain lately.
   * @param ask throws for what is not PayPal's own
   * @param refuse makes the error for a request that is to be sent again
   */
  async spend<T>(ask: () => Promise<T>, refuse: () => Error): Promise<T> {
    this.refill();
    if (this.left < 1) {
      throw refuse();
    }
    this.left -= 1;
    const answer = await ask();
    this.left = Math.min(this.left + 1, BURST);
    return answer;
  }

  private refill(): void {
    const now = Date.now();
    // A clock that is set back must not keep it empty until then.
    this.filled_at = Math.min(this.filled_at, now);
    const due = Math.floor((now - this.filled_at) / EVERY_MS);
    this.left = Math.min(this.left + due, BURST);
    this.filled_at += due * EVERY_MS;
  }
}
