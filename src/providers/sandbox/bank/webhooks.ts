import type { Clock } from "./clock";
import type { Faults } from "./faults";
import type { Ledger } from "./ledger";
import type { BankEvent, EventClosed } from "./records";
import { postWebhook } from "./webhook-post";

/** Where one merchant wants its news. Without a URL nothing is sent. */
export type WebhookTarget = Readonly<{ provider: string; webhook_url?: string; webhook_secret: string }>;

/** Pauses before each further try; after the last one the event is given up. */
const RETRY_AFTER_MS = [500, 1000, 2000, 4000, 8000] as const;
const DEFAULT_DELAY_MS = 5000;
/** An event held back for reordering goes out alone when no other follows it. */
const DEFAULT_REORDER_MS = 2000;
/** How many requests are open at a time; a clock that jumps makes thousands of events at once. */
const IN_FLIGHT_LIMIT = 64;

/** Sends events to the merchants, signed, again when it fails, and as the faults in force spoil it. */
export class Webhooks {
  private readonly targets: ReadonlyMap<string, WebhookTarget>;
  private readonly timers = new Set<NodeJS.Timeout>();
  /** The event held back per provider until the next one has gone out. */
  private readonly held = new Map<string, () => void>();
  private readonly queue: (() => void)[] = [];
  private in_flight = 0;
  private stopped = false;

  constructor(
    targets: readonly WebhookTarget[],
    private readonly faults: Faults,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {
    this.targets = new Map(targets.map((target) => [target.provider, target]));
  }

  /** Begins with what was left over from before the bank was stopped, then follows the ledger. */
  start(): void {
    this.ledger.news
      .list()
      .filter(({ state }) => state === "waiting")
      .forEach(({ event }) => this.dispatch(event));
    this.ledger.onCommit((changes) => {
      for (const change of changes) {
        if (change.kind === "event") {
          this.dispatch(change.value);
        }
      }
    });
  }

  stop(): void {
    this.stopped = true;
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
    this.queue.length = 0;
  }

  private dispatch(event: BankEvent): void {
    const target = this.targets.get(event.provider);
    if (!target?.webhook_url) {
      return this.finish(event, "dropped");
    }
    const send = (): void => void this.deliver(event, target, target.webhook_url ?? "", 0);
    const fault = this.faults.take("webhook", event.provider, "other");
    switch (fault?.fault) {
      case "webhook_drop":
        return this.finish(event, "dropped");
      case "webhook_delay":
        return this.later(fault.value_ms ?? DEFAULT_DELAY_MS, send);
      case "webhook_reorder":
        return this.hold(event.provider, fault.value_ms ?? DEFAULT_REORDER_MS, send);
      case "webhook_duplicate":
        send();
        break;
      case undefined:
        break;
    }
    const release = this.held.get(event.provider);
    this.held.delete(event.provider);
    void this.deliver(event, target, target.webhook_url, 0).then(release);
  }

  private hold(provider: string, wait_ms: number, send: () => void): void {
    this.held.get(provider)?.();
    const once = onlyOnce(send);
    this.held.set(provider, once);
    this.later(wait_ms, once);
  }

  private async deliver(event: BankEvent, target: WebhookTarget, url: string, tries: number): Promise<void> {
    await this.turn();
    const status = await postWebhook(url, target.webhook_secret, event, this.clock.real());
    this.passTurn();
    if (this.stopped) {
      return;
    }
    this.ledger.news.tried(event.id, status);
    if (status !== null && status >= 200 && status < 300) {
      return this.finish(event, "delivered");
    }
    const pause_ms = RETRY_AFTER_MS[tries];
    if (pause_ms === undefined) {
      return this.finish(event, "given_up");
    }
    this.later(pause_ms, () => void this.deliver(event, target, url, tries + 1));
  }

  /** Resolves when one more request may be open. After a stop it never does for those that wait. */
  private async turn(): Promise<void> {
    if (this.in_flight < IN_FLIGHT_LIMIT) {
      this.in_flight += 1;
      return;
    }
    await new Promise<void>((resolve) => this.queue.push(resolve));
  }

  private passTurn(): void {
    const next = this.queue.shift();
    if (next) {
      next();
    } else {
      this.in_flight -= 1;
    }
  }

  private finish({ id }: BankEvent, state: NonNullable<EventClosed["state"]>): void {
    const news = this.ledger.news.find(id);
    if (news?.state === "waiting") {
      const { tries, last_status } = news;
      this.ledger.commit([{ kind: "event_closed", id, state, tries, last_status }], this.clock.now());
    }
  }

  private later(wait_ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, wait_ms);
    this.timers.add(timer);
  }
}

function onlyOnce(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) {
      done = true;
      run();
    }
  };
}
