import type { AttemptRecord } from "./journal";

/**
 * What stands in a Medusa payment session's `data`. The shopper can read it and can add to it when the session
 * is made, so it holds references and what the browser needs, never truth or secrets.
 */
export type SessionData = {
  attempt_id: string;
  method: string;
  gateway_reference: string | null;
  next_action: AttemptRecord["next_action"];
  client: Readonly<Record<string, unknown>>;
  [top_level_client: string]: unknown;
};

/** The session data of an attempt. @param top_level what of `client` stands at the top as well */
export function sessionDataOf(attempt: AttemptRecord, top_level: readonly string[] = []): SessionData {
  const { client } = attempt;
  return {
    ...Object.fromEntries(top_level.filter((name) => name in client).map((name) => [name, client[name]])),
    attempt_id: attempt.id,
    method: attempt.method,
    gateway_reference: attempt.gateway_reference,
    next_action: attempt.next_action,
    client,
  };
}

/**
 * Session data that also wipes whatever else the shopper sent: Medusa spreads our answer over the request's
 * data, so a key is only gone from the stored session when we answer it with `undefined`.
 */
export function replacingShopperData(
  data: SessionData,
  shopper_data: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  const wiped = Object.fromEntries(Object.keys(shopper_data ?? {}).map((key) => [key, undefined]));
  return { ...wiped, ...data };
}

/** The attempt a session's or payment's data points to, if any. */
export function attemptIdIn(data: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const id = data?.attempt_id;
  return typeof id === "string" ? id : undefined;
}

/**
 * What our own workflows hand the adapter through the session's context. A request body cannot reach the
 * context, so what stands here can be trusted. Medusa stores it: nothing the shopper sent belongs here.
 */
export type TenderContext = Readonly<{
  cart_id: string;
  region_id?: string | null;
  payment_collection_id: string;
  attempt_id: string;
  method: string;
  fallback_of?: string;
  request_key?: string;
  return_url?: string;
  locale?: string;
  /** True when the attempt exists already, approved, and only lacks a session. */
  adopts?: boolean;
}>;

/** Reads {@link TenderContext} from a provider input's context; absent when Medusa's own route made the session. */
export function tenderContextIn(context: object | undefined): TenderContext | undefined {
  if (!context || !("tender" in context)) {
    return undefined;
  }
  return context.tender as TenderContext;
}
