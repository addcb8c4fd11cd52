import { MedusaError } from "@medusajs/framework/utils";
import { OutcomeUnknown, isGatewayError } from "./errors";
import type { GatewayCaller } from "./gateway-caller";
import type { AttemptRecord, OperationKind, OperationRecord, PaymentJournal } from "./journal";
import { addMoney, moneyToDecimal, sameMoney, subtractMoney, type Money } from "./money";
import type { PaymentSnapshot } from "./outcomes";
import type { CallContext, PaymentGateway } from "./payment-gateway";

/** A call without an answer may still be under way for this long. */
export const LOST_CALL_GRACE_MS = 30_000;

type MoneyMove = Extract<OperationKind, "capture" | "refund">;

/** What the snapshot says was moved so far, per kind of move. */
const MOVED: Readonly<Record<MoneyMove, (snapshot: PaymentSnapshot) => Money>> = {
  capture: (snapshot) => snapshot.captured,
  refund: (snapshot) => snapshot.refunded,
};

/**
 * Captures, refunds and voids. Medusa deletes its capture or refund row when a call fails and comes back
 * with a new idempotency key (medusajs/medusa#16292), so a lost answer would move the money twice: before
 * anything new, what earlier calls left open is read from the gateway.
 */
export class MoneyMover {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly caller: GatewayCaller,
    private readonly journal: () => PaymentJournal,
  ) {}

  /** Captures exactly `amount`. `source_id` is Medusa's capture id. */
  capture(attempt: AttemptRecord, amount: Money, source_id: string): Promise<void> {
    return this.move("capture", attempt, amount, source_id, (reference, call) =>
      this.gateway.capturePayment(reference, amount, call),
    );
  }

  /** Refunds exactly `amount`. `source_id` is Medusa's refund id. */
  refund(attempt: AttemptRecord, amount: Money, source_id: string): Promise<void> {
    return this.move("refund", attempt, amount, source_id, (reference, call) =>
      this.gateway.refundPayment(reference, amount, call),
    );
  }

  /** Voids what is not captured; an attempt that reached no gateway is simply canceled. */
  async cancel(attempt: AttemptRecord): Promise<void> {
    if (attempt.status === "canceled" || attempt.status === "failed") {
      return;
    }
    const reference = attempt.gateway_reference;
    if (reference) {
      const earlier = await this.journal().listOperations(attempt.id, ["cancel"]);
      const definite = earlier.filter((operation) => operation.status === "failed").length;
      await this.caller.operate(
        { attempt, kind: "cancel", amount: null, idempotency_key: `${attempt.id}:cancel:${definite + 1}` },
        (call) => this.gateway.cancelPayment(reference, call),
      );
    }
    await this.journal().changeAttempt(attempt.id, "canceled");
  }

  /** Refunds what the gateway has captured and not refunded yet, and voids what is left. */
  async giveBack(attempt: AttemptRecord): Promise<void> {
    const reference = attempt.gateway_reference;
    if (!reference) {
      return this.cancel(attempt);
    }
    const snapshot = await this.caller.read((signal) => this.gateway.retrievePayment(reference, signal));
    if (snapshot.captured.amount_minor === 0n) {
      return this.cancel(attempt);
    }
    const kept = subtractMoney(snapshot.captured, snapshot.refunded);
    if (kept.amount_minor > 0n) {
      await this.refund(attempt, kept, `${attempt.id}:return`);
    } else {
      await this.closeOpenRefunds(attempt, reference);
    }
    if (snapshot.authorized.amount_minor > snapshot.captured.amount_minor) {
      return this.cancel(attempt);
    }
    await this.journal().changeAttempt(attempt.id, "canceled");
  }

  /** All is refunded, so a refund whose answer was lost went through. */
  private async closeOpenRefunds(attempt: AttemptRecord, reference: string): Promise<void> {
    for (const operation of await this.journal().listOperations(attempt.id, ["refund"])) {
      if (operation.status === "unknown" || operation.status === "started") {
        await this.journal().endOperation(operation.id, {
          status: "succeeded",
          gateway_reference: reference,
        });
      }
    }
  }

  private async move(
    kind: MoneyMove,
    attempt: AttemptRecord,
    amount: Money,
    source_id: string,
    call: (reference: string, context: CallContext) => Promise<PaymentSnapshot>,
  ): Promise<void> {
    const reference = attempt.gateway_reference;
    if (!reference) {
      throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "This payment never reached its gateway.");
    }
    const before = await this.journal().listOperations(attempt.id, [kind]);
    if (before.some((operation) => operation.source_id === source_id && operation.status === "succeeded")) {
      return;
    }
    const lost = await this.settleLostMoves(kind, attempt, reference, amount, before);
    if (lost === "went_through") {
      return;
    }
    const idempotency_key = lost?.idempotency_key ?? `${attempt.id}:${kind}:${source_id}`;
    const snapshot = await this.caller
      .operate({ attempt, kind, amount, idempotency_key, source_id }, (context) => call(reference, context))
      .catch((error: unknown) =>
        this.movedElsewhere(kind, attempt, reference, amount, idempotency_key, error),
      );
    if (kind === "capture" && snapshot.status === "captured") {
      await this.journal().changeAttempt(attempt.id, "captured");
    }
  }

  /**
   * A gateway refuses to move what was moved in its dashboard, or with the authorization, already. When that is
   * exactly this amount beyond what is on record, it is put on record; any other refusal stays one.
   */
  private async movedElsewhere(
    kind: MoneyMove,
    attempt: AttemptRecord,
    reference: string,
    amount: Money,
    idempotency_key: string,
    refusal: unknown,
  ): Promise<PaymentSnapshot> {
    if (!isGatewayError(refusal) || refusal.kind !== "invalid_data") {
      throw refusal;
    }
    const snapshot = await this.caller.read((signal) => this.gateway.retrievePayment(reference, signal));
    const operations = await this.journal().listOperations(attempt.id, [kind]);
    const refused = operations.find((operation) => operation.idempotency_key === idempotency_key);
    const extra = subtractMoney(MOVED[kind](snapshot), recordedSum(operations, amount.currency));
    if (!refused || !sameMoney(extra, amount)) {
      throw refusal;
    }
    await this.journal().endOperation(refused.id, { status: "succeeded", gateway_reference: reference });
    return snapshot;
  }

  /**
   * Settles moves whose answer was lost. `went_through` means exactly this amount was moved already, so that
   * the retry records it instead of moving it again; an operation is one to repeat under its own key.
   */
  private async settleLostMoves(
    kind: MoneyMove,
    attempt: AttemptRecord,
    reference: string,
    amount: Money,
    before: readonly OperationRecord[],
  ): Promise<"went_through" | OperationRecord | undefined> {
    const lost = before.filter(
      (operation) => operation.status === "unknown" || operation.status === "started",
    );
    if (lost.length === 0) {
      return undefined;
    }
    if (lost.some((operation) => operation.status === "started" && isRecent(operation))) {
      // Another worker is making it right now: what the gateway shows may be that one's, and must not count twice.
      throw new MedusaError(
        MedusaError.Types.CONFLICT,
        `Another ${kind} of this payment is under way. Try again in ${LOST_CALL_GRACE_MS / 1000} seconds.`,
      );
    }
    const snapshot = await this.caller.read((signal) => this.gateway.retrievePayment(reference, signal));
    const extra = subtractMoney(MOVED[kind](snapshot), recordedSum(before, amount.currency));
    if (extra.amount_minor === 0n) {
      return this.repeatOrGiveUp(lost, amount);
    }
    const found = lost.find((operation) => operation.amount && sameMoney(operation.amount, extra));
    if (!found) {
      throw new OutcomeUnknown(
        `The gateway reports ${moneyToDecimal(extra)} ${extra.currency} more than recorded for this ${kind}. Try again once it is reconciled.`,
      );
    }
    if (!sameMoney(extra, amount)) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `An earlier ${kind} of ${moneyToDecimal(extra)} ${extra.currency} went through at the gateway although its answer was lost. ` +
          `Repeat the ${kind} with exactly that amount first to record it.`,
      );
    }
    await this.journal().endOperation(found.id, { status: "succeeded", gateway_reference: reference });
    await this.endAll(lost.filter((operation) => operation !== found));
    return "went_through";
  }

  /** The gateway shows no trace: repeat an equal call under its own key, else wait until it cannot be under way. */
  private async repeatOrGiveUp(
    lost: readonly OperationRecord[],
    amount: Money,
  ): Promise<OperationRecord | undefined> {
    const equal = lost.find((operation) => operation.amount && sameMoney(operation.amount, amount));
    if (equal) {
      return equal;
    }
    const recent = lost.find(isRecent);
    if (recent) {
      throw new OutcomeUnknown(
        `An earlier ${recent.kind} has not been answered yet. Try again in ${LOST_CALL_GRACE_MS / 1000} seconds.`,
      );
    }
    await this.endAll(lost);
    return undefined;
  }

  private async endAll(operations: readonly OperationRecord[]): Promise<void> {
    for (const operation of operations) {
      await this.journal().endOperation(operation.id, {
        status: "failed",
        error_message: "The gateway has no trace of it.",
      });
    }
  }
}

function isRecent(operation: OperationRecord): boolean {
  return Date.now() - operation.started_at.getTime() < LOST_CALL_GRACE_MS;
}

function recordedSum(operations: readonly OperationRecord[], currency: string): Money {
  return operations
    .filter((operation) => operation.status === "succeeded")
    .reduce<Money>((sum, { amount }) => (amount ? addMoney(sum, amount) : sum), {
      amount_minor: 0n,
      currency,
    });
}
