import type { Work } from "./client";
import { REPRESENTATION, type NewOrder } from "./requests";
import { sdkNamesOf, wireOf } from "./wire-names";

/** Makes an order, answered in full. @param request_id PayPal-Request-Id */
export function making(order: NewOrder, request_id: string): Work {
  return order.paymentSource?.googlePay
    ? makingAsItIs(order, request_id)
    : ({ orders }) =>
        orders.createOrder({ body: order, paypalRequestId: request_id, prefer: REPRESENTATION });
}

/** The SDK leaves out what it does not name, such as when the bank is to ask about Google Pay's card. */
function makingAsItIs(order: NewOrder, request_id: string): Work {
  return async ({ request }) => {
    const prepared = request("POST", "/v2/checkout/orders");
    prepared.header("Content-Type", "application/json");
    prepared.header("PayPal-Request-Id", request_id);
    prepared.header("Prefer", REPRESENTATION);
    prepared.json(wireOf(order));
    prepared.authenticate([{ oauth2: true }]);
    const { result } = await prepared.callAsText();
    return { result: sdkNamesOf(JSON.parse(result)) };
  };
}
