import { randomUUID } from "node:crypto";
import { z } from "@medusajs/framework/zod";
import type { Clock } from "./clock";
import { json, type Answer } from "./http";
import type { Ledger } from "./ledger";
import type { News } from "./news";
import { NEWS_ENDS } from "./records";
import { Refusal } from "./refusal";
import { parseControl } from "./requests";
import { postWebhook } from "./webhook-post";
import type { WebhookTarget } from "./webhooks";

type Deps = Readonly<{ ledger: Ledger; clock: Clock; merchants: readonly WebhookTarget[] }>;

const QuerySchema = z.object({
  provider: z.string().optional(),
  state: z.enum(["waiting", ...NEWS_ENDS]).optional(),
});

const ShortText = z.string().min(1).max(200);
const ByHandSchema = z.object({
  provider: z.string(),
  /** Any word: a store must bear events it does not know. */
  type: ShortText,
  reference: ShortText.optional(),
  /** A new one when left out; one that was used before makes a duplicate. */
  event_id: ShortText.optional(),
});
const SendSchema = ByHandSchema.extend({ times: z.number().int().min(1).max(100).default(1) });

/** Lists the bank's news, oldest first, each with what came of telling it. @throws Refusal 400 for a wrong query */
export function listWebhooks({ ledger }: Deps, query: URLSearchParams): Answer {
  const { provider, state } = parseControl(QuerySchema, Object.fromEntries(query));
  const found = ledger.news
    .list()
    .filter(
      (news) =>
        (provider === undefined || news.event.provider === provider) &&
        (state === undefined || news.state === state),
    );
  return json(200, { webhooks: found.map(newsView) });
}

/** Sends one event that is signed with a secret nobody has; answers with the status it got. */
export async function forgeWebhook(deps: Deps, body: unknown): Promise<Answer> {
  const request = parseControl(ByHandSchema, body);
  const post = posterFor(deps, request);
  return json(200, { event_id: post.event_id, status: await post.send(`whsec_forged_${randomUUID()}`) });
}

/** Sends a genuine event, all its copies at the same time; answers with the statuses they got. */
export async function sendWebhook(deps: Deps, body: unknown): Promise<Answer> {
  const { times, ...request } = parseControl(SendSchema, body);
  const post = posterFor(deps, request);
  const statuses = await Promise.all(Array.from({ length: times }, () => post.send()));
  return json(200, { event_id: post.event_id, statuses });
}

type Poster = Readonly<{ event_id: string; send(secret?: string): Promise<number | null> }>;

/** @throws Refusal 400 for a provider that is unknown or wants no webhooks */
function posterFor(
  { clock, ledger, merchants }: Deps,
  { event_id = `evt_${randomUUID()}`, ...news }: z.output<typeof ByHandSchema>,
): Poster {
  const merchant = merchants.find(({ provider }) => provider === news.provider);
  const url = merchant?.webhook_url;
  if (!merchant || url === undefined) {
    throw new Refusal(400, "invalid_request", '"provider" must be one that has a webhook_url.');
  }
  const created_at = ledger.news.find(event_id)?.event.created_at ?? clock.now();
  const event = { ...news, id: event_id, created_at };
  return {
    event_id,
    send: (secret = merchant.webhook_secret) => postWebhook(url, secret, event, clock.real()),
  };
}

function newsView({ event, state, tries, last_status }: News): Record<string, unknown> {
  const { id, type, provider, reference } = event;
  return { event_id: id, type, provider, reference, state, tries, last_status };
}
