import { createHmac } from "node:crypto";
import type { Faults } from "./faults";
import type { Ledger } from "./ledger";
import { toJson, type BankEvent } from "./records";

/** Where one merchant wants its news. Without a URL nothing is sent. */
export type WebhookTarget = Readonly<{ provider: string; webhook_url?: string; webhook_secret: string }>;

export const SIGNATURE_HEADER = "x-sandbox-signature";

/** Pauses before each further try; after the last one the event is given up. */
const RETRY_AFTER_MS = [500, 1000, 2000, 4000, 8000] as const;
const TIMEOUT_MS = 10_000;
const DEFAULT_DELAY_MS = 5000;
/** An event held back for reordering goes out alone when no other follows it. */
const DEFAULT_REORDER_MS = 2000;

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` */
export function signatureOf(secret: string, body: string, now: number): string {
  const t = Math.floor(now / 1000);
  return `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`;
}

/** Sends events to the merchants, signed, again when it fails, and as the faults in force spoil it. */
export class Webhooks {
  private readonly targets: ReadonlyMap<string, WebhookTarget>;
  private readonly timers = new Set<NodeJS.Timeout>();
  /** The event held back per provider until the next one has gone out. */
  private readonly held = new Map<string, () => void>();
  private stopped = false;

  constructor(
    targets: readonly WebhookTarget[],
    private readonly faults: Faults,
    private readonly ledger: Ledger,
    private readonly now: () => number,
  ) {
    this.targets = new Map(targets.map((target) => [target.provider, target]));
  }

  /** Begins with what was left over from before the bank was stopped, then follows the ledger. */
  start(): void {
    [...this.ledger.open_events.values()].forEach((event) => this.dispatch(event));
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
  }

  private dispatch(event: BankEvent): void {
    const target = this.targets.get(event.provider);
    if (!target?.webhook_url) {
      return this.finish(event);
    }
    const send = (): void => void this.deliver(event, target, target.webhook_url ?? "", 0);
    const fault = this.faults.take("webhook", event.provider, "other");
    switch (fault?.fault) {
      case "webhook_drop":
        return this.finish(event);
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
    const delivered = await this.post(event, target, url);
    if (this.stopped) {
      return;
    }
    const pause_ms = RETRY_AFTER_MS[tries];
    if (delivered || pause_ms === undefined) {
      return this.finish(event);
    }
    this.later(pause_ms, () => void this.deliver(event, target, url, tries + 1));
  }

  private async post(event: BankEvent, target: WebhookTarget, url: string): Promise<boolean> {
    const { id, type, provider, reference } = event;
    const body = toJson({
      id,
      type,
      provider,
      reference,
      created_at: new Date(event.created_at).toISOString(),
    });
    try {
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          [SIGNATURE_HEADER]: signatureOf(target.webhook_secret, body, this.now()),
          connection: "close",
        },
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      // Not reachable or too slow: that is what the next try is for.
      return false;
    }
  }

  private finish(event: BankEvent): void {
    if (this.ledger.open_events.has(event.id)) {
      this.ledger.commit([{ kind: "event_closed", id: event.id }], this.now());
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
