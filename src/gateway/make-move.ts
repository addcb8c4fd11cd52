import { MedusaError } from "@medusajs/framework/utils";
import { OutcomeUndecided, isGatewayError } from "./errors";
import type { GatewayCaller } from "./gateway-caller";
import type { AttemptRecord, PaymentJournal } from "./journal";
import type { OperationRecord } from "./operations";
import { ASKED_AGAIN_MS, LOST_CALL_GRACE_MS, isDefinite, isLost, isRecent, isUntraced } from "./lost-calls";
import { sameMoney, showMoney, subtractMoney, type Money } from "./money";
import {
  MOVED,
  ageOf,
  closeLostMoves,
  isOf,
  partsOf,
  recordedSum,
  succeededSum,
  withoutWaiting,
  type MoneyMove,
  type RecordedMove,
} from "./moves";
import type { PaymentSnapshot } from "./outcomes";
import type { CallContext, PaymentGateway } from "./payment-gateway";

/** Medusa's capture or refund that a move is made for. */
export type MoveRequest = Readonly<{
  attempt: AttemptRecord;
  amount: Money;
  /** Medusa's id of the capture or refund. */
  source_id: string;
  /** True when it records what was moved already, in the gateway's dashboard for example: nothing is called then. */
  mirrored: boolean;
}>;

/** Medusa's captures or refunds of an attempt's payment; `null` where Medusa has no payment for it. */
export type RecordedMoves = (kind: MoneyMove, attempt: AttemptRecord) => Promise<RecordedMove[] | null>;

/**
 * Makes one capture or refund, once. Medusa deletes its capture or refund row when a call fails and comes back with a
 * new idempotency key (medusajs/medusa#16292), so a lost answer would move the money twice: before anything new, what
 * earlier calls left open, and what was moved without Medusa's knowing, is read from the gateway.
 *
 * The caller holds the attempt's claim.
 */
export class MoveMaker {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly caller: GatewayCaller,
    private readonly journal: () => PaymentJournal,
    private readonly recorded: RecordedMoves,
  ) {}

  /** The payment after the move; undefined when the gateway had moved it before. */
  async make(
    kind: MoneyMove,
    request: MoveRequest,
    call: (reference: string, context: CallContext) => Promise<PaymentSnapshot>,
  ): Promise<PaymentSnapshot | undefined> {
    const { attempt, amount, source_id } = request;
    const reference = attempt.gateway_reference;
    if (!reference) {
      throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "This payment never reached its gateway.");
    }
    const before = await this.journal().listOperations(attempt.id, [kind]);
    if (before.some((operation) => operation.source_id === source_id && operation.status === "succeeded")) {
      return undefined;
    }
    const repeated = await this.settleLost(kind, request, reference, before);
    const rows = await this.recorded(kind, attempt);
    if (rows) {
      await this.refuseRepeat(kind, request, rows);
    }
    const unrecorded = rows && (await this.unrecorded(kind, request, reference, rows));
    if (unrecorded) {
      await this.adopt(kind, request, unrecorded);
      return unrecorded;
    }
    const idempotency_key = repeated?.idempotency_key ?? `${attempt.id}:${kind}:${source_id}`;
    return this.caller
      .operate(
        { attempt, kind, amount, idempotency_key, source_id, in_doubt: repeated !== undefined },
        (context) => call(reference, context),
      )
      .catch((refusal: unknown) => this.movedElsewhere(kind, request, reference, refusal));
  }

  /**
   * Settles moves whose answer was lost before another is made. Returns one to repeat under its own key: the same
   * amount, of which the gateway shows no trace, however long ago; should it arrive after all, it is made once. Throws
   * while another may still be under way.
   */
  private async settleLost(
    kind: MoneyMove,
    { attempt, amount }: MoveRequest,
    reference: string,
    before: readonly OperationRecord[],
  ): Promise<OperationRecord | undefined> {
    const untraced = (operations: readonly OperationRecord[]) =>
      operations.find((operation) => isUntraced(operation) && isOf(amount, operation));
    const lost = before.filter(isLost);
    if (lost.length === 0) {
      return untraced(before);
    }
    if (lost.some((operation) => operation.status === "started" && isRecent(operation))) {
      // Another worker may be making it right now: what the gateway shows may be that one's.
      throw underWay(kind);
    }
    const snapshot = await this.read(reference);
    const known = succeededSum(before, amount.currency);
    const equal = lost.find((operation) => isOf(amount, operation));
    if (equal && sameMoney(MOVED[kind](snapshot), known)) {
      return equal;
    }
    const open = await closeLostMoves(this.journal(), before, MOVED[kind](snapshot), reference);
    if (open.length > 0) {
      throw new OutcomeUndecided(
        `An earlier ${kind} has not been answered yet. Try again in ${LOST_CALL_GRACE_MS / 1000} seconds.`,
      );
    }
    // A service may have made a part of it, and finishes it under its own key only.
    return untraced(await this.journal().listOperations(attempt.id, [kind]));
  }

  /**
   * Refuses, for a while, a move of the amount of one whose answer was lost and that is on record since: by itself, with
   * what was moved in the dashboard, or because the server stopped before Medusa could take its row away. Whoever was
   * told that it failed may not have seen that, and is asking for it once more.
   */
  private async refuseRepeat(
    kind: MoneyMove,
    { attempt, amount, source_id, mirrored }: MoveRequest,
    rows: readonly RecordedMove[],
  ): Promise<void> {
    if (mirrored || !rows.some(({ id }) => id === source_id)) {
      return;
    }
    const equal = (await this.journal().listOperations(attempt.id, [kind])).filter(
      (operation) =>
        operation.status === "succeeded" && operation.source_id !== source_id && isOf(amount, operation),
    );
    const found_ages = equal.flatMap((operation) => {
      const row = rows.find(({ id }) => id === operation.source_id);
      return row ? foundAges(row, operation) : [];
    });
    const age_ms = Math.min(...found_ages);
    if (age_ms < ASKED_AGAIN_MS) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `A ${kind} of ${showMoney(amount)} whose answer was lost did go through, and has just been put on record. ` +
          `If you want another one of the same amount, ask for it in ${Math.ceil((ASKED_AGAIN_MS - age_ms) / 1000)} seconds.`,
      );
    }
  }

  /**
   * The payment, when the gateway has moved exactly this amount beyond what Medusa has on record: in its dashboard, or
   * for a call whose answer was lost. Then it is put on record instead of being moved again. Another amount has to be
   * put on record first. Rows that wait for their own call, or to be put on record, stand for nothing yet. The gateway is
   * asked where the books differ, and where an earlier call left no trace: it may have come through since, or in part.
   */
  private async unrecorded(
    kind: MoneyMove,
    { attempt, amount, source_id, mirrored }: MoveRequest,
    reference: string,
    rows: readonly RecordedMove[],
  ): Promise<PaymentSnapshot | undefined> {
    const operations = await this.journal().listOperations(attempt.id, [kind]);
    const others = recordedSum(withoutWaiting(rows, operations), amount.currency, source_id);
    if (
      !mirrored &&
      operations.every(isDefinite) &&
      sameMoney(others, succeededSum(operations, amount.currency))
    ) {
      return undefined;
    }
    const snapshot = await this.read(reference);
    const extra = subtractMoney(MOVED[kind](snapshot), others);
    if (extra.amount_minor > 0n && sameMoney(extra, amount)) {
      return snapshot;
    }
    if (mirrored) {
      throw new MedusaError(
        MedusaError.Types.CONFLICT,
        `The gateway has no ${kind} of ${showMoney(amount)} that Medusa does not know.`,
      );
    }
    if (extra.amount_minor > 0n) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `The gateway shows a ${kind} of ${showMoney(extra)} that is not on record here yet: its answer was lost, or it was ` +
          `made in the gateway's dashboard. It is put on record within minutes; look again before the next ${kind}.`,
      );
    }
    return undefined;
  }

  /**
   * A gateway refuses to move what was moved in its dashboard, or with the authorization, already. When that is
   * exactly this amount beyond what is on record, it is put on record; any other refusal stays one.
   */
  private async movedElsewhere(
    kind: MoneyMove,
    request: MoveRequest,
    reference: string,
    refusal: unknown,
  ): Promise<PaymentSnapshot> {
    if (!isGatewayError(refusal) || refusal.kind !== "invalid_data") {
      throw refusal;
    }
    const { attempt, amount, source_id } = request;
    const snapshot = await this.read(reference);
    const rows = await this.recorded(kind, attempt);
    const operations = await this.journal().listOperations(attempt.id, [kind]);
    const known = rows
      ? recordedSum(withoutWaiting(rows, operations), amount.currency, source_id)
      : succeededSum(operations, amount.currency);
    if (!sameMoney(subtractMoney(MOVED[kind](snapshot), known), amount)) {
      throw refusal;
    }
    await this.adopt(kind, request, snapshot);
    return snapshot;
  }

  /**
   * Puts a move on record that the gateway made already, under Medusa's capture or refund for it. Calls of ours that
   * went through and that nothing stands for are part of it; the rest was moved without us.
   */
  private async adopt(kind: MoneyMove, request: MoveRequest, snapshot: PaymentSnapshot): Promise<void> {
    const { attempt, amount, source_id } = request;
    const journal = this.journal();
    const end = { status: "succeeded", gateway_reference: snapshot.reference, source_id } as const;
    const rows = (await this.recorded(kind, attempt)) ?? [];
    const operations = await journal.listOperations(attempt.id, [kind]);
    const { parts, rest } = partsOf(amount, unclaimedBy(rows, operations));
    for (const { id } of parts) {
      await journal.endOperation(id, end);
    }
    if (rest.amount_minor === 0n) {
      return;
    }
    // It may have been carried out late: its key must not be used for another move.
    const late = operations.find((operation) => isUntraced(operation) && isOf(rest, operation));
    const { id } =
      late ??
      (await journal.beginOperation({
        attempt_id: attempt.id,
        kind,
        amount: rest,
        idempotency_key: `${attempt.id}:${kind}:${source_id}`,
        source_id,
      }));
    await journal.endOperation(id, end);
  }

  private read(reference: string): Promise<PaymentSnapshot> {
    return this.caller.read((signal) => this.gateway.retrievePayment(reference, signal));
  }
}

/**
 * Milliseconds since a call whose answer was lost was found to stand for the row: since Medusa's record of what nobody
 * asked for was made, or since its end was read from the gateway. None of a call that was answered.
 */
function foundAges(
  row: RecordedMove,
  { idempotency_key, error_kind, finished_at }: OperationRecord,
): number[] {
  const put_on_record = row.mirrored && !idempotency_key.endsWith(`:${row.id}`);
  const read_later = error_kind === "unknown" && finished_at !== null;
  return [
    ...(put_on_record ? [ageOf(row)] : []),
    ...(read_later ? [Date.now() - finished_at.getTime()] : []),
  ];
}

/** The operations that went through without a row of Medusa's. */
function unclaimedBy(
  rows: readonly RecordedMove[],
  operations: readonly OperationRecord[],
): OperationRecord[] {
  const ids = new Set(rows.map(({ id }) => id));
  return operations.filter(({ status, source_id }) => status === "succeeded" && !ids.has(source_id ?? ""));
}

function underWay(kind: MoneyMove): MedusaError {
  return new MedusaError(
    MedusaError.Types.CONFLICT,
    `Another ${kind} of this payment is under way. Try again in ${LOST_CALL_GRACE_MS / 1000} seconds.`,
  );
}
