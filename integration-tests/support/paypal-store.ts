import { WEBHOOK_ID } from "../../src/providers/paypal/__tests__/support";
import { inNumbers } from "./paypal-booked";
import { startPaypalSimulator, type PaypalSimulator } from "../simulators/paypal";
import { Operator } from "./operator";
import type { Shopper } from "./shopper";
import type { Running } from "./suite";
import { until } from "./until";

export const PAYPAL = "pp_paypal_main";
export const CLIENT_ID = "client-id-of-the-store";
export const CLIENT_SECRET = "client-secret-of-the-store";

/** A store's account at PayPal: the simulator behind the real gateway, and what medusa-config.ts reads of it. */
export class PaypalAccount {
  private running_simulator: PaypalSimulator | undefined;

  get simulator(): PaypalSimulator {
    if (!this.running_simulator) {
      throw new Error("The PayPal simulator has not been started.");
    }
    return this.running_simulator;
  }

  /** For `withRunningStore`. @param env what is to be set besides, or, as an empty string, left out */
  async start(env: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
    this.running_simulator = await startPaypalSimulator({
      accounts: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, country: "DE" }],
    });
    return {
      PAYPAL_GATEWAY_CLIENT_ID: CLIENT_ID,
      PAYPAL_GATEWAY_CLIENT_SECRET: CLIENT_SECRET,
      PAYPAL_GATEWAY_WEBHOOK_ID: WEBHOOK_ID,
      PAYPAL_GATEWAY_API_URL: this.simulator.url,
      PAYPAL_GATEWAY_ROOT_CERTIFICATE: this.simulator.root_certificate,
      PAYPAL_GATEWAY_METHODS: "paypal,card",
      ...env,
    };
  }

  /** Lets the account send its events to the store, as its webhooks are set up in the dashboard. */
  subscribe(running: Running): void {
    this.simulator.api.subscribe([
      { url: `${running.base_url()}/hooks/payment/paypal_main`, id: WEBHOOK_ID },
    ]);
  }

  /** Sends nothing any more. */
  unsubscribe(): void {
    this.simulator.api.subscribe([]);
  }

  async stop(): Promise<void> {
    await this.running_simulator?.stop();
  }

  /** What the account's books say of an order. */
  booked(order_id: string) {
    const found = this.simulator.api.ledger().find(({ id }) => id === order_id);
    if (!found) {
      throw new Error(`The simulator has no order ${order_id}.`);
    }
    return inNumbers(found);
  }
}

/** A shopper who has been sent to PayPal. */
export async function sentToPaypal(running: Running) {
  const shopper = await running.shopper();
  const started = await shopper.start(`${PAYPAL}:paypal`);
  const attempt_id: string = started.body.payment_attempt.id;
  const paypal_id: string = started.body.payment_attempt.client.order_id;
  const sent = await shopper.confirm(attempt_id);
  return { shopper, attempt_id, paypal_id, sent };
}

/** An order of 69.80 EUR that was approved in PayPal, and what tests need to look at its money from all sides. */
export async function orderPaidAtPaypal(running: Running, account: PaypalAccount) {
  const { shopper, attempt_id, paypal_id } = await sentToPaypal(running);
  account.simulator.api.approve(paypal_id);
  return { ...(await orderOf(running, shopper, attempt_id)), attempt_id, paypal_id };
}

/** The shopper comes back from PayPal, and their cart becomes an order: at once, or once PayPal's webhook has placed it. */
export async function orderOf(running: Running, shopper: Shopper, attempt_id: string) {
  let confirmed = await shopper.confirm(attempt_id);
  await until(async () => {
    confirmed = confirmed.body.type === "pending" ? await shopper.confirm(attempt_id) : confirmed;
    return confirmed.body.type !== "pending";
  });
  if (confirmed.body.type !== "order") {
    throw new Error(`No order: ${confirmed.status} ${JSON.stringify(confirmed.body)}`);
  }
  const operator = await Operator.logIn(running.base_url());
  const order_id: string = confirmed.body.order.id;
  const payment = async () => (await operator.order(order_id)).payment_collections[0].payments[0];
  return { operator, order_id, payment, payment_id: (await payment())?.id as string };
}
