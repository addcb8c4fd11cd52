import type { Account } from "../../account";
import type {
  CompleteRequest,
  ConfirmRequest,
  OrderRequest,
  Patch,
  PaymentSourceRequest,
} from "../../contract/types";
import { completeOrder, confirmSource } from "../../objects/complete";
import { createOrder } from "../../objects/orders";
import { patchOrder } from "../../objects/patch";
import { orderSummary, orderView } from "../../objects/views";
import type { OrderRecord } from "../../records";
import { HOUR_MS } from "../../time";
import { route, type Result, type Route } from "../route";

/** Spec: "The server stores keys for 6 hours", and a repeated request is answered with 200. */
const KEYS = { keys_kept_ms: 6 * HOUR_MS, repeat_status: 200 } as const;

export const ORDER_ROUTES = {
  "orders.create": route<OrderRequest>(
    "POST",
    "/v2/checkout/orders",
    ({ account, body }) => made(account, createOrder(account, body)),
    KEYS,
  ),
  "orders.get": route(
    "GET",
    "/v2/checkout/orders/:id",
    ({ account, id }) => {
      const order = account.order(id);
      return { status: 200, view: () => orderView(account, order) };
    },
    { in_browser: true },
  ),
  "orders.patch": route<Patch[]>("PATCH", "/v2/checkout/orders/:id", ({ account, id, body }) => {
    patchOrder(account, id, body);
    return { status: 204 };
  }),
  "orders.confirm": route<ConfirmRequest>(
    "POST",
    "/v2/checkout/orders/:id/confirm-payment-source",
    ({ account, id, body }) => ({ ...made(account, confirmSource(account, id, body)), status: 200 }),
    { in_browser: true },
  ),
  "orders.authorize": route<CompleteRequest>(
    "POST",
    "/v2/checkout/orders/:id/authorize",
    ({ account, id, body }) => made(account, completeOrder(account, id, "AUTHORIZE", sourceOf(body))),
    { ...KEYS, body_optional: true },
  ),
  "orders.capture": route<CompleteRequest>(
    "POST",
    "/v2/checkout/orders/:id/capture",
    ({ account, id, body }) => made(account, completeOrder(account, id, "CAPTURE", sourceOf(body))),
    { ...KEYS, body_optional: true },
  ),
} satisfies Record<string, Route>;

function made(account: Account, order: OrderRecord): Result {
  return {
    status: 201,
    view: () => orderView(account, order),
    minimal: () => orderSummary(account, order),
  };
}

function sourceOf({ payment_source }: CompleteRequest): PaymentSourceRequest | undefined {
  return payment_source;
}
