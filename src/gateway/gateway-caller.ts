import { OutcomeUnknown, isGatewayError, permitsFallback, withoutMoney, type GatewayError } from "./errors";
import type { GatewayHealth } from "./health";
import type { AttemptRecord, PaymentJournal } from "./journal";
import type { Money } from "./money";
import type { OperationKind } from "./operations";
import type { Outcome, PaymentSnapshot } from "./outcomes";
import type { CallContext } from "./payment-gateway";
import {
  endOf,
  inSpan,
  type CallEnd,
  type CallSubject,
  type GatewayCallObserved,
  type ReadKind,
} from "./telemetry";

/** How long a gateway may take. */
export type Timeouts = Readonly<{
  /** Calls that cannot move money: connect, create, update, read. */
  connect_timeout_ms: number;
  /** Calls that move money: authorize, capture, refund, cancel. */
  timeout_ms: number;
}>;

export const TIMEOUT_DEFAULTS: Timeouts = { connect_timeout_ms: 2_000, timeout_ms: 15_000 };

/** Kinds of operation that cannot move money, so that no answer means no money. */
const MONEY_FREE: readonly OperationKind[] = ["create", "update"];

/** How long an aborted call may take to say what it knows. */
const ABORT_GRACE_MS = 50;

export type OperationRequest = Readonly<{
  attempt: AttemptRecord;
  kind: OperationKind;
  amount: Money | null;
  idempotency_key: string;
  source_id?: string;
  /** A call before it, perhaps under the same key, has no known end: that this one was not made says nothing about it. */
  in_doubt?: boolean;
}>;

/** What a call that only reads is about; for the logs. */
export type ReadSubject = Readonly<{ kind?: ReadKind; attempt_id?: string }>;

/**
 * Makes the calls of one gateway: each is written down before it is made and closed after, runs behind the
 * circuit breaker, is given up when its time is over, and is told to `observe`.
 */
export class GatewayCaller {
  constructor(
    private readonly provider_id: string,
    private readonly journal: () => PaymentJournal,
    private readonly health: GatewayHealth,
    private readonly timeouts: Timeouts,
    /** Must not throw: logs and metrics never cost a payment. */
    private readonly observe: (event: GatewayCallObserved) => void,
  ) {}

  /**
   * One money-moving (or payment-making) operation. Throws a `GatewayError`; anything else that a gateway
   * throws is taken for an unknown outcome, never for a failure.
   */
  async operate<T extends Outcome | PaymentSnapshot>(
    request: OperationRequest,
    call: (context: CallContext) => Promise<T>,
  ): Promise<T> {
    const { attempt, kind, amount, idempotency_key, source_id, in_doubt = false } = request;
    const operation = await this.journal().beginOperation({
      attempt_id: attempt.id,
      kind,
      amount,
      idempotency_key,
      source_id,
    });
    try {
      const moves_money = !MONEY_FREE.includes(kind);
      const result = await this.observed(
        { provider_id: this.provider_id, attempt_id: attempt.id, kind },
        moves_money ? this.timeouts.timeout_ms : this.timeouts.connect_timeout_ms,
        (signal) => call({ idempotency_key, signal }),
        endOf,
      );
      await this.journal().endOperation(operation.id, {
        status: "type" in result && result.type === "declined" ? "declined" : "succeeded",
        gateway_reference: "type" in result ? result.snapshot.reference : result.reference,
      });
      return result;
    } catch (error) {
      const failure = in_doubt ? stillInDoubt(asGatewayError(error)) : asGatewayError(error);
      const nothing_happened = permitsFallback(failure) || failure.kind === "invalid_data";
      await this.journal().endOperation(operation.id, {
        status: nothing_happened ? "failed" : "unknown",
        error_kind: failure.kind,
        error_message: failure.message,
      });
      throw MONEY_FREE.includes(kind) ? withoutMoney(failure) : failure;
    }
  }

  /** A call that only reads, or that makes no payment. */
  read<T>(call: (signal: AbortSignal) => Promise<T>, about: ReadSubject = {}): Promise<T> {
    return this.observed(
      { provider_id: this.provider_id, kind: "retrieve", ...about },
      this.timeouts.connect_timeout_ms,
      call,
      () => ({ outcome: "succeeded" }),
    );
  }

  /** Makes the call in a span and tells how it ended and how long it took. */
  private observed<T>(
    subject: CallSubject,
    limit_ms: number,
    call: (signal: AbortSignal) => Promise<T>,
    describe: (result: T) => CallEnd,
  ): Promise<T> {
    return inSpan(subject, async (ended) => {
      const begun_at = performance.now();
      const tell = (end: CallEnd) => {
        ended(end);
        this.observe({ ...subject, ...end, duration_ms: Math.round(performance.now() - begun_at) });
      };
      let asked = false;
      const result = await this.timed(limit_ms, (signal) => {
        asked = true;
        return call(signal);
      }).catch((error: unknown) => {
        tell({ outcome: asked ? asGatewayError(error).kind : "circuit_open" });
        throw error;
      });
      tell(describe(result));
      return result;
    });
  }

  private timed<T>(limit_ms: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.health.run(async () => {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), limit_ms);
      const overdue = new Promise<never>((_, reject) => {
        // The aborted call goes first: it may know that it was never sent.
        abort.signal.addEventListener("abort", () =>
          setTimeout(
            () => reject(new OutcomeUnknown(`The gateway did not answer within ${limit_ms} ms.`)),
            ABORT_GRACE_MS,
          ),
        );
      });
      try {
        return await Promise.race([call(abort.signal), overdue]);
      } catch (error) {
        throw asGatewayError(error);
      } finally {
        clearTimeout(timer);
      }
    });
  }
}

/** A repeat that did not reach the service leaves open what the call before it did. */
function stillInDoubt(failure: GatewayError): GatewayError {
  return permitsFallback(failure)
    ? new OutcomeUnknown(`What came of an earlier call is not known yet: ${failure.message}`, {
        cause: failure,
      })
    : failure;
}

function asGatewayError(error: unknown): GatewayError {
  return isGatewayError(error)
    ? error
    : new OutcomeUnknown("The gateway's answer could not be understood.", { cause: error });
}
