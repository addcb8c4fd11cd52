import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import {
  LIVE_STATUSES,
  OPEN_STATUSES,
  isGatewayError,
  messageOf,
  type AttemptRecord,
  type AttemptStatus,
} from "../../gateway";
import type { DueAttempt } from "../../modules/tender/stores/attempt-queue";
import { abandonAttempt, canBeAbandoned } from "./abandon-attempt";
import { isAbandoned } from "../settle/is-abandoned";
import { tenderModule } from "../medusa/load-cart";
import { reportUnreturned, returnReleased } from "../settle/return-money";
import { settleAttempt } from "../settle/settle";
import { workWebhooks } from "../webhooks/work-webhooks";

const UNFINISHED_STATUSES: readonly AttemptStatus[] = [
  ...OPEN_STATUSES,
  ...LIVE_STATUSES,
  "captured",
  "released",
];

/** How many are taken at a time, and how many of them are worked side by side. */
const BATCH = 40;
const SIDE_BY_SIDE = 4;

/** A pass takes nothing new after this long; the rest is for the next one. */
const PASS_MS = 50_000;

/** What became of what was looked at. */
export type Tally = { settled: number; waiting: number; failed: number };

export type ReconcileReport = Readonly<{ webhooks: Tally; operations: Tally; attempts: Tally }>;

/**
 * One pass over everything unfinished: the webhook inbox, calls whose end nobody knows, attempts that wait for news or
 * hold money without an order, released payments, authorizations about to lapse. What is due stands in an index, so
 * that a pass costs what is unfinished, not what is stored. Each task has an equal share of the time that is left, so
 * that none starves the next. Several servers may run it at the same time.
 *
 * @param pass_ms no task takes anything new after this long
 */
export async function reconcile(container: MedusaContainer, pass_ms = PASS_MS): Promise<ReconcileReport> {
  const ends_at = Date.now() + pass_ms;
  const share = (of_tasks: number) => Date.now() + (ends_at - Date.now()) / of_tasks;
  return {
    webhooks: await observed(container, "webhooks", (tally) => checkWebhooks(container, tally, share(3))),
    operations: await observed(container, "operations", (tally) =>
      checkOperations(container, tally, share(2)),
    ),
    attempts: await observed(container, "attempts", (tally) => checkAttempts(container, tally, share(1))),
  };
}

async function observed(
  container: MedusaContainer,
  task: keyof ReconcileReport,
  work: (tally: Tally) => Promise<void>,
): Promise<Tally> {
  const started_at = Date.now();
  const tally: Tally = { settled: 0, waiting: 0, failed: 0 };
  await work(tally);
  const { telemetry } = tenderModule(container);
  telemetry.observeReconcile({ task, ...tally, duration_ms: Date.now() - started_at });
  return tally;
}

async function checkWebhooks(container: MedusaContainer, tally: Tally, until: number): Promise<void> {
  const { done, busy, retrying, dead } = await workWebhooks(container, until);
  Object.assign(tally, { settled: done, waiting: busy + retrying, failed: dead });
}

/** Calls that nobody saw the end of: the server died, or the answer was lost. */
async function checkOperations(container: MedusaContainer, tally: Tally, until: number): Promise<void> {
  const { operations } = tenderModule(container);
  await inBatches(
    until,
    () => operations.takeDue(BATCH),
    async (due) => {
      const { id, attempt_id, last } = due;
      const failure = await attemptTo(container, attempt_id, () => settleAttempt(container, attempt_id));
      const open = await operations.isOpen(id);
      tally[failure ? "failed" : open ? "waiting" : "settled"] += 1;
      if (open && last) {
        await reportUnknown(container, attempt_id, failure);
      }
      await operations.putBack(due);
    },
  );
}

async function checkAttempts(container: MedusaContainer, tally: Tally, until: number): Promise<void> {
  const tender = tenderModule(container);
  await inBatches(
    until,
    () => tender.queue.take(BATCH),
    async (due) => {
      const { id } = due.attempt;
      const failure = await attemptTo(container, id, () => followUp(container, due.attempt));
      const attempt = await tender.findAttempt({ id });
      const unfinished = attempt !== null && isUnfinished(attempt);
      tally[failure ? "failed" : unfinished ? "waiting" : "settled"] += 1;
      if (unfinished && due.last) {
        await reportStuck(container, attempt, due, failure);
      }
      await tender.queue.putBack(id);
    },
  );
}

async function followUp(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  if (attempt.status === "released") {
    await returnReleased(container, attempt);
  } else if (canBeAbandoned(attempt) && isAbandoned(container, attempt)) {
    await abandonAttempt(container, attempt);
  } else {
    await settleAttempt(container, attempt.id);
  }
}

/** True while money may still be on its way, or is held without an order. An open one may be paid at the bank. */
function isUnfinished({ status, order_id }: AttemptRecord): boolean {
  return order_id === null && UNFINISHED_STATUSES.includes(status);
}

async function reportStuck(
  container: MedusaContainer,
  attempt: AttemptRecord,
  { attempt: { status } }: DueAttempt,
  failure: unknown,
): Promise<void> {
  if (status === "released" || attempt.status === "released") {
    await reportUnreturned(container, attempt, failure ?? new Error("somebody else is working on it"));
  } else {
    await reportUnknown(container, attempt.id, failure);
  }
}

/** What stays unknown stays unknown: it is never guessed, and the operator is told. */
async function reportUnknown(
  container: MedusaContainer,
  attempt_id: string,
  failure: unknown,
): Promise<void> {
  const tender = tenderModule(container);
  const attempt = await tender.findAttempt({ id: attempt_id });
  if (attempt) {
    await tender.openFinding({
      kind: "outcome_unknown",
      attempt_id,
      provider_id: attempt.provider_id,
      detail: `It was looked at for as long as its outcome may take, and nobody knows what came of it${failure ? `: ${messageOf(failure)}` : "."}`,
    });
  }
}

/** Runs the work; what goes wrong is logged and returned, so that one attempt does not keep the others waiting. */
async function attemptTo(
  container: MedusaContainer,
  attempt_id: string,
  work: () => Promise<unknown>,
): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    const line = `Attempt ${attempt_id} could not be reconciled yet: ${messageOf(error)}`;
    if (isGatewayError(error)) {
      logger.warn(line);
    } else {
      logger.error(line);
    }
    return error;
  }
}

async function inBatches<T>(
  until: number,
  take: () => Promise<T[]>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  // One batch in any case: whoever came before may have overrun.
  do {
    const batch = await take();
    const queue = [...batch];
    const worker = async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        await work(item);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
    if (batch.length < BATCH) {
      return;
    }
  } while (Date.now() < until);
}
