import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import type { AttemptRecord } from "../../gateway";
import type {
  DeadCount,
  InboxEvent,
  InboxEventWithPayload,
  InboxQuery,
} from "../../modules/tender/stores/webhook-inbox";
import { tenderModule } from "../medusa/load-cart";
import { replayWebhook } from "../webhooks/replay-webhook";
import { workWebhook, type WorkedWebhooks } from "../webhooks/work-webhooks";

/** How many are worked again in one request: each may wait for its gateway. */
export const MOST_REPLAYED = 20;

/** How many of them at a time: placing orders is heavy, and shoppers come first. */
const AT_A_TIME = 2;

/** A webhook with the attempt whose payment it speaks of, if there is one. */
export type WebhookWithAttempt<Event extends InboxEvent = InboxEvent> = Readonly<{
  event: Event;
  attempt: AttemptRecord | null;
}>;

/** A page of webhooks, newest first. Throws `INVALID_DATA` (400) for a bad cursor. */
export async function listWebhooks(
  container: MedusaContainer,
  query: InboxQuery,
): Promise<Readonly<{ webhooks: readonly WebhookWithAttempt[]; next_cursor: string | null }>> {
  const { events, next_cursor } = await tenderModule(container).inbox.list(query);
  return { webhooks: await withAttempts(container, events), next_cursor };
}

/** One webhook with its payload as received. Throws `NOT_FOUND`. */
export async function readWebhook(
  container: MedusaContainer,
  id: string,
): Promise<WebhookWithAttempt<InboxEventWithPayload>> {
  const event = await tenderModule(container).inbox.find(id);
  if (!event) {
    throw notFound(id);
  }
  const [found] = await withAttempts(container, [event]);
  return { event, attempt: found?.attempt ?? null };
}

/** How many webhooks are dead, by provider. */
export function countDeadWebhooks(container: MedusaContainer): Promise<readonly DeadCount[]> {
  return tenderModule(container).inbox.countDead();
}

export type Replayed = Readonly<{
  worked: WorkedWebhooks;
  /** Dead ones of the provider that are left; 0 for chosen ones. */
  remaining: number;
}>;

/** Works chosen webhooks again, whatever became of them. Throws `NOT_FOUND` when one of them is unknown, before any is worked. */
export async function replayChosen(
  container: MedusaContainer,
  { ids, who }: Readonly<{ ids: readonly string[]; who: string }>,
): Promise<Replayed> {
  const { inbox } = tenderModule(container);
  const events = await Promise.all([...new Set(ids)].map(async (id) => (await inbox.find(id)) ?? id));
  const found = events.map((event) => {
    if (typeof event === "string") throw notFound(event);
    return event;
  });
  const worked = await workAll(found, async (event) => {
    const outcome = await replayWebhook(container, event.id);
    await keep(container, { who, id: event.id, before: event.status, outcome });
    return outcome;
  });
  return { worked, remaining: 0 };
}

/** Works the oldest dead webhooks of a provider again. */
export async function replayDead(
  container: MedusaContainer,
  { provider_id, limit, who }: Readonly<{ provider_id: string; limit: number; who: string }>,
): Promise<Replayed> {
  const { inbox } = tenderModule(container);
  const places = Array.from({ length: Math.min(limit, MOST_REPLAYED) });
  // Each is taken when somebody is free for it: one that waits longer than its lease would be worked by the sweep as well.
  const worked = await workAll(places, async () => {
    const [event] = await inbox.reopenDead(provider_id, 1);
    if (!event) {
      return undefined;
    }
    const outcome = await workWebhook(container, event);
    await keep(container, { who, id: event.id, before: "dead", outcome });
    return outcome;
  });
  const left = (await inbox.countDead()).find((dead) => dead.provider_id === provider_id);
  return { worked, remaining: left?.count ?? 0 };
}

/** Works them a few at a time and counts what became of them, until there is nothing more to work: `undefined`. */
async function workAll<Event>(
  events: readonly Event[],
  work: (event: Event) => Promise<keyof WorkedWebhooks | undefined>,
): Promise<WorkedWebhooks> {
  const worked: WorkedWebhooks = { done: 0, busy: 0, retrying: 0, dead: 0 };
  const waiting = events.values();
  const worker = async (): Promise<void> => {
    for (const event of waiting) {
      const outcome = await work(event);
      if (!outcome) return;
      worked[outcome] += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return worked;
}

function keep(
  container: MedusaContainer,
  {
    who,
    id,
    before,
    outcome,
  }: Readonly<{ who: string; id: string; before: string; outcome: keyof WorkedWebhooks }>,
): Promise<void> {
  return tenderModule(container).changes.add({
    actor_id: who,
    action: "webhook.replay",
    subject: id,
    before: { status: before },
    after: { status: outcome },
  });
}

async function withAttempts<Event extends InboxEvent>(
  container: MedusaContainer,
  events: readonly Event[],
): Promise<WebhookWithAttempt<Event>[]> {
  const payments = events.flatMap(({ provider_id, reference }) =>
    reference === null ? [] : { provider_id, reference },
  );
  const attempts = await tenderModule(container).attempts.listByReferences(payments);
  return events.map((event) => ({
    event,
    attempt:
      attempts.find(
        ({ provider_id, gateway_reference }) =>
          provider_id === event.provider_id && gateway_reference === event.reference,
      ) ?? null,
  }));
}

function notFound(id: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_FOUND, `Webhook ${id} was not found.`);
}
