import { OPEN_STATUSES, type AttemptStatus } from "./attempt-states";
import { AttemptClaims } from "./claims";
import { GatewayUnavailable, isGatewayError, permitsFallback } from "./errors";
import type { GatewayCaller, Timeouts } from "./gateway-caller";
import type { AttemptChange, AttemptRecord, OpenAttempt, PaymentJournal } from "./journal";
import { amountMismatch, approvedTooLate } from "./integrity";
import type { Money } from "./money";
import { LOST_CALL_GRACE_MS } from "./money-mover";
import { outcomeOf, type Outcome, type PaymentSnapshot } from "./outcomes";
import type { ConfirmPaymentInput, CreatePaymentInput, PaymentGateway } from "./payment-gateway";
import { takeOverReleased } from "./take-over";

/** What placing the order may take beyond the gateway's own time. */
const COMPLETION_ALLOWANCE_MS = 20_000;

export type ConfirmInput = Pick<ConfirmPaymentInput, "data" | "return_url">;

const STATUS_OF_SNAPSHOT: Readonly<Record<PaymentSnapshot["status"], AttemptStatus>> = {
  requires_confirmation: "ready",
  action_required: "action_required",
  pending: "pending",
  authorized: "authorized",
  captured: "captured",
  declined: "declined",
  canceled: "canceled",
};

/**
 * Takes attempts through their life at one gateway. Every change of an attempt comes from what the gateway
 * reports and goes through {@link applySnapshot}.
 */
export class AttemptRunner {
  /** Who works on which attempt. */
  readonly claims: AttemptClaims;

  constructor(
    private readonly provider_id: string,
    private readonly gateway: PaymentGateway,
    private readonly caller: GatewayCaller,
    private readonly journal: () => PaymentJournal,
    private readonly timeouts: Timeouts,
    /** Store-wide fingerprint of the instrument in a shopper's data, if it can be told. */
    private readonly fingerprint: (method: string, data: unknown) => string | undefined,
  ) {
    this.claims = new AttemptClaims(journal);
  }

  /**
   * Opens an attempt and its payment at the gateway, taking over a payment released by an earlier attempt of
   * the same collection where it can be re-priced. Throws `GatewayUnavailable` or `GatewayMisconfigured`
   * when nothing came of it (the attempt then says `failed`).
   */
  async open(
    opening: OpenAttempt,
    input: Omit<CreatePaymentInput, "attempt_id" | "amount" | "method">,
  ): Promise<AttemptRecord> {
    const attempt = await this.journal().openAttempt({ ...opening, provider_id: this.provider_id });
    try {
      const outcome = (await this.takeOver(attempt)) ?? (await this.create(attempt, input));
      return await this.applySnapshot(attempt, outcome.snapshot);
    } catch (error) {
      const current = await this.journal().findAttempt({ id: attempt.id });
      await this.journal().changeAttempt(attempt.id, current?.gateway_reference ? "released" : "failed");
      throw error;
    }
  }

  /**
   * Authorizes the attempt's payment once, however many ask at the same time: one works, the others wait for
   * its answer. The answer is the attempt itself. Throws `InvalidPaymentData` (attempt unchanged) or an
   * error that permits a fallback (attempt `failed` or `released`).
   */
  async confirm(attempt_id: string, input: ConfirmInput): Promise<AttemptRecord> {
    const attempt = await this.require(attempt_id);
    return isSettled(attempt)
      ? attempt
      : this.whenFree(attempt_id, (current) => this.confirmClaimed(current, input), isSettled);
  }

  /** {@link confirm} for whoever holds the attempt's claim. */
  async confirmClaimed(attempt: AttemptRecord, input: ConfirmInput): Promise<AttemptRecord> {
    if (attempt.status === "unknown" || attempt.status === "pending") {
      return this.readIfPossible(attempt, attempt);
    }
    const reference = attempt.gateway_reference;
    if (!OPEN_STATUSES.includes(attempt.status) || !reference) {
      return attempt;
    }
    if (attempt.status === "action_required" && input.data === undefined) {
      // Back from the bank's page: what was decided there stands already, and needs no second call.
      const returned = await this.readIfPossible(attempt, undefined);
      if (!returned) {
        // The shopper may have approved it there: nobody knows until the gateway can be read again.
        return this.change(attempt, "unknown", { next_action: { type: "wait" } });
      }
      if (returned.status !== "action_required") {
        return returned;
      }
    }
    try {
      const idempotency_key = await this.authorizeKey(attempt);
      const outcome = await this.caller.operate(
        { attempt, kind: "authorize", amount: attempt.amount, idempotency_key },
        (call) =>
          this.gateway.confirmPayment(
            reference,
            { ...input, method: attempt.method, amount: attempt.amount },
            call,
          ),
      );
      return await this.applyOutcome(attempt, outcome, this.fingerprint(attempt.method, input.data));
    } catch (error) {
      return this.afterFailedConfirm(attempt, error);
    }
  }

  /** {@link AttemptClaims.whenFree} with the patience a confirm and placing its order may need. */
  whenFree<T>(
    attempt_id: string,
    work: (attempt: AttemptRecord) => Promise<T>,
    enough?: (attempt: AttemptRecord) => boolean,
  ): Promise<T | AttemptRecord> {
    return this.claims.whenFree(attempt_id, this.timeouts.timeout_ms + COMPLETION_ALLOWANCE_MS, work, enough);
  }

  /** {@link refresh}, or `otherwise` when the gateway cannot be read: that says nothing about what was done before. */
  private async readIfPossible<T>(attempt: AttemptRecord, otherwise: T): Promise<AttemptRecord | T> {
    try {
      return await this.refresh(attempt);
    } catch (error) {
      if (isGatewayError(error)) {
        return otherwise;
      }
      throw error;
    }
  }

  /** Changes the amount of an attempt that is not confirmed yet, in place at the gateway. */
  async reprice(attempt: AttemptRecord, amount: Money): Promise<AttemptRecord> {
    const reference = attempt.gateway_reference;
    if (!reference || !this.gateway.capabilities.update_amount || !OPEN_STATUSES.includes(attempt.status)) {
      throw new GatewayUnavailable(
        `${this.provider_id} cannot change the amount of this payment. Start a new one.`,
      );
    }
    const outcome = await this.caller.operate(
      { attempt, kind: "update", amount, idempotency_key: `${attempt.id}:update:${amount.amount_minor}` },
      (call) => this.gateway.updatePayment(reference, amount, call),
    );
    const repriced = await this.journal().annotateAttempt(attempt.id, { amount });
    return this.applySnapshot(repriced, outcome.snapshot);
  }

  /** Reads the payment from the gateway and settles the attempt accordingly. */
  async refresh(attempt: AttemptRecord): Promise<AttemptRecord> {
    if (!attempt.gateway_reference) {
      return attempt;
    }
    const reference = attempt.gateway_reference;
    const snapshot = await this.caller.read((signal) => this.gateway.retrievePayment(reference, signal));
    if (attempt.status === "unknown" && snapshot.status === "requires_confirmation" && !snapshot.decline) {
      return this.settleUntraceable(attempt, snapshot);
    }
    await this.closeUnknown(attempt, snapshot);
    return this.applyOutcome(attempt, outcomeOf(snapshot));
  }

  /**
   * Brings the attempt to what the snapshot says. Amount and currency must be what was asked for: anything
   * else is a finding and leaves the attempt `unknown`, never a success.
   */
  async applySnapshot(
    attempt: AttemptRecord,
    snapshot: PaymentSnapshot,
    change: AttemptChange = {},
  ): Promise<AttemptRecord> {
    const status = STATUS_OF_SNAPSHOT[snapshot.status];
    const reported: AttemptChange = {
      gateway_reference: snapshot.reference,
      next_action: status === "ready" ? { type: "confirm" } : (snapshot.next_action ?? null),
      instrument: instrumentOf(snapshot, attempt),
      client: snapshot.client ?? attempt.client,
      authorization_expires_at: snapshot.authorization_expires_at ?? null,
      ...change,
    };
    const mismatch = amountMismatch(attempt, snapshot, await this.capturedByStore(attempt, snapshot));
    if (mismatch) {
      await this.journal().openFinding(mismatch);
      return this.change(attempt, "unknown", reported);
    }
    if (attempt.status === status) {
      return this.journal().annotateAttempt(attempt.id, reported);
    }
    const changed = await this.change(attempt, status, reported);
    const ended = changed.status === "canceled" || changed.status === "failed";
    if (ended && outcomeOf(snapshot).type === "approved") {
      await this.journal().openFinding(approvedTooLate(changed, snapshot));
    }
    return changed;
  }

  private takeOver(attempt: AttemptRecord): Promise<Outcome | undefined> {
    const { gateway, caller, claims } = this;
    return takeOverReleased(attempt, { gateway, caller, claims, journal: this.journal() });
  }

  private async create(
    attempt: AttemptRecord,
    input: Omit<CreatePaymentInput, "attempt_id" | "amount" | "method">,
  ): Promise<Outcome> {
    return this.caller.operate(
      { attempt, kind: "create", amount: attempt.amount, idempotency_key: `${attempt.id}:create` },
      (call) =>
        this.gateway.createPayment(
          { ...input, attempt_id: attempt.id, method: attempt.method, amount: attempt.amount },
          call,
        ),
    );
  }

  /** The key is reused after an ambiguous end and rotated after a definite one. */
  private async authorizeKey(attempt: AttemptRecord): Promise<string> {
    const tries = await this.journal().listOperations(attempt.id, ["authorize"]);
    const definite = tries.filter((operation) =>
      ["succeeded", "declined", "failed"].includes(operation.status),
    );
    return `${attempt.id}:authorize:${definite.length + 1}`;
  }

  private async applyOutcome(
    attempt: AttemptRecord,
    outcome: Outcome,
    fingerprint?: string,
  ): Promise<AttemptRecord> {
    const { snapshot } = outcome;
    const instrument = fingerprint
      ? { ...snapshot.instrument, fingerprint }
      : instrumentOf(snapshot, attempt);
    if (outcome.type === "declined") {
      return this.change(attempt, "declined", {
        gateway_reference: snapshot.reference,
        decline: outcome.decline,
        next_action: null,
        instrument,
      });
    }
    return this.applySnapshot(attempt, snapshot, { decline: null, instrument });
  }

  private async afterFailedConfirm(attempt: AttemptRecord, error: unknown): Promise<AttemptRecord> {
    if (permitsFallback(error)) {
      await this.change(attempt, attempt.gateway_reference ? "released" : "failed");
      throw error;
    }
    if (isGatewayError(error) && error.kind === "invalid_data") {
      throw error;
    }
    return this.change(attempt, "unknown", { next_action: { type: "wait" } });
  }

  /** The gateway knows nothing of a call whose answer was lost: believed only once the call cannot be under way. */
  private async settleUntraceable(attempt: AttemptRecord, snapshot: PaymentSnapshot): Promise<AttemptRecord> {
    const lost = (await this.journal().listOperations(attempt.id, ["authorize"])).filter(
      (operation) => operation.status === "unknown" || operation.status === "started",
    );
    const settled_before = Date.now() - LOST_CALL_GRACE_MS;
    if (lost.some((operation) => operation.started_at.getTime() > settled_before)) {
      return attempt;
    }
    for (const operation of lost) {
      await this.journal().endOperation(operation.id, {
        status: "failed",
        error_message: "The gateway has no trace of it.",
      });
    }
    return this.applySnapshot(attempt, snapshot);
  }

  private async closeUnknown(attempt: AttemptRecord, snapshot: PaymentSnapshot): Promise<void> {
    if (attempt.status !== "unknown") {
      return;
    }
    const status = outcomeOf(snapshot).type === "declined" ? "declined" : "succeeded";
    for (const operation of await this.journal().listOperations(attempt.id, ["authorize"])) {
      if (operation.status === "unknown" || operation.status === "started") {
        await this.journal().endOperation(operation.id, { status, gateway_reference: snapshot.reference });
      }
    }
  }

  /** Whether what is captured was captured by the store's own operations rather than with the authorization. */
  private async capturedByStore(attempt: AttemptRecord, snapshot: PaymentSnapshot): Promise<boolean> {
    return (
      snapshot.status === "captured" &&
      (await this.journal().listOperations(attempt.id, ["capture"])).some(({ status }) => status !== "failed")
    );
  }

  /** Compare-and-swap; the loser of a race returns what the winner left. */
  private async change(
    attempt: AttemptRecord,
    to: AttemptStatus,
    change: AttemptChange = {},
  ): Promise<AttemptRecord> {
    return (await this.journal().changeAttempt(attempt.id, to, change)) ?? (await this.require(attempt.id));
  }

  private async require(attempt_id: string): Promise<AttemptRecord> {
    const attempt = await this.journal().findAttempt({ id: attempt_id });
    if (!attempt) {
      throw new Error(`Payment attempt ${attempt_id} is not on record.`);
    }
    return attempt;
  }
}

/** The fingerprint we made of a card stands; the gateway's own may differ from provider to provider. */
function instrumentOf(snapshot: PaymentSnapshot, attempt: AttemptRecord): AttemptRecord["instrument"] {
  const fingerprint = attempt.instrument?.fingerprint ?? snapshot.instrument?.fingerprint;
  return snapshot.instrument
    ? { ...snapshot.instrument, ...(fingerprint && { fingerprint }) }
    : attempt.instrument;
}

/** True when confirming again cannot change anything. */
function isSettled(attempt: AttemptRecord): boolean {
  return (
    !OPEN_STATUSES.includes(attempt.status) && attempt.status !== "unknown" && attempt.status !== "pending"
  );
}
