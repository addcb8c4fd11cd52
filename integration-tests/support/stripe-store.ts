import { startStripeSimulator, type StripeSimulator } from "../simulators/stripe";
import { Operator } from "./operator";
import type { Running } from "./suite";

export const STRIPE = "pp_stripe_main";
export const API_KEY = "sk_test_of_the_store";
const WEBHOOK_SECRET = "whsec_of_the_store";

/** A store's account at Stripe: the simulator behind the real gateway, and what medusa-config.ts reads of it. */
export class StripeAccount {
  private running_simulator: StripeSimulator | undefined;

  get simulator(): StripeSimulator {
    if (!this.running_simulator) {
      throw new Error("The Stripe simulator has not been started.");
    }
    return this.running_simulator;
  }

  /** For `withRunningStore`. @param env what is to be set besides, or, as an empty string, left out */
  async start(env: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
    this.running_simulator = await startStripeSimulator({ accounts: [{ secret_key: API_KEY }] });
    return {
      STRIPE_GATEWAY_API_KEY: API_KEY,
      STRIPE_GATEWAY_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_GATEWAY_API_URL: this.simulator.url,
      ...env,
    };
  }

  /** Lets the account send its events to the store, as its dashboard would be told. */
  subscribe(running: Running, name = "stripe_main"): void {
    this.simulator.api.subscribe([
      { url: `${running.base_url()}/hooks/payment/${name}`, secrets: [WEBHOOK_SECRET] },
    ]);
  }

  async stop(): Promise<void> {
    await this.running_simulator?.stop();
  }

  /** What the account's books say of an intent. */
  booked(intent_id: string) {
    const found = this.simulator.api.ledger().find(({ id }) => id === intent_id);
    if (!found) {
      throw new Error(`The simulator has no payment ${intent_id}.`);
    }
    return found;
  }
}

/** An order of 69.80 EUR paid with a card at Stripe. */
export async function orderPaidAtStripe(running: Running, payment_method = "pm_card_visa") {
  const shopper = await running.shopper();
  const started = await shopper.start(`${STRIPE}:card`);
  const attempt_id: string = started.body.payment_attempt.id;
  const confirmed = await shopper.confirm(attempt_id, { payment_method });
  if (confirmed.body.type !== "order") {
    throw new Error(`No order: ${confirmed.status} ${JSON.stringify(confirmed.body)}`);
  }
  const operator = await Operator.logIn(running.base_url());
  const order_id: string = confirmed.body.order.id;
  const payment = async () => (await operator.order(order_id)).payment_collections[0].payments[0];
  const { id, data } = await payment();
  return {
    attempt_id,
    intent_id: data.gateway_reference as string,
    operator,
    order_id,
    payment,
    payment_id: id as string,
  };
}
