import { z } from "@medusajs/framework/zod";
import { DisputeAnswer, DisputesAnswer, type OrderAnswer } from "./answers";
import type { PayPalClient, Work } from "./client";
import { arrivedCaptures } from "./payments";
import { Refusal } from "./refusal";
import { moveErrorOf } from "./refusals";

/** Most of one order's payments that are looked at, and of one payment's disputes. */
const LIMIT = 10;

/** The SDK has no interface for disputes; its request maker is used instead. */
const ANYTHING = z.unknown();

/**
 * The disputes about an order's captures, which the order itself does not name. An app without the permission for them,
 * or an account without the feature, has none that could be told.
 *
 * @throws GatewayError when PayPal cannot say
 */
export async function disputesOf(
  client: PayPalClient,
  order: OrderAnswer,
  signal: AbortSignal,
): Promise<DisputeAnswer[]> {
  const captures = arrivedCaptures(order).slice(-LIMIT);
  try {
    const found = await Promise.all(captures.map(({ id }) => idsAbout(client, id, signal)));
    return await Promise.all(
      [...new Set(found.flat())].slice(0, LIMIT).map((id) => disputeOf(client, id, signal)),
    );
  } catch (error) {
    if (error instanceof Refusal && (error.status === 403 || error.status === 404)) {
      return [];
    }
    throw moveErrorOf(error);
  }
}

async function idsAbout(client: PayPalClient, capture_id: string, signal: AbortSignal): Promise<string[]> {
  const { items } = await client.call(
    signal,
    DisputesAnswer,
    reading("/v1/customer/disputes", { disputed_transaction_id: capture_id }),
  );
  return items.map(({ dispute_id }) => dispute_id);
}

function disputeOf(client: PayPalClient, id: string, signal: AbortSignal): Promise<DisputeAnswer> {
  return client.call(signal, DisputeAnswer, reading(`/v1/customer/disputes/${encodeURIComponent(id)}`));
}

function reading(path: string, query: Readonly<Record<string, string>> = {}): Work {
  return async ({ request }) => {
    const prepared = request("GET", path);
    Object.entries(query).forEach(([name, value]) => prepared.query(name, value));
    prepared.authenticate([{ oauth2: true }]);
    const { result } = await prepared.callAsText();
    return { result: ANYTHING.parse(JSON.parse(result)) };
  };
}
