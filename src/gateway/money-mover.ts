import { MedusaError } from "@medusajs/framework/utils";
import type { GatewayCaller } from "./gateway-caller";
import { unlessGone } from "./gone-payments";
import { holdsMoney, keptNow } from "./holdings";
import type { AttemptRecord, PaymentJournal } from "./journal";
import { isDefinite, isLost } from "./lost-calls";
import { MoveMaker, type MoveRequest, type RecordedMoves } from "./make-move";
import { showMoney, subtractMoney, type Money } from "./money";
import { MONEY_MOVES, MOVED, closeLostMoves } from "./moves";
import type { PaymentSnapshot } from "./outcomes";
import type { PaymentGateway } from "./payment-gateway";

/**
 * Captures, refunds, voids, and gives back what no order claims. What earlier calls left open is read from the gateway
 * before anything new. The caller holds the attempt's claim.
 */
export class MoneyMover {
  private readonly moves: MoveMaker;

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly caller: GatewayCaller,
    private readonly journal: () => PaymentJournal,
    recorded: RecordedMoves,
  ) {
    this.moves = new MoveMaker(gateway, caller, journal, recorded);
  }

  /** Captures exactly the amount. */
  async capture(request: MoveRequest): Promise<void> {
    const { amount } = request;
    const snapshot = await this.moves.make("capture", request, (reference, call) =>
      this.gateway.capturePayment(reference, amount, call),
    );
    if (snapshot?.status === "captured") {
      await this.journal().changeAttempt(request.attempt.id, "captured");
    }
  }

  /** Refunds exactly the amount. @param reason the code of Medusa's reason, where the operator chose one */
  async refund(request: MoveRequest, reason?: string): Promise<void> {
    const { amount } = request;
    await this.moves.make("refund", request, (reference, call) =>
      this.gateway.refundPayment(reference, amount, reason === undefined ? call : { ...call, reason }),
    );
  }

  /** Voids what is not captured; an attempt that reached no gateway is simply canceled. */
  async cancel(attempt: AttemptRecord): Promise<void> {
    if (attempt.status === "canceled" || attempt.status === "failed") {
      return;
    }
    const left = attempt.gateway_reference
      ? await unlessGone(this.journal(), attempt, this.voidRest(attempt, attempt.gateway_reference))
      : undefined;
    if (left && keptNow(left).amount_minor > 0n) {
      // Captured in the gateway's dashboard before anybody told us: canceling would hide that the money is kept.
      await this.journal().changeAttempt(attempt.id, "captured");
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `The gateway has captured ${showMoney(left.captured)} of this payment. It is put on record within minutes; refund it then.`,
      );
    }
    await this.journal().changeAttempt(attempt.id, "canceled");
  }

  /** Voids what is not captured of a payment whose order is canceled; what is captured stays. */
  async voidUncaptured(attempt: AttemptRecord): Promise<void> {
    await (attempt.gateway_reference && this.voidRest(attempt, attempt.gateway_reference));
  }

  /**
   * Refunds what the gateway has captured and not refunded yet, and voids what is left, whatever the attempt says.
   * True when there was money to give back.
   */
  async giveBack(attempt: AttemptRecord): Promise<boolean> {
    const reference = attempt.gateway_reference;
    if (!reference) {
      await this.cancel(attempt);
      return false;
    }
    const snapshot = await unlessGone(this.journal(), attempt, this.read(reference));
    if (!snapshot) {
      await this.journal().changeAttempt(attempt.id, "canceled");
      return false;
    }
    await this.closeLost(attempt, snapshot);
    const { captured, authorized } = snapshot;
    await this.refundKept(attempt, keptNow(snapshot));
    const holds_more = captured.amount_minor === 0n || authorized.amount_minor > captured.amount_minor;
    const left =
      snapshot.status !== "canceled" && holds_more ? await this.voidRest(attempt, reference) : snapshot;
    const taken_meanwhile = subtractMoney(left.captured, captured);
    await this.refundKept(attempt, taken_meanwhile);
    await this.journal().changeAttempt(attempt.id, "canceled");
    return holdsMoney(snapshot) || taken_meanwhile.amount_minor > 0n;
  }

  private async refundKept(attempt: AttemptRecord, amount: Money): Promise<void> {
    if (amount.amount_minor > 0n) {
      await this.refund({ attempt, amount, source_id: await this.nextReturn(attempt), mirrored: false });
    }
  }

  /** A return that ended is not repeated under its key: it may have come back, and the next one is another. */
  private async nextReturn(attempt: AttemptRecord): Promise<string> {
    const prefix = `${attempt.id}:return:`;
    const refunds = await this.journal().listOperations(attempt.id, ["refund"]);
    const ended = refunds.filter(
      (refund) => refund.source_id?.startsWith(prefix) && isDefinite(refund),
    ).length;
    return `${prefix}${ended}`;
  }

  /** Closes captures and refunds whose answer was lost by what the gateway reports. */
  async closeLost(attempt: AttemptRecord, snapshot: PaymentSnapshot): Promise<void> {
    for (const kind of MONEY_MOVES) {
      const operations = await this.journal().listOperations(attempt.id, [kind]);
      if (operations.some(isLost)) {
        await closeLostMoves(this.journal(), operations, MOVED[kind](snapshot), snapshot.reference);
      }
    }
  }

  private async voidRest(attempt: AttemptRecord, reference: string): Promise<PaymentSnapshot> {
    const moves = await this.journal().listOperations(attempt.id, MONEY_MOVES);
    if (moves.some(isLost)) {
      await this.closeLost(attempt, await this.read(reference));
    }
    const earlier = await this.journal().listOperations(attempt.id, ["cancel"]);
    const definite = earlier.filter(isDefinite).length;
    return this.caller.operate(
      {
        attempt,
        kind: "cancel",
        amount: null,
        idempotency_key: `${attempt.id}:cancel:${definite + 1}`,
        in_doubt: definite < earlier.length,
      },
      (call) => this.gateway.cancelPayment(reference, call),
    );
  }

  private read(reference: string): Promise<PaymentSnapshot> {
    return this.caller.read((signal) => this.gateway.retrievePayment(reference, signal));
  }
}
