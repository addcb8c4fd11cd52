import type { OAuthToken } from "@paypal/paypal-server-sdk";
import {
  GatewayMisconfigured,
  GatewayUnavailable,
  isGatewayError,
  type GatewayError,
} from "../../gateway/errors";
import { Refusal } from "./refusal";

/** For one token, whoever waits for it: one caller's end must not be that of the others. */
const LIMIT_MS = 10_000;
/** A token is given up this long before it lapses, so that none lapses on its way. */
const EARLY_MS = 60_000;
/** Of a token that names no end. PayPal's live nine hours. */
const LIFETIME_MS = 5 * 60_000;

type Kept = Readonly<{ value: string; ends_at: number }>;

/**
 * The access token of one REST app. The SDK's own keeping of it is not used: it hands a token that PayPal has withdrawn
 * out again, and after one failed attempt to get one it fails for ever.
 */
export class AccessToken {
  private kept: Kept | undefined;
  private asking: Promise<string> | undefined;

  constructor(
    /** Asks PayPal for one. */
    private readonly ask: (signal: AbortSignal) => Promise<OAuthToken>,
    private readonly environment: "sandbox" | "live",
  ) {}

  /**
   * A token that is good for now. Callers at the same time share one question to PayPal.
   * @throws GatewayUnavailable or GatewayMisconfigured: without a token, nothing else was sent
   */
  async current(signal: AbortSignal): Promise<string> {
    const { kept } = this;
    if (kept && kept.ends_at > Date.now()) {
      return kept.value;
    }
    this.asking ??= this.renewed().finally(() => {
      this.asking = undefined;
    });
    return inTime(this.asking, signal);
  }

  /** Forgets a token that PayPal no longer takes, unless another has taken its place; any when left out. */
  forget(token?: string): void {
    if (token === undefined || this.kept?.value === token) {
      this.kept = undefined;
    }
  }

  private async renewed(): Promise<string> {
    try {
      const { accessToken: value, expiresIn } = await this.ask(AbortSignal.timeout(LIMIT_MS));
      const lifetime_ms = expiresIn === undefined ? LIFETIME_MS : Number(expiresIn) * 1000;
      this.kept = { value, ends_at: Date.now() + lifetime_ms - EARLY_MS };
      return value;
    } catch (error) {
      throw this.errorOf(error);
    }
  }

  private errorOf(error: unknown): GatewayError {
    const refusal = Refusal.in(error);
    if (refusal && refusal.status < 500 && refusal.status !== 429) {
      const other = this.environment === "sandbox" ? "live" : "sandbox";
      return new GatewayMisconfigured(
        `PayPal does not accept client_id and client_secret in its ${this.environment} environment${refusal.details}. ` +
          `Check both, and that they are not the keys of "${other}" (option environment).`,
      );
    }
    const why = refusal
      ? `PayPal answered ${refusal.status}`
      : isGatewayError(error)
        ? error.message
        : "its answer could not be understood";
    return new GatewayUnavailable(`No access token could be had from PayPal: ${why}`);
  }
}

/** The promise's result, or an error once the signal aborts. */
function inTime<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new GatewayUnavailable("PayPal gave no access token in time."));
    if (signal.aborted) {
      late();
    }
    signal.addEventListener("abort", late, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", late));
  });
}
