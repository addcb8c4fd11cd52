import { pause, type Lane } from "./schedule/lane";
import type { Tally } from "./schedule/tally";
import type { Stage } from "./system/stage";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The reconciler's schedule for what stays unfinished is over by then: 1 m, 5 m, 1 h, 1 d five times. */
const UNFINISHED_FOR_MS = 5 * DAY_MS + 3 * 60 * MINUTE_MS;
/** A paid order is looked at once more after a day, for what was done at the bank and never told. */
const AFTERCARE_FOR_MS = DAY_MS + 10 * MINUTE_MS;
/** What is due shortly after is done in the same pass. */
const TOGETHER_MS = 20_000;
const MOST_PASSES = 60;
const NEWS_TIMEOUT_MS = 3_000;

/**
 * Lets news arrive, and time pass from one due moment to the next with the reconciler at work, until nothing is
 * unfinished or its schedule is over.
 *
 * @returns Unix ms by the common clock: every webhook that came before is settled. Later ones may still come, about
 * payments of former schedules, which go on lapsing at the bank.
 */
export async function rest(stage: Stage, lanes: readonly Lane[], tally: Tally): Promise<number> {
  const began_at = stage.now;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    // The bank notices what lapsed meanwhile when it looks at its books, and tells it then.
    await stage.bank.ledger();
    await untilTold(stage);
    await stage.server.reconcile();
    tally.event("passes of the reconciler");
    const told = (await stage.bank.waitingNews()) === 0;
    const rested_at = stage.now;
    const [next] = await dues(stage, lanes, began_at);
    const due = next?.due.getTime();
    if (due === undefined && told) {
      return rested_at;
    }
    if (due !== undefined && due > stage.now) {
      await stage.advanceClock(due - stage.now + TOGETHER_MS);
    }
  }
  throw await restless(stage, lanes, began_at);
}

async function untilTold(stage: Stage): Promise<void> {
  const deadline = Date.now() + NEWS_TIMEOUT_MS;
  while (Date.now() < deadline && (await stage.bank.waitingNews()) > 0) {
    await pause(50);
  }
}

type Due = Readonly<{ what: string; id: string; due: Date }>;

/** What the reconciler has to look at of these schedules, the next first. */
function dues(stage: Stage, lanes: readonly Lane[], began_at: number): Promise<readonly Due[]> {
  return stage.database.rows<Due>(
    `with attempt as (
       select * from tender_payment_attempt where deleted_at is null and created_at >= $1
     )
     select what, id, due from (
       select 'payment ' || status as what, id, next_check_at as due, $3::timestamptz as until from attempt
        where order_id is not null and status in ('authorized', 'captured')
       union all
       select 'payment ' || status, id, next_check_at, $2 from attempt
        where order_id is null or status not in ('authorized', 'captured')
       union all
       select operation.kind, operation.id, operation.next_check_at, $2 from tender_payment_operation operation
         join attempt on attempt.id = operation.attempt_id
       union all
       select 'webhook', id, next_try_at, $2 from tender_payment_webhook_event where provider_id = any($4)
     ) dues where due < until order by due limit 5`,
    [
      new Date(Math.min(...lanes.map(({ began_at: lane_began_at }) => lane_began_at)) - MINUTE_MS),
      new Date(began_at + UNFINISHED_FOR_MS),
      new Date(began_at + AFTERCARE_FOR_MS),
      lanes.flatMap(({ spec }) => spec.providers),
    ],
  );
}

async function restless(stage: Stage, lanes: readonly Lane[], began_at: number): Promise<Error> {
  const waiting = await stage.bank.waitingNews();
  const due = (await dues(stage, lanes, began_at)).map(
    ({ what, id, due: at }) => `${what} ${id}, due at ${at.toISOString()}`,
  );
  return new Error(
    `The reconciler does not come to rest in ${MOST_PASSES} passes. By the common clock it is ` +
      `${new Date(stage.now).toISOString()}; ${waiting} webhooks wait at the bank; due: ${due.join("; ") || "nothing"}.`,
  );
}
