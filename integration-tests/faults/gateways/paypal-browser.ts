import { randomUUID } from "node:crypto";
import { TEST_CARDS } from "../../simulators/paypal";

type Form = Readonly<Record<string, string>>;
type Client = Readonly<Record<string, unknown>>;

/** Far from the end, whatever the clock is moved to; PayPal takes no more than twenty years. */
const EXPIRY = "2045-12";
const PATIENCE_MS = 5_000;

/** What a shopper has at hand beside PayPal's own window, by name. */
const AT_HAND: Readonly<Record<string, Form>> = {
  card: { number: TEST_CARDS.passes_unasked, name: "Ada Lovelace" },
  "refused card": { number: TEST_CARDS.passes_unasked, name: "CCREJECT-REFUSED" },
};

/**
 * As PayPal's card fields, or its button for Apple Pay or Google Pay, confirm an order: with the client id alone, straight
 * from the browser.
 * @returns what Tender's confirm takes, which is nothing; undefined when PayPal was not reached or did not take it
 */
export async function enterInPaypal(
  url: string,
  client_id: string,
  form: Form,
  { order_id }: Client,
): Promise<Record<string, never> | undefined> {
  const status = await confirmSource(url, client_id, String(order_id), sourceOf(form));
  return status === undefined ? undefined : {};
}

/**
 * The payer agrees in PayPal's window, or enters a card.
 * @param name `PayPal`, `card` or `refused card`
 * @returns where the order stands then
 */
export async function agreeAtPaypal(
  url: string,
  client_id: string,
  { order_id }: Client,
  name: string,
): Promise<string> {
  const form = AT_HAND[name];
  const status = form
    ? await confirmSource(url, client_id, String(order_id), sourceOf(form))
    : await approve(url, String(order_id));
  return status ?? "it did not work";
}

function sourceOf({ wallet, number, name }: Form): object {
  return wallet
    ? { [wallet]: { token: "what the device handed over", ...(name && { name }) } }
    : { card: { number, name, expiry: EXPIRY, security_code: "123" } };
}

/** @returns the order's status; undefined when there was no such answer: that is part of the play */
async function confirmSource(
  url: string,
  client_id: string,
  order_id: string,
  payment_source: object,
): Promise<string | undefined> {
  const token = await ask(`${url}/v1/oauth2/token`, {
    headers: { authorization: `Basic ${btoa(`${client_id}:`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const confirmed = await ask(`${url}/v2/checkout/orders/${order_id}/confirm-payment-source`, {
    headers: {
      "content-type": "application/json",
      "paypal-request-id": randomUUID(),
      authorization: `Bearer ${String(token.access_token)}`,
    },
    body: JSON.stringify({ payment_source }),
  });
  return typeof confirmed.status === "string" ? confirmed.status : undefined;
}

async function approve(url: string, order_id: string): Promise<string | undefined> {
  try {
    const { status } = await fetch(`${url}/checkoutnow?token=${order_id}`, {
      method: "POST",
      body: new URLSearchParams({ decision: "approve", funding: "balance" }),
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return `page answered ${status}`;
  } catch {
    // PayPal refuses connections just now: that is part of the play.
    return undefined;
  }
}

async function ask(address: string, request: RequestInit): Promise<Readonly<Record<string, unknown>>> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(address, { method: "POST", ...request, signal });
    const body: unknown = await answer.json();
    return answer.ok && typeof body === "object" && body !== null ? { ...body } : {};
  } catch {
    // A fault struck the browser's own request, or its answer: that is part of the play.
    return {};
  }
}
