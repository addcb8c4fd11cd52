import { MedusaError } from "@medusajs/framework/utils";
import type { BigNumberInput } from "@medusajs/framework/types";
import type { AttemptRunner } from "./attempt-runner";
import type { GatewayCaller } from "./gateway-caller";
import type { AttemptRecord, PaymentJournal } from "./journal";
import type { MedusaCradle } from "./medusa-cradle";
import { MoneyMover } from "./money-mover";
import { LOOK_AFTER_MS, type MoneyMove, type RecordedMove } from "./moves";
import type { PaymentSnapshot } from "./outcomes";
import type { PaymentGateway } from "./payment-gateway";

/**
 * The money of attempts once it is approved: what Medusa asks for, and what our workflows do beyond that. One at a
 * time per attempt, so that a lost answer is adopted only once.
 */
export class AttemptMoney {
  private readonly mover: MoneyMover;

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly caller: GatewayCaller,
    private readonly attempts: AttemptRunner,
    private readonly medusa: MedusaCradle,
    private readonly journal: () => PaymentJournal,
  ) {
    this.mover = new MoneyMover(gateway, caller, journal, (kind, attempt) =>
      medusa.recordedMoves(kind, attempt),
    );
  }

  /** Captures the amount of Medusa's capture row, which Medusa does not hand over; all of it without a row. */
  async capture(attempt: AttemptRecord, capture_id: string | undefined): Promise<void> {
    const [amount, mirrored] = capture_id
      ? await Promise.all([
          this.medusa.captureAmount(capture_id, attempt),
          this.medusa.isMirrored("capture", capture_id),
        ])
      : [attempt.amount, false];
    const source_id = capture_id ?? `${attempt.id}:full`;
    await this.journal().lookWithin(attempt.id, LOOK_AFTER_MS);
    await this.oneAtATime(attempt, (current) =>
      this.mover.capture({ attempt: current, amount, source_id, mirrored }),
    );
  }

  /** Refunds exactly that much for Medusa's refund row. */
  async refund(
    attempt: AttemptRecord,
    decimal_amount: BigNumberInput,
    refund_id: string | undefined,
  ): Promise<void> {
    if (!refund_id) {
      throw new MedusaError(
        MedusaError.Types.INVALID_DATA,
        "A refund needs Medusa's refund id as idempotency key.",
      );
    }
    const [amount, mirrored, reason] = await Promise.all([
      this.medusa.moveAmount("refund", refund_id, decimal_amount, attempt),
      this.medusa.isMirrored("refund", refund_id),
      this.medusa.refundReason(refund_id),
    ]);
    await this.journal().lookWithin(attempt.id, LOOK_AFTER_MS);
    await this.oneAtATime(attempt, (current) =>
      this.mover.refund({ attempt: current, amount, source_id: refund_id, mirrored }, reason),
    );
  }

  /**
   * Voids what is not captured.
   *
   * @param payment_id Medusa's; it cancels without one when a second completion could not record the same payment
   * again: the first one's money must stay then
   */
  async cancel(attempt: AttemptRecord, payment_id: string | undefined): Promise<void> {
    if (payment_id || !(await this.medusa.hasPayment(attempt))) {
      await this.oneAtATime(attempt, (current) => this.mover.cancel(current));
    }
  }

  /**
   * Gives back all that an attempt without an order took: refunds what is captured, voids the rest. The caller
   * holds the attempt's claim. True when there was money to give back.
   */
  giveBack(attempt: AttemptRecord): Promise<boolean> {
    return this.mover.giveBack(attempt);
  }

  /** Voids what is not captured of a payment whose order is canceled. False when somebody else is at it. */
  async voidUncaptured(attempt: AttemptRecord): Promise<boolean> {
    const done = await this.attempts.claims.ifFree(attempt.id, async (current) => {
      await this.mover.voidUncaptured(current);
      await this.attempts.observe(current);
      return true;
    });
    return done ?? false;
  }

  /** Closes captures and refunds whose answer was lost by what the gateway reports. Under the attempt's claim. */
  closeLostMoves(attempt: AttemptRecord, snapshot: PaymentSnapshot): Promise<void> {
    return this.mover.closeLost(attempt, snapshot);
  }

  /** The attempt's payment as the gateway reports it now; changes nothing. Throws a `GatewayError` when it cannot tell. */
  async read({ id, gateway_reference }: AttemptRecord): Promise<PaymentSnapshot> {
    if (!gateway_reference) {
      throw new MedusaError(MedusaError.Types.NOT_FOUND, `Attempt ${id} has no payment at its gateway.`);
    }
    return this.caller.read((signal) => this.gateway.retrievePayment(gateway_reference, signal), {
      attempt_id: id,
    });
  }

  /** Medusa's captures or refunds of the attempt's payment; `null` when it has no payment for it. */
  recordedMoves(kind: MoneyMove, attempt: AttemptRecord): Promise<RecordedMove[] | null> {
    return this.medusa.recordedMoves(kind, attempt);
  }

  private async oneAtATime(
    attempt: AttemptRecord,
    work: (attempt: AttemptRecord) => Promise<void>,
  ): Promise<void> {
    const done = await this.attempts.whenFree(attempt.id, async (current) => {
      await work(current);
      return "done" as const;
    });
    if (done !== "done") {
      throw new MedusaError(
        MedusaError.Types.CONFLICT,
        "Another call about this payment is under way. Try again in a minute.",
      );
    }
  }
}
