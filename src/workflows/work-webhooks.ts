import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { messageOf } from "../gateway";
import type { TenderModuleService } from "../modules/tender";
import type { StoredWebhookEvent } from "../modules/tender/stores/webhook-event-store";
import { tenderModule } from "./load-cart";
import { settleAttempt } from "./settle";

/** How many events one server works at a time: placing orders is heavy, and shoppers come first. */
const WORKERS = 4;

/** An event about a payment nobody here knows may only be early: its answer is still on the way. */
const TRIES_FOR_UNKNOWN_PAYMENT = 3;

/** What became of the events of one run. */
export type WorkedWebhooks = { done: number; retrying: number; dead: number };

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
  const worked: WorkedWebhooks = { done: 0, retrying: 0, dead: 0 };
  await Promise.all(Array.from({ length: WORKERS }, () => drain(container, worked, until)));
  return worked;
}

/** Works one event that was taken. Whatever goes wrong is kept with it and tried again, less and less often. */
export async function workWebhook(
  container: MedusaContainer,
  event: StoredWebhookEvent,
): Promise<keyof WorkedWebhooks> {
  const { telemetry, webhooks } = tenderModule(container);
  const { provider_id, type } = event;
  const started_at = Date.now();
  let outcome: keyof WorkedWebhooks = "done";
  try {
    await webhooks.finish(event.id, await applyEvent(container, event));
  } catch (error) {
    outcome = (await webhooks.retry(event, messageOf(error))) === "dead" ? "dead" : "retrying";
    if (outcome === "dead") {
      await reportDead(container, event, messageOf(error));
    }
  }
  telemetry.observeWebhook({ provider_id, type, outcome, duration_ms: Date.now() - started_at });
  return outcome;
}

/** Looks at the payment the event speaks of. Returns why there was nothing to do, if so. */
async function applyEvent(
  container: MedusaContainer,
  { provider_id, reference, tries }: StoredWebhookEvent,
): Promise<string | null> {
  if (reference === null) {
    return "It is about no payment.";
  }
  const attempt = await tenderModule(container).findAttempt({ provider_id, gateway_reference: reference });
  if (attempt) {
    await settleAttempt(container, attempt.id);
    return null;
  }
  if (tries < TRIES_FOR_UNKNOWN_PAYMENT) {
    throw new Error("No payment attempt has this payment yet.");
  }
  return "It is about a payment that was not made here.";
}

async function drainInBackground(container: MedusaContainer, pump: Pump): Promise<void> {
  const worked: WorkedWebhooks = { done: 0, retrying: 0, dead: 0 };
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
  while (Date.now() < until) {
    const event = await webhooks.takeDue();
    if (!event) {
      return;
    }
    worked[await workWebhook(container, event)] += 1;
  }
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
