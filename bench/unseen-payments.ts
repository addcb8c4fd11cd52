/**
 * Payments that the bank approved while the store was told nothing: what a webhook is for. The same in the benches and
 * in the crash test.
 */
import { CORE_ROUTE } from "./core-route-provider/list";

/** A payment the bank has approved, and nobody here knows. */
export type UnseenPayment = Readonly<{ cart_id: string; reference: string }>;

/** How to act as a shopper of one running store. */
export type ShopperOf = Readonly<{
  fillCart(): Promise<string>;
  /** Posts to the Store API; throws unless it succeeds. */
  post(path: string, body: unknown): Promise<ReturnType<typeof JSON.parse>>;
  /** The gateway's reference of the one attempt with this value in this column. */
  referenceOf(column: "id" | "payment_session_id", value: string): Promise<string>;
  /** Decides the challenge at the bank. */
  approve(reference: string): Promise<void>;
}>;

const THREE_D_SECURE = { token: "tok_three_d_secure" } as const;

/** Starts and confirms an attempt with Tender; the bank approves, and the shopper does not come back. */
export async function payUnseenThroughTender(shopper: ShopperOf, option_id: string): Promise<UnseenPayment> {
  const cart_id = await shopper.fillCart();
  const attempts = `/store/carts/${cart_id}/payment-attempts`;
  const { payment_attempt } = await shopper.post(attempts, { option_id });
  const { type } = await shopper.post(`${attempts}/${payment_attempt.id}/confirm`, { data: THREE_D_SECURE });
  expectType(type, "action_required");
  const reference = await shopper.referenceOf("id", payment_attempt.id);
  await shopper.approve(reference);
  return { cart_id, reference };
}

/** The same through Medusa's own routes, by a provider whose webhooks Medusa takes itself. */
export async function payUnseenThroughMedusa(shopper: ShopperOf): Promise<UnseenPayment> {
  const cart_id = await shopper.fillCart();
  const { payment_collection } = await shopper.post("/store/payment-collections", { cart_id });
  const sessions = `/store/payment-collections/${payment_collection.id}/payment-sessions`;
  const answer = await shopper.post(sessions, { provider_id: CORE_ROUTE, data: THREE_D_SECURE });
  // Medusa asks a provider for 3-D Secure by completing; the cart stays a cart.
  const { type } = await shopper.post(`/store/carts/${cart_id}/complete`, {});
  expectType(type, "cart");
  const [session] = answer.payment_collection.payment_sessions;
  const reference = await shopper.referenceOf("payment_session_id", session.id);
  await shopper.approve(reference);
  return { cart_id, reference };
}

function expectType(type: unknown, expected: string): void {
  if (type !== expected) {
    throw new Error(`The payment came to "${String(type)}" instead of "${expected}".`);
  }
}
