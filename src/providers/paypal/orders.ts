import { messageOf, OutcomeUnknown, PaymentGone, type GatewayError } from "../../gateway/errors";
import { OrderAnswer } from "./answers";
import type { PayPalClient, Work } from "./client";
import { isMissing, orderErrorOf, rethrowWithoutMoney } from "./refusal-errors";

/** The orders of one account, each read before anything in it is believed. */
export class PayPalOrders {
  constructor(private readonly client: PayPalClient) {}

  /** The order as it is now. @throws PaymentGone for one that PayPal does not have (any more), or does not show us */
  async read(id: string, signal: AbortSignal): Promise<OrderAnswer> {
    try {
      return await this.order(id, signal, (api) => api.orders.getOrder({ id }));
    } catch (error) {
      throw isMissing(error) ? gone(error.details) : orderErrorOf(error);
    }
  }

  /**
   * {@link read} before anything is asked for that moves money.
   * @throws GatewayUnavailable where PayPal cannot be read: nothing was done
   */
  async readBefore(id: string, signal: AbortSignal): Promise<OrderAnswer> {
    return this.read(id, signal).catch(rethrowWithoutMoney);
  }

  /**
   * {@link read} once something was done: whatever keeps it from being read, nothing may be said to have come to nothing.
   * @throws OutcomeUnknown
   */
  async readAfter(id: string, signal: AbortSignal): Promise<OrderAnswer> {
    try {
      return await this.read(id, signal);
    } catch (error) {
      throw new OutcomeUnknown(
        `PayPal has done it, and could not be asked what came of it: ${messageOf(error)}`,
      );
    }
  }

  /**
   * A call that answers with the order.
   * @param id of the one it must be about; any for a new one
   * @throws Refusal when PayPal answered that it did not do it; GatewayError
   */
  async order(id: string | undefined, signal: AbortSignal, work: Work): Promise<OrderAnswer> {
    const order = await this.client.call(signal, OrderAnswer, work);
    if (id !== undefined && order.id !== id) {
      throw new OutcomeUnknown("PayPal answered about another order.");
    }
    return order;
  }
}

function gone(details: string): GatewayError {
  return new PaymentGone(
    `PayPal has no such order${details}: nobody approved it in time, or it is another account's or the other environment's.`,
  );
}
