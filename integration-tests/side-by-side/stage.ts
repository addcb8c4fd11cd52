import { setTimeout as sleep } from "node:timers/promises";
import { money, moneyFromDecimal, moneyToDecimal } from "../../src/gateway";
import type { StripeSimulator } from "../simulators/stripe";
import { openFindings } from "../support/journal";
import { Operator } from "../support/operator";
import type { Running } from "../support/suite";
import type { Arena, Contestant } from "./contestants";

/** Medusa acts on its own webhooks after five seconds. */
const NEWS_WITHIN_MS = 12_000;

/** One thing that happens in stores, and what each plugin makes of it. */
export type Case = Readonly<{
  /** Where it is known from: Medusa's issue, where there is one. */
  source?: string;
  happens: string;
  /** What should come of it. */
  good: string;
  /** What came of it, in the words of `good` where it went well. */
  play(stage: Stage): Promise<string>;
}>;

/** What a case works with, for one of the two. */
export class Stage {
  constructor(
    readonly running: Running,
    readonly arena: Arena,
    readonly contestant: Contestant,
  ) {}

  get stripe(): StripeSimulator["api"] {
    return this.arena.simulator.api;
  }

  /** The account's latest payment. */
  booked() {
    return this.stripe.ledger(this.contestant.api_key).at(-1)!;
  }

  async order(payment_method = "pm_card_visa") {
    const placed = await this.placed("card", payment_method);
    const payment = async () =>
      (await placed.operator.order(placed.order_id)).payment_collections[0].payments[0];
    return { ...placed, payment, payment_id: (await payment()).id as string };
  }

  /** An order by bank debit, which the bank has not answered. */
  async debit() {
    return this.placed("sepa_debit", await this.arena.bankAccount(this.contestant));
  }

  private async placed(method: string, payment_method: string) {
    const shopper = await this.running.shopper();
    const chosen = await this.contestant.choose(shopper, method);
    const answer = await this.contestant.pay(shopper, chosen, payment_method);
    if (answer.body.type !== "order") {
      throw new Error(`No order: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    const operator = await Operator.logIn(this.running.base_url());
    return { operator, order_id: answer.body.order.id as string };
  }

  async captured(payment_method?: string) {
    const order = await this.order(payment_method);
    await order.operator.capture(order.payment_id);
    return order;
  }

  /** What is seen once it is `good`, or after as long as Medusa's own way takes. */
  async news(look: () => Promise<string>, good: string): Promise<string> {
    const deadline = Date.now() + NEWS_WITHIN_MS;
    let seen = await look();
    while (seen !== good && Date.now() < deadline) {
      await sleep(100);
      seen = await look();
    }
    return seen;
  }

  async toldOperator(): Promise<string> {
    return (await openFindings(this.running.container())).length > 0 ? "the operator is told" : "nothing";
  }
}

/** What Medusa counts as paid of an order, in cents. */
export const paidOf = async (operator: Operator, order_id: string) =>
  moneyFromDecimal((await operator.order(order_id)).summary.paid_total, "EUR").amount_minor;

/** Cents in a table's words. */
export const euros = (minor: number | bigint) => moneyToDecimal(money(BigInt(minor), "EUR"));

/** The sum of Medusa's captures or refunds. */
export const total = (rows: readonly { amount: number }[]) =>
  euros(rows.reduce((sum, { amount }) => sum + moneyFromDecimal(amount, "EUR").amount_minor, 0n));
