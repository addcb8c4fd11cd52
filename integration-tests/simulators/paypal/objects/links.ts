import type { Account } from "../account";
import type { Link } from "../contract/types";
import type { AuthorizationRecord, CaptureRecord, OrderRecord, RefundRecord } from "../records";
import { isWallet } from "./instruments";

type Method = NonNullable<Link["method"]>;

/** Where a payer approves an order, or authenticates for it. */
export function payerPage(account: Account, { id }: OrderRecord): string {
  return `${account.base_url()}/checkoutnow?token=${id}`;
}

export function payerActionLink(account: Account, order: OrderRecord): Link {
  return { href: payerPage(account, order), rel: "payer-action", method: "GET" };
}

/** What can be done with an order in its state. */
export function orderLinks(account: Account, order: OrderRecord): Link[] {
  const path = `/v2/checkout/orders/${order.id}`;
  const self = link(account, path, "self", "GET");
  const verb = order.intent === "CAPTURE" ? "capture" : "authorize";
  const complete = link(account, `${path}/${verb}`, verb, "POST");
  const update = link(account, path, "update", "PATCH");
  switch (order.status) {
    case "CREATED": {
      const approves = order.source === null || isWallet(order.source);
      const approve: Link = { href: payerPage(account, order), rel: "approve", method: "GET" };
      return [self, ...(approves ? [approve] : []), update, complete];
    }
    case "PAYER_ACTION_REQUIRED":
      return [self, payerActionLink(account, order)];
    case "APPROVED":
      return [self, update, complete];
    default:
      return [self];
  }
}

export function authorizationLinks(account: Account, { id, order_id, status }: AuthorizationRecord): Link[] {
  const path = `/v2/payments/authorizations/${id}`;
  const open = status === "CREATED" || status === "PARTIALLY_CAPTURED";
  const deeds = (["capture", "void", "reauthorize"] as const).map((verb) =>
    link(account, `${path}/${verb}`, verb, "POST"),
  );
  return [link(account, path, "self", "GET"), ...(open ? deeds : []), up(account, order_id)];
}

export function captureLinks(account: Account, { id, order_id, authorization_id }: CaptureRecord): Link[] {
  const path = `/v2/payments/captures/${id}`;
  return [
    link(account, path, "self", "GET"),
    link(account, `${path}/refund`, "refund", "POST"),
    authorization_id === null
      ? up(account, order_id)
      : link(account, `/v2/payments/authorizations/${authorization_id}`, "up", "GET"),
  ];
}

export function refundLinks(account: Account, { id, capture_id }: RefundRecord): Link[] {
  return [
    link(account, `/v2/payments/refunds/${id}`, "self", "GET"),
    link(account, `/v2/payments/captures/${capture_id}`, "up", "GET"),
  ];
}

export function tokenLinks(account: Account, id: string): Link[] {
  const path = `/v3/vault/payment-tokens/${id}`;
  return [link(account, path, "self", "GET"), link(account, path, "delete", "DELETE")];
}

export function link(account: Account, path: string, rel: string, method: Method): Link {
  return { href: `${account.base_url()}${path}`, rel, method };
}

function up(account: Account, order_id: string): Link {
  return link(account, `/v2/checkout/orders/${order_id}`, "up", "GET");
}
