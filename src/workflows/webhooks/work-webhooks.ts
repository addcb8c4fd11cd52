import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { messageOf } from "../../gateway";
import type { TenderModuleService } from "../../modules/tender";
import {
  WEBHOOK_BUSY_MS,
  isLastTry,
  type StoredWebhookEvent,
} from "../../modules/tender/stores/webhook-event-store";
import { tenderModule } from "../medusa/load-cart";
import { settleNews } from "../settle/settle";
import { adoptPayment } from "./adopt-payment";

/** How many events one server works at a time: placing orders is heavy, and shoppers come first. */
const WORKERS = 4;

/** An event about a payment nobody here knows may only be early: its answer is still on the way. */
const TRIES_FOR_UNKNOWN_PAYMENT = 3;

/** A timer may be a moment early, and what is not due is not taken. */
const TIMER_SLACK_MS = 50;

/** What became of the events of one run. `busy`: put off for a moment, since somebody else works on the payment. */
export type WorkedWebhooks = { done: number; busy: number; retrying: number; dead: number };

type Pump = { workers: number; wakeups: number };

/** One pump for each tender module, that is for each server. */
const PUMPS = new WeakMap<TenderModuleService, Pump>();

/** Works what is due in the inbox, in the background. */
export function workWebhooksSoon(container: MedusaContainer): void {
  const pump = pumpOf(container);
  pump.wakeups += 1;
  if (pump.workers < WORKERS) {
    pump.workers += 1;
    void drainInBackground(container, pump);
  }
}

/** Works everything that is due in the inbox and says what became of it; stops after the time is over. */
export async function workWebhooks(
  container: MedusaContainer,
  until: number = Number.POSITIVE_INFINITY,
): Promise<WorkedWebhooks> {
  const worked = noneYet();
  await Promise.all(Array.from({ length: WORKERS }, () => drain(container, worked, until)));
  return worked;
}

/**
 * Works one event that was taken. Whatever goes wrong is kept with it and tried again, less and less often. Nobody waits
 * for whoever works on the payment: a confirm whose bank hangs would hold up the inbox.
 */
export async function workWebhook(
  container: MedusaContainer,
  event: StoredWebhookEvent,
): Promise<keyof WorkedWebhooks> {
  const started_at = Date.now();
  const outcome = await tryEvent(container, event);
  if (outcome !== "busy") {
    const { provider_id, type } = event;
    const duration_ms = Date.now() - started_at;
    tenderModule(container).telemetry.observeWebhook({ provider_id, type, outcome, duration_ms });
  }
  return outcome;
}

async function tryEvent(
  container: MedusaContainer,
  event: StoredWebhookEvent,
): Promise<keyof WorkedWebhooks> {
  const tender = tenderModule(container);
  try {
    const applied = await applyEvent(container, event);
    if (applied === BUSY) {
      if (await tender.webhooks.postpone(event)) {
        wakeWhenDue(container);
        return "busy";
      }
      throw new Error("Somebody else has been working on the payment all the while.");
    }
    await tender.webhooks.finish(event.id, applied);
    if (event.status !== "received") {
      await tender.closeFinding("webhook_dead", event.id, "It was worked in the end.");
    }
    return "done";
  } catch (error) {
    const dead = isLastTry(event);
    if (dead) {
      // First the finding: should this server die in between, the event is still due.
      await reportDead(container, event, messageOf(error));
    }
    await tender.webhooks.retry(event, messageOf(error));
    return dead ? "dead" : "retrying";
  }
}

const BUSY = Symbol("somebody else works on the payment");

/** Looks at the payment the event speaks of. Returns why there was nothing to do, if so. */
async function applyEvent(
  container: MedusaContainer,
  { provider_id, reference, tries }: StoredWebhookEvent,
): Promise<string | null | typeof BUSY> {
  if (reference === null) {
    return "It is about no payment.";
  }
  const attempt =
    (await tenderModule(container).findAttempt({ provider_id, gateway_reference: reference })) ??
    (await adoptPayment(container, provider_id, reference));
  if (attempt) {
    return (await settleNews(container, attempt.id)) ? null : BUSY;
  }
  if (tries < TRIES_FOR_UNKNOWN_PAYMENT) {
    throw new Error("No payment attempt has this payment yet.");
  }
  return "It is about a payment that was not made here.";
}

/** The sweep would find what was put off a minute later; a shopper may be waiting for it. */
function wakeWhenDue(container: MedusaContainer): void {
  setTimeout(() => workWebhooksSoon(container), WEBHOOK_BUSY_MS.look_again + TIMER_SLACK_MS).unref();
}

async function drainInBackground(container: MedusaContainer, pump: Pump): Promise<void> {
  const worked = noneYet();
  let seen: number;
  try {
    do {
      seen = pump.wakeups;
      await drain(container, worked, Number.POSITIVE_INFINITY);
    } while (seen !== pump.wakeups);
  } catch (error) {
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    logger.error(`The webhook inbox could not be worked and is left to the sweep: ${messageOf(error)}`);
  } finally {
    pump.workers -= 1;
  }
}

async function drain(container: MedusaContainer, worked: WorkedWebhooks, until: number): Promise<void> {
  const { webhooks } = tenderModule(container);
  do {
    const event = await webhooks.takeDue();
    if (!event) {
      return;
    }
    worked[await workWebhook(container, event)] += 1;
  } while (Date.now() < until);
}

function noneYet(): WorkedWebhooks {
  return { done: 0, busy: 0, retrying: 0, dead: 0 };
}

function pumpOf(container: MedusaContainer): Pump {
  const tender = tenderModule(container);
  const pump = PUMPS.get(tender) ?? { workers: 0, wakeups: 0 };
  PUMPS.set(tender, pump);
  return pump;
}

async function reportDead(
  container: MedusaContainer,
  { id, provider_id, type, tries }: StoredWebhookEvent,
  reason: string,
): Promise<void> {
  await tenderModule(container).openFinding({
    kind: "webhook_dead",
    subject: id,
    provider_id,
    detail: `The webhook ${type.slice(0, 80)} could not be worked in ${tries} tries: ${reason.slice(0, 300)}`,
  });
}
