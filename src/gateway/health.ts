import { CircuitState, circuitBreaker, handleWhen, isBrokenCircuitError, type IBreaker } from "cockatiel";
import { GatewayUnavailable, isServiceFault } from "./errors";

export type Health = "closed" | "half_open" | "open";

/** Five provider faults within a minute open the circuit for a minute, then one call probes. */
export const BREAKER_DEFAULTS: BreakerOptions = { faults: 5, window_ms: 60_000, open_ms: 60_000 };

export type BreakerOptions = Readonly<{ faults: number; window_ms: number; open_ms: number }>;

/**
 * The circuit breaker of one gateway in this process. Only the provider's own faults count: a refused
 * connection, an answer that was lost. A declined card, wrong input or an answer that leaves the outcome open says nothing
 * about the provider's health.
 */
export class GatewayHealth {
  private readonly policy;
  private probe_at = 0;

  constructor(
    private readonly provider_id: string,
    options: BreakerOptions = BREAKER_DEFAULTS,
  ) {
    this.policy = circuitBreaker(handleWhen(isServiceFault), {
      halfOpenAfter: options.open_ms,
      breaker: new FaultWindowBreaker(options.faults, options.window_ms),
    });
    this.policy.onBreak(() => {
      this.probe_at = Date.now() + options.open_ms;
    });
  }

  /** `half_open` once an open circuit would let its probe through, so that the provider is offered again. */
  get state(): Health {
    if (this.policy.state === CircuitState.Closed) {
      return "closed";
    }
    return this.policy.state === CircuitState.HalfOpen || Date.now() >= this.probe_at ? "half_open" : "open";
  }

  /** Runs the call, or throws `GatewayUnavailable` at once while the circuit is open. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.policy.execute(call);
    } catch (error) {
      if (isBrokenCircuitError(error)) {
        throw new GatewayUnavailable(`${this.provider_id} is not asked for now: its last calls failed.`);
      }
      throw error;
    }
  }
}

/** Opens after `limit` faults within the window; a success in between does not wipe them out. */
class FaultWindowBreaker implements IBreaker {
  state: number[] = [];

  constructor(
    private readonly limit: number,
    private readonly window_ms: number,
  ) {}

  success(state: CircuitState): void {
    if (state === CircuitState.HalfOpen) {
      this.state = [];
    }
  }

  failure(state: CircuitState): boolean {
    const now = Date.now();
    this.state = [...this.state.filter((at) => now - at < this.window_ms), now].slice(-this.limit);
    return state === CircuitState.HalfOpen || this.state.length >= this.limit;
  }
}
