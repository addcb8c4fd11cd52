import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { LIVE_STATUSES, OPEN_STATUSES, isGatewayError, messageOf, type AttemptRecord } from "../gateway";
import type { DueAttempt } from "../modules/tender/stores/attempt-queue";
import { abandonAttempt } from "./abandon-attempt";
import { tenderModule } from "./load-cart";
import { reportUnreturned, returnReleased } from "./return-money";
import { settleAttempt } from "./settle";
import { isAbandoned } from "./settle-money";
import { workWebhooks } from "./work-webhooks";

/** How many are taken at a time, and how many of them are worked side by side. */
const BATCH = 40;
const SIDE_BY_SIDE = 4;

/** A pass ends after this long; the rest is for the next one. */
const PASS_MS = 50_000;

/** What became of what was looked at. */
export type Tally = { settled: number; waiting: number; failed: number };

export type ReconcileReport = Readonly<{ webhooks: Tally; operations: Tally; attempts: Tally }>;

/**
 * One pass over everything unfinished: the webhook inbox, calls whose end nobody knows, attempts that wait for news or
 * hold money without an order, released payments, authorizations about to lapse. What is due stands in an index, so
 * that a pass costs what is unfinished, not what is stored. Several servers may run it at the same time.
 */
export async function reconcile(container: MedusaContainer): Promise<ReconcileReport> {
  const until = Date.now() + PASS_MS;
  return {
    webhooks: await observed(container, "webhooks", async (tally) => {
      const { done, retrying, dead } = await workWebhooks(container, until);
      Object.assign(tally, { settled: done, waiting: retrying, failed: dead });
    }),
    operations: await observed(container, "operations", (tally) => checkOperations(container, tally, until)),
    attempts: await observed(container, "attempts", (tally) => checkAttempts(container, tally, until)),
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

/** Calls that nobody saw the end of: the server died, or the answer was lost. */
async function checkOperations(container: MedusaContainer, tally: Tally, until: number): Promise<void> {
  const { operations } = tenderModule(container);
  await inBatches(
    until,
    () => operations.takeDue(BATCH),
    async ({ id, attempt_id, last }) => {
      const failure = await attemptTo(container, attempt_id, () => settleAttempt(container, attempt_id));
      const open = await operations.isOpen(id);
      tally[failure ? "failed" : open ? "waiting" : "settled"] += 1;
      if (open && last) {
        await reportUnknown(container, attempt_id, failure);
      }
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
  } else if (OPEN_STATUSES.includes(attempt.status) && isAbandoned(container, attempt)) {
    await abandonAttempt(container, attempt);
  } else {
    await settleAttempt(container, attempt.id);
  }
}

/** True while money may still be on its way, or is held without an order. */
function isUnfinished({ status, order_id }: AttemptRecord): boolean {
  return (
    order_id === null && (status === "captured" || status === "released" || LIVE_STATUSES.includes(status))
  );
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
      detail: `After a week of looking nobody knows what came of it${failure ? `: ${messageOf(failure)}` : "."}`,
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
  while (Date.now() < until) {
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
  }
}
