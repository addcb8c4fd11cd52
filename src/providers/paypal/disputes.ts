import { isGatewayError } from "../../gateway/errors";
import { DisputeAnswer, DisputesAnswer, type OrderAnswer } from "./answers";
import type { PayPalClient, Work } from "./client";
import { arrivedCaptures } from "./payments";
import { Refusal } from "./refusal";

/** Most of one order's payments that are looked at, and of one payment's disputes. */
const LIMIT = 10;

/** Of the two seconds a gateway is read in by default: the payment must not stay unread for the sake of its disputes. */
const LIMIT_MS = 1_200;

/** Refusals that may be none the next time; after any other there is nothing to wait for. */
const PASSING = [408, 429];

/**
 * The disputes about an order's captures, which the order itself does not name. An app without the permission for them,
 * or an account without the feature, has none that could be told. Unread when PayPal cannot say just now.
 */
export async function disputesOf(
  client: PayPalClient,
  order: OrderAnswer,
  signal: AbortSignal,
): Promise<DisputeAnswer[] | "unread"> {
  const captures = arrivedCaptures(order).slice(-LIMIT);
  const in_time = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  try {
    const found = await Promise.all(captures.map(({ id }) => idsAbout(client, id, in_time)));
    return await Promise.all(
      [...new Set(found.flat())].slice(0, LIMIT).map((id) => disputeOf(client, id, in_time)),
    );
  } catch (error) {
    if (error instanceof Refusal) {
      return error.status >= 500 || PASSING.includes(error.status) ? "unread" : [];
    }
    if (isGatewayError(error)) {
      return "unread";
    }
    throw error;
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

/** The SDK has no interface for disputes; its request maker is used instead. */
function reading(path: string, query: Readonly<Record<string, string>> = {}): Work {
  return async ({ request }) => {
    const prepared = request("GET", path);
    Object.entries(query).forEach(([name, value]) => prepared.query(name, value));
    prepared.authenticate([{ oauth2: true }]);
    const { result } = await prepared.callAsText();
    return { result: JSON.parse(result) as unknown };
  };
}
