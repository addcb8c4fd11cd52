import type { AttemptStatus } from "./attempt-states";
import type { GatewayCaller } from "./gateway-caller";
import { unlessGone } from "./gone-payments";
import { holdsMoney } from "./holdings";
import { amountMismatch, approvedTooLate, type StoreMoves } from "./integrity";
import type { AttemptChange, AttemptRecord, PaymentJournal } from "./journal";
import { endUntraced, isDefinite, isLost, isRecent } from "./lost-calls";
import { succeededSum } from "./moves";
import { outcomeOf, type Outcome, type PaymentSnapshot } from "./outcomes";
import type { PaymentGateway } from "./payment-gateway";

/** An attempt after the gateway was read, and what the gateway said; no snapshot where it has no payment. */
export type Observed = Readonly<{ attempt: AttemptRecord; snapshot: PaymentSnapshot | null }>;

/** Where an attempt stands by what the gateway reports. */
export const STATUS_OF_SNAPSHOT: Readonly<Record<PaymentSnapshot["status"], AttemptStatus>> = {
  requires_confirmation: "ready",
  action_required: "action_required",
  pending: "pending",
  authorized: "authorized",
  captured: "captured",
  declined: "declined",
  canceled: "canceled",
};

/** Brings attempts to what their gateway reports; every change of an attempt's status by news is made here. */
export class AttemptNews {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly caller: GatewayCaller,
    private readonly journal: () => PaymentJournal,
  ) {}

  /**
   * Reads the payment and brings the attempt to what it says. Throws a `GatewayError` when it cannot be read.
   * @param payer_is_back from the page they were sent to; one that is still there may agree yet
   */
  async observe(found: AttemptRecord, payer_is_back = false): Promise<Observed> {
    const attempt = found.gateway_reference ? found : await this.withItsPayment(found);
    const reference = attempt.gateway_reference;
    if (!reference) {
      return { attempt, snapshot: null };
    }
    const reading = this.caller.read((signal) => this.gateway.retrievePayment(reference, signal));
    const snapshot = await unlessGone(this.journal(), attempt, reading);
    if (!snapshot) {
      return { attempt: await this.change(attempt, "canceled"), snapshot: null };
    }
    const still_unclear =
      (await this.closeLostAuthorizations(attempt, snapshot)) ||
      saysNothingNew(attempt, snapshot, payer_is_back);
    await this.closeLostVoids(attempt, snapshot);
    return {
      attempt: still_unclear ? attempt : await this.applyOutcome(attempt, outcomeOf(snapshot)),
      snapshot,
    };
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
    const mismatch = amountMismatch(attempt, snapshot, await this.movesOfStore(attempt, snapshot));
    if (mismatch) {
      await this.journal().openFinding(mismatch);
      return this.change(attempt, "unknown", reported);
    }
    if (attempt.status === status) {
      return this.journal().annotateAttempt(attempt.id, reported);
    }
    const changed = await this.change(attempt, status, reported);
    const ended = changed.status === "canceled" || changed.status === "failed";
    if (ended && holdsMoney(snapshot)) {
      await this.journal().openFinding(approvedTooLate(changed, snapshot));
    }
    return changed;
  }

  /** {@link applySnapshot} for what came of a call; a refusal is kept with its reason. */
  async applyOutcome(attempt: AttemptRecord, outcome: Outcome, fingerprint?: string): Promise<AttemptRecord> {
    const { snapshot } = outcome;
    const instrument = fingerprint
      ? { ...snapshot.instrument, fingerprint }
      : instrumentOf(snapshot, attempt);
    if (outcome.type !== "declined") {
      return this.applySnapshot(attempt, snapshot, { decline: null, instrument });
    }
    if (snapshot.status === "canceled") {
      return this.applySnapshot(attempt, snapshot, { instrument });
    }
    return this.change(attempt, "declined", {
      gateway_reference: snapshot.reference,
      decline: outcome.decline,
      next_action: null,
      instrument,
    });
  }

  /** Compare-and-swap; the loser of a race returns what the winner left. */
  async change(
    attempt: AttemptRecord,
    to: AttemptStatus,
    change: AttemptChange = {},
  ): Promise<AttemptRecord> {
    return (await this.journal().changeAttempt(attempt.id, to, change)) ?? (await this.require(attempt.id));
  }

  async require(attempt_id: string): Promise<AttemptRecord> {
    const attempt = await this.journal().findAttempt({ id: attempt_id });
    if (!attempt) {
      throw new Error(`Payment attempt ${attempt_id} is not on record.`);
    }
    return attempt;
  }

  /**
   * For an attempt that knows no payment: the server may have died between the gateway's answer and writing it down.
   * Without one it came to nothing, since making a payment moves no money.
   */
  private async withItsPayment(attempt: AttemptRecord): Promise<AttemptRecord> {
    const creations = await this.journal().listOperations(attempt.id, ["create", "update"]);
    const made = creations.find(
      ({ status, gateway_reference }) => status === "succeeded" && gateway_reference,
    );
    if (made?.gateway_reference && attempt.status === "created") {
      return this.claimPayment(attempt, made.gateway_reference);
    }
    if (creations.some((operation) => isLost(operation) && isRecent(operation))) {
      return attempt;
    }
    await endUntraced(this.journal(), creations.filter(isLost));
    return attempt.status === "created" ? this.change(attempt, "failed") : attempt;
  }

  /** The payment is the attempt's own, or still stands with the released one it was to be taken over from. */
  private async claimPayment(attempt: AttemptRecord, gateway_reference: string): Promise<AttemptRecord> {
    const { provider_id, id } = attempt;
    const holder = await this.journal().findAttempt({ provider_id, gateway_reference });
    if (!holder || holder.id === id) {
      return this.journal().annotateAttempt(id, { gateway_reference });
    }
    return (await this.journal().handOver(holder.id, id, gateway_reference))
      ? this.require(id)
      : this.change(attempt, "failed");
  }

  /**
   * Closes authorizations whose answer was lost. True while nothing can be said yet: the gateway shows no trace, or
   * only an older refusal, and the call may still be under way.
   */
  private async closeLostAuthorizations(attempt: AttemptRecord, snapshot: PaymentSnapshot): Promise<boolean> {
    const tries = await this.journal().listOperations(attempt.id, ["authorize"]);
    const lost = tries.filter(isLost);
    if (lost.length === 0) {
      return false;
    }
    const outcome = outcomeOf(snapshot);
    const refused_before = tries.some(({ status }) => status === "declined");
    const untraced =
      snapshot.status === "requires_confirmation" && (outcome.type !== "declined" || refused_before);
    if (!untraced) {
      await this.end(lost, outcome.type === "declined" ? "declined" : "succeeded", snapshot.reference);
      return false;
    }
    if (lost.some(isRecent)) {
      return true;
    }
    await endUntraced(this.journal(), lost);
    return false;
  }

  private async closeLostVoids(attempt: AttemptRecord, snapshot: PaymentSnapshot): Promise<void> {
    const lost = (await this.journal().listOperations(attempt.id, ["cancel"])).filter(isLost);
    if (lost.length === 0) {
      return;
    }
    const nothing_held = snapshot.status === "canceled" || snapshot.status === "captured";
    if (nothing_held) {
      await this.end(lost, "succeeded", snapshot.reference);
    } else {
      await endUntraced(
        this.journal(),
        lost.filter((operation) => !isRecent(operation)),
      );
    }
  }

  private async end(
    operations: readonly { id: string }[],
    status: "succeeded" | "declined",
    gateway_reference: string,
  ): Promise<void> {
    for (const { id } of operations) {
      await this.journal().endOperation(id, { status, gateway_reference });
    }
  }

  /** Tells what the store's own operations did from what happened at the gateway. */
  private async movesOfStore(
    attempt: AttemptRecord,
    { status, refunded }: PaymentSnapshot,
  ): Promise<StoreMoves> {
    const captures =
      status === "captured" ? await this.journal().listOperations(attempt.id, ["capture"]) : [];
    const refunds =
      refunded.amount_minor > 0n ? await this.journal().listOperations(attempt.id, ["refund"]) : [];
    return {
      captured: attempt.order_id !== null || captures.some((capture) => capture.status !== "failed"),
      // One whose end is not known may have come through, also late, as one that people carry out.
      refunded: succeededSum(
        refunds.map((refund) => (isDefinite(refund) ? refund : { ...refund, status: "succeeded" })),
        refunded.currency,
      ),
    };
  }
}

/**
 * True for a payment that waits to be confirmed and shows no refusal, where that tells nothing: of a refused one, since
 * some services answer a refusal to the call only, and of one whose payer is still on the service's page. What is known
 * stays true until they tell something else.
 */
function saysNothingNew(
  { status: known }: AttemptRecord,
  { status, decline, agreed }: PaymentSnapshot,
  payer_is_back: boolean,
): boolean {
  if (status !== "requires_confirmation" || decline) {
    return false;
  }
  return known === "declined" || (known === "action_required" && !agreed && !payer_is_back);
}

/** The fingerprint we made of a card stands; the gateway's own may differ from provider to provider. */
function instrumentOf(snapshot: PaymentSnapshot, attempt: AttemptRecord): AttemptRecord["instrument"] {
  const fingerprint = attempt.instrument?.fingerprint ?? snapshot.instrument?.fingerprint;
  return snapshot.instrument
    ? { ...snapshot.instrument, ...(fingerprint && { fingerprint }) }
    : attempt.instrument;
}
