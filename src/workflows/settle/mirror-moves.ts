import { randomUUID } from "node:crypto";
import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils";
import { capturePaymentWorkflowId, refundPaymentWorkflowId } from "@medusajs/medusa/core-flows";
import {
  moneyToDecimal,
  showMoney,
  subtractMoney,
  type AttemptRecord,
  type GatewayPaymentProvider,
  type Money,
  type PaymentSnapshot,
} from "../../gateway";
import { MIRRORED_BY } from "../../gateway/medusa-cradle";
import {
  IN_FLIGHT_MS,
  MONEY_MOVES,
  MOVED,
  isInFlight,
  recordedSum,
  withoutCall,
  type MoneyMove,
  type RecordedMove,
} from "../../gateway/moves";
import type { BegunMoves } from "./begun-moves";
import { watchRefundCredit } from "./watch-refund-credit";
import { endMoves } from "../medusa/end-moves";
import { runCoreWorkflow, type WorkflowFailure } from "../medusa/core-workflow";
import { tenderModule } from "../medusa/load-cart";
import { uncountMove } from "../medusa/order-transactions";
import { findPayment } from "../medusa/payment-record";
import { paymentModule } from "../medusa/payment-session";
import { closePayment, reopenPayment } from "../medusa/reopen-payment";

/** Medusa's own workflow for each move, and how it says who made it. Each adds the order's transaction too. */
const RECORD = {
  capture: { workflow_id: capturePaymentWorkflowId, maker: "captured_by" },
  refund: { workflow_id: refundPaymentWorkflowId, maker: "created_by" },
} as const satisfies Record<MoneyMove, { workflow_id: string; maker: string }>;

/** Medusa's rows of one kind beside what the gateway moved. */
type Side = Readonly<{
  kind: MoneyMove;
  rows: readonly RecordedMove[];
  /** Rows for which no call is known to have gone through. */
  unmade: readonly RecordedMove[];
  /** What the gateway moved beyond the rows; less than nothing where it moved less. */
  missing: Money;
}>;

/**
 * Brings Medusa's captures and refunds to what the gateway moved: what was moved in its dashboard, or by a call whose
 * answer was lost, is put on record once and without another call to the gateway; what Medusa does after a call, and a
 * crash left out, is made up for; a row that a crash left behind although nothing was moved is taken away. What Medusa
 * refuses to record becomes a finding.
 *
 * @param begun nothing that was begun since is in the snapshot
 */
export async function mirrorMoves(
  container: MedusaContainer,
  gateway: GatewayPaymentProvider,
  attempt: AttemptRecord,
  snapshot: PaymentSnapshot,
  begun: BegunMoves,
): Promise<void> {
  const compare = (): Promise<readonly Side[] | null> =>
    compareSides(container, gateway, attempt, snapshot, begun);
  const sides = await compare();
  if (!sides) {
    return;
  }
  await endRecorded(container, attempt, sides);
  if (!sides.every(isEven)) {
    return oneAtATime(container, attempt, async () => makeEven(container, attempt, (await compare()) ?? []));
  }
  await tenderModule(container).closeFinding(
    "ledger_difference",
    attempt.id,
    "Medusa's record and the gateway agree.",
  );
}

/** Longer than a move takes to be put on record; after a crash somebody else goes on. */
const LEASE_MS = 60_000;
const LOOK_AGAIN_MS = 5_000;

/**
 * Medusa's workflows need the attempt's claim, so this is a lease beside it: two of us that record the same would both be
 * counted. Nobody waits for it; whoever comes second has the attempt looked at again.
 */
async function oneAtATime(
  container: MedusaContainer,
  { id }: AttemptRecord,
  work: () => Promise<void>,
): Promise<void> {
  const { attempts, queue } = tenderModule(container);
  const owner = randomUUID();
  if (!(await attempts.claimMirror(id, owner, LEASE_MS))) {
    return queue.hasten(id, LOOK_AGAIN_MS);
  }
  try {
    await work();
  } finally {
    await attempts.releaseMirror(id, owner);
  }
}

const isEven = ({ missing }: Side): boolean => missing.amount_minor === 0n;

/** Null where Medusa has no payment, or where something was begun since the gateway was read. */
async function compareSides(
  container: MedusaContainer,
  gateway: GatewayPaymentProvider,
  attempt: AttemptRecord,
  snapshot: PaymentSnapshot,
  begun: BegunMoves,
): Promise<readonly Side[] | null> {
  const tender = tenderModule(container);
  const sides: Side[] = [];
  for (const kind of MONEY_MOVES) {
    const rows = await gateway.money.recordedMoves(kind, attempt);
    if (!rows) {
      return null;
    }
    const operations = await tender.listOperations(attempt.id, [kind]);
    if (operations.some((operation) => operation.status === "succeeded" && !begun.has(operation))) {
      await tender.queue.hasten(attempt.id, IN_FLIGHT_MS);
      return null;
    }
    const moved = MOVED[kind](snapshot);
    const missing = subtractMoney(moved, recordedSum(rows, moved.currency));
    sides.push({ kind, rows, missing, unmade: withoutCall(rows, operations) });
  }
  return sides;
}

async function makeEven(
  container: MedusaContainer,
  attempt: AttemptRecord,
  sides: readonly Side[],
): Promise<void> {
  for (const { kind, unmade, missing } of sides.filter((side) => !isEven(side))) {
    if (unmade.some(isInFlight)) {
      await tenderModule(container).queue.hasten(attempt.id, IN_FLIGHT_MS);
    } else if (missing.amount_minor > 0n) {
      await record(container, kind, attempt, missing);
    } else {
      const surplus = { ...missing, amount_minor: -missing.amount_minor };
      await removeUnmade(container, kind, attempt, unmade, surplus);
    }
  }
}

/** Ends in Medusa what stands for money that was moved, once Medusa cannot be at it itself any more. */
async function endRecorded(
  container: MedusaContainer,
  attempt: AttemptRecord,
  sides: readonly Side[],
): Promise<void> {
  const { order_id, payment_session_id, amount } = attempt;
  if (!order_id || !payment_session_id) {
    return;
  }
  const over = sides.flatMap(({ rows, unmade, missing }) =>
    rows.filter((row) => !isInFlight(row) && (missing.amount_minor === 0n || !unmade.includes(row))),
  );
  const ids = new Set(over.map(({ id }) => id));
  const left = await endMoves(container, order_id, payment_session_id, (id) => ids.has(id));
  const rows = sides.flatMap((side) => side.rows);
  if (rows.some((row) => left.includes(row.id) && (ids.has(row.id) || isInFlight(row)))) {
    await tenderModule(container).queue.hasten(attempt.id, IN_FLIGHT_MS);
  }
  const refunds = sides.find(({ kind }) => kind === "refund")?.rows ?? [];
  const ended = refunds.filter(({ id }) => ids.has(id) && !left.includes(id));
  await watchRefundCredit(container, attempt, ended);
  const captures = sides.find(({ kind }) => kind === "capture")?.rows ?? [];
  if (recordedSum(captures, amount.currency).amount_minor < amount.amount_minor) {
    await reopenPayment(container, { payment_session_id });
  } else if (captures.every(({ id }) => ids.has(id))) {
    await closePayment(container, payment_session_id);
  }
}

async function record(
  container: MedusaContainer,
  kind: MoneyMove,
  attempt: AttemptRecord,
  amount: Money,
): Promise<void> {
  const payment = await findPayment(container, attempt);
  if (!payment) {
    return;
  }
  const { workflow_id, maker } = RECORD[kind];
  const failure = await runCoreWorkflow(container, workflow_id, {
    payment_id: payment.id,
    amount: moneyToDecimal(amount),
    [maker]: MIRRORED_BY,
  });
  // Medusa may have counted, with this move, one of somebody else that fails yet.
  if (!failure || !isRefusal(failure)) {
    await tenderModule(container).queue.hasten(attempt.id, IN_FLIGHT_MS);
  }
  if (!failure) {
    return;
  }
  if (!isPassing(failure)) {
    await reportDifference(
      container,
      attempt,
      `The gateway shows a ${kind} of ${showMoney(amount)} that Medusa did not record: ${failure.message}`,
    );
  }
}

/** Medusa says no, and will say so again. */
function isRefusal({ type, kind }: WorkflowFailure): boolean {
  if (kind === "unknown") {
    return false;
  }
  return type === MedusaError.Types.NOT_ALLOWED || type === MedusaError.Types.INVALID_DATA;
}

/** Somebody else records it or moves money just now, or the gateway could not be read: no news for the operator. */
function isPassing({ type, kind }: WorkflowFailure): boolean {
  return type === MedusaError.Types.CONFLICT || kind === "unavailable" || kind === "unknown";
}

async function removeUnmade(
  container: MedusaContainer,
  kind: MoneyMove,
  attempt: AttemptRecord,
  unmade: readonly RecordedMove[],
  surplus: Money,
): Promise<void> {
  const [row] = unmade.filter(({ amount }) => amount.amount_minor <= surplus.amount_minor);
  if (!row) {
    return reportDifference(
      container,
      attempt,
      `Medusa has ${kind}s of ${showMoney(surplus)} more on record than the gateway made.`,
    );
  }
  const payment = paymentModule(container);
  await (attempt.order_id && uncountMove(container, attempt.order_id, row.id));
  await (kind === "capture" ? payment.deleteCaptures([row.id]) : payment.deleteRefunds([row.id]));
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  logger.warn(
    `The ${kind} ${row.id} of ${showMoney(row.amount)} was removed: the server stopped before the gateway was asked.`,
  );
  await tenderModule(container).queue.hasten(attempt.id, 0);
}

function reportDifference(container: MedusaContainer, attempt: AttemptRecord, detail: string): Promise<void> {
  const { id: attempt_id, provider_id } = attempt;
  return tenderModule(container).openFinding({ kind: "ledger_difference", attempt_id, provider_id, detail });
}
