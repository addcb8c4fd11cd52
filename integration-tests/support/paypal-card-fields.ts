import { randomUUID } from "node:crypto";
import { TEST_CARDS } from "../simulators/paypal";

/** A card as a payer types it: the name decides in the simulator, as in PayPal's sandbox, what the issuer says. */
export type EnteredCard = Readonly<{
  number: string;
  name: string;
  /** PayPal's customer whom it is kept for, if it is. */
  keep_for?: string;
}>;

/** Passes 3-D Secure without a question. */
export const CARD: EnteredCard = { number: TEST_CARDS.passes_unasked, name: "Ada Lovelace" };

/** Its holder is asked, when 3-D Secure is. */
export const CARD_WITH_QUESTION: EnteredCard = { ...CARD, number: TEST_CARDS.asks };

/**
 * What PayPal's card fields do in the payer's browser.
 * @param keys with the secret, as no browser has it, for an account that asks for it
 */
export async function enterCard(
  api_url: string,
  { client_id, client_secret = "" }: Readonly<{ client_id: string; client_secret?: string }>,
  order_id: string,
  { number, name, keep_for }: EnteredCard,
): Promise<void> {
  const token = await fetch(`${api_url}/v1/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token } = (await token.json()) as { access_token: string };
  // When 3-D Secure is asked for, the order said.
  const card = {
    number,
    name,
    expiry: "2031-12",
    security_code: "123",
    ...(keep_for !== undefined && {
      attributes: { customer: { id: keep_for }, vault: { store_in_vault: "ON_SUCCESS" } },
    }),
  };
  const answer = await fetch(`${api_url}/v2/checkout/orders/${order_id}/confirm-payment-source`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "paypal-request-id": randomUUID(),
      authorization: `Bearer ${access_token}`,
    },
    body: JSON.stringify({ payment_source: { card } }),
  });
  if (!answer.ok) {
    throw new Error(`The card could not be entered: ${answer.status} ${await answer.text()}`);
  }
}
