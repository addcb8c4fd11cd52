import { z } from "@medusajs/framework/zod";
import { MovedAnswer } from "./answers";
import type { PayPalClient, Work } from "./client";
import { captureIn } from "./payments";
import { isForbidden, isMissing, moveErrorOf } from "./refusal-errors";

/** An event's resource, as far as it says what it is about; in PayPal's names. */
export const Resource = z.object({
  id: z.string().max(100).optional(),
  order_id: z.string().max(100).optional(),
  supplementary_data: z
    .object({ related_ids: z.object({ order_id: z.string().max(100).optional() }).optional() })
    .optional(),
  links: z.array(z.object({ href: z.string(), rel: z.string() })).default([]),
  disputed_transactions: z
    .array(z.object({ seller_transaction_id: z.string().max(100).optional() }))
    .default([]),
});
type Resource = z.output<typeof Resource>;

/** What an event is about, by the beginning of its type. Source: PayPal docs, "Webhook event names". */
const ABOUT: readonly (readonly [prefix: string, find: Finding])[] = [
  ["CHECKOUT.ORDER.", async (_, { id }) => id],
  ["CHECKOUT.PAYMENT-APPROVAL.", async (_, { order_id, id }) => order_id ?? id],
  ["PAYMENT.AUTHORIZATION.", (client, resource) => named(resource) ?? ofAuthorization(client, resource.id)],
  // Its resource is the refund, whose parent is the capture.
  ["PAYMENT.CAPTURE.REFUNDED", ofRefund],
  ["PAYMENT.CAPTURE.REVERSED", ofRefund],
  ["PAYMENT.REFUND.", ofRefund],
  ["PAYMENT.CAPTURE.", (client, resource) => named(resource) ?? ofCapture(client, resource.id)],
  [
    "CUSTOMER.DISPUTE.",
    (client, { disputed_transactions: [first] }) => ofCapture(client, first?.seller_transaction_id),
  ],
];

type Finding = (client: PayPalClient, resource: Resource) => Promise<string | undefined>;

const LIMIT_MS = 5_000;

/**
 * The order an event speaks of; undefined for one that concerns none, or none that PayPal shows us.
 * @throws GatewayError when PayPal cannot be asked just now
 */
export async function orderIn(
  client: PayPalClient,
  type: string,
  resource: Resource,
): Promise<string | undefined> {
  const [, find] = ABOUT.find(([prefix]) => type.startsWith(prefix)) ?? [];
  return find?.(client, resource);
}

function named({ supplementary_data }: Resource): Promise<string> | undefined {
  const order_id = supplementary_data?.related_ids?.order_id;
  return order_id === undefined ? undefined : Promise.resolve(order_id);
}

function ofRefund(client: PayPalClient, resource: Resource): Promise<string | undefined> {
  return named(resource) ?? ofCapture(client, captureIn(resource.links));
}

function ofCapture(client: PayPalClient, captureId: string | undefined): Promise<string | undefined> {
  return orderOf(
    client,
    captureId,
    (id) =>
      ({ payments }) =>
        payments.getCapturedPayment({ captureId: id }),
  );
}

function ofAuthorization(
  client: PayPalClient,
  authorizationId: string | undefined,
): Promise<string | undefined> {
  return orderOf(
    client,
    authorizationId,
    (id) =>
      ({ payments }) =>
        payments.getAuthorizedPayment({ authorizationId: id }),
  );
}

async function orderOf(
  client: PayPalClient,
  id: string | undefined,
  reading: (id: string) => Work,
): Promise<string | undefined> {
  if (id === undefined) {
    return undefined;
  }
  try {
    const { supplementaryData } = await client.call(AbortSignal.timeout(LIMIT_MS), MovedAnswer, reading(id));
    return supplementaryData?.relatedIds?.orderId;
  } catch (error) {
    if (isMissing(error) || isForbidden(error)) {
      return undefined;
    }
    throw moveErrorOf(error);
  }
}
