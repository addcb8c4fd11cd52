import type { Link } from "./contract/types";
import { newId } from "./ids";

type Kind = Readonly<{
  resource_type: string;
  /** The version of the resource's shape; the older APIs name none. */
  resource_version?: "2.0" | "3.0";
  summary: string;
}>;

/** The events that are played (docs: Webhook event names), and what each is about. */
export const EVENTS = {
  "CHECKOUT.ORDER.APPROVED": {
    resource_type: "checkout-order",
    resource_version: "2.0",
    summary: "An order has been approved by buyer",
  },
  "CHECKOUT.ORDER.COMPLETED": {
    resource_type: "checkout-order",
    resource_version: "2.0",
    summary: "Checkout Order Completed",
  },
  "CHECKOUT.PAYMENT-APPROVAL.REVERSED": {
    resource_type: "payment-approval",
    resource_version: "2.0",
    summary: "A payment has been reversed after approval.",
  },
  "PAYMENT.AUTHORIZATION.CREATED": {
    resource_type: "authorization",
    resource_version: "2.0",
    summary: "A payment authorization was created",
  },
  "PAYMENT.AUTHORIZATION.VOIDED": {
    resource_type: "authorization",
    resource_version: "2.0",
    summary: "A payment authorization was voided",
  },
  "PAYMENT.CAPTURE.COMPLETED": {
    resource_type: "capture",
    resource_version: "2.0",
    summary: "Payment completed",
  },
  "PAYMENT.CAPTURE.PENDING": {
    resource_type: "capture",
    resource_version: "2.0",
    summary: "Payment pending",
  },
  "PAYMENT.CAPTURE.DENIED": { resource_type: "capture", resource_version: "2.0", summary: "Payment denied" },
  "PAYMENT.CAPTURE.DECLINED": {
    resource_type: "capture",
    resource_version: "2.0",
    summary: "Payment declined",
  },
  "PAYMENT.CAPTURE.REFUNDED": {
    resource_type: "refund",
    resource_version: "2.0",
    summary: "Payment refunded",
  },
  "PAYMENT.CAPTURE.REVERSED": {
    resource_type: "refund",
    resource_version: "2.0",
    summary: "Payment reversed",
  },
  "PAYMENT.REFUND.PENDING": {
    resource_type: "refund",
    resource_version: "2.0",
    summary: "A refund is pending",
  },
  "PAYMENT.REFUND.FAILED": {
    resource_type: "refund",
    resource_version: "2.0",
    summary: "A refund has failed",
  },
  "CUSTOMER.DISPUTE.CREATED": { resource_type: "dispute", summary: "A new dispute opened" },
  "CUSTOMER.DISPUTE.UPDATED": { resource_type: "dispute", summary: "A dispute was updated" },
  "CUSTOMER.DISPUTE.RESOLVED": { resource_type: "dispute", summary: "A dispute was resolved" },
  "VAULT.PAYMENT-TOKEN.CREATED": {
    resource_type: "payment_token",
    resource_version: "3.0",
    summary: "A payment token has been created.",
  },
  "VAULT.PAYMENT-TOKEN.DELETED": {
    resource_type: "payment_token",
    resource_version: "3.0",
    summary: "A payment token has been deleted.",
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type EventType = keyof typeof EVENTS;

/** An event as it is sent; `resource` is a copy of what it is about, at that time. */
export type SimulatedEvent = Readonly<{
  id: string;
  event_version: "1.0";
  create_time: string;
  resource_type: string;
  resource_version?: string;
  event_type: EventType;
  summary: string;
  resource: unknown;
  links: readonly Link[];
}>;

export function newEvent(
  event_type: EventType,
  resource: unknown,
  at_ms: number,
  base_url: string,
): SimulatedEvent {
  const id = `WH-${newId()}-${newId()}`;
  const href = `${base_url}/v1/notifications/webhooks-events/${id}`;
  return {
    id,
    event_version: "1.0",
    create_time: new Date(at_ms).toISOString(),
    ...EVENTS[event_type],
    event_type,
    resource: structuredClone(resource),
    links: [
      { href, rel: "self", method: "GET" },
      { href: `${href}/resend`, rel: "resend", method: "POST" },
    ],
  };
}
