import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import type { AttemptRecord } from "../../gateway";
import type { ListedAttempt } from "../../modules/tender/stores/attempt-list";
import type { WebhookAbout } from "../../modules/tender/stores/attempt-history";
import type { ChangeRecord } from "../../modules/tender/stores/change-store";
import type { FindingRecord } from "../../services";
import { findCartOf } from "../medusa/find-attempt-cart";
import { tenderModule } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";
import { listOperations, type OperationOfAttempt } from "../pay/list-order-attempts";
import { ordersOf, type OrderName } from "./list-payment-attempts";

const MOST_CHANGES = 100;

/** Everything on record about one attempt. */
export type AttemptStory = Readonly<{
  listed: ListedAttempt;
  cart_id: string | null;
  operations: readonly OperationOfAttempt[];
  webhooks: readonly WebhookAbout[];
  findings: readonly FindingRecord[];
  /** What operators did to it, and to what is about it: its findings, webhooks, and refunds by hand. */
  changes: readonly ChangeRecord[];
  order: OrderName | null;
  /** Every try to pay the cart, this one included, first to last. */
  attempts_of_cart: readonly AttemptRecord[];
  /** Where the gateway's own site shows the payment. */
  payment_page: string | null;
}>;

/** Reads one attempt with its history. Throws `NOT_FOUND` (404) for one that is not on record. */
export async function readPaymentAttempt(container: MedusaContainer, id: string): Promise<AttemptStory> {
  const tender = tenderModule(container);
  const listed = await tender.attempt_list.find(id);
  if (!listed) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Payment attempt ${id} was not found.`);
  }
  const { attempt } = listed;
  const { payment_collection_id, provider_id } = attempt;
  const operations = await listOperations(tender, [attempt]);
  const references = attempt.gateway_reference ? [attempt.gateway_reference] : [];
  const by_hand = findGateway(container, provider_id)?.gateway.manual_refunds;
  const [webhooks, findings, refunds, orders, attempts_of_cart, cart_id] = await Promise.all([
    tender.attempt_history.webhooks(provider_id, references),
    tender.attempt_history.findings(id),
    attempt.gateway_reference ? (by_hand?.list(attempt.gateway_reference) ?? []) : [],
    ordersOf(container, [listed]),
    payment_collection_id ? tender.attempt_history.cartsAttempts(payment_collection_id) : [attempt],
    findCartOf(container, attempt),
  ]);
  const subjects = [id, ...[...findings, ...webhooks, ...refunds].map((about) => about.id)];
  const { changes } = await tender.changes.list({ subject: subjects, limit: MOST_CHANGES });
  return {
    listed,
    cart_id: cart_id ?? null,
    operations,
    webhooks,
    findings,
    changes,
    order: [...orders.values()][0] ?? null,
    attempts_of_cart,
    payment_page: attempt.gateway_reference
      ? (findGateway(container, provider_id)?.gateway.paymentPage?.(attempt.gateway_reference) ?? null)
      : null,
  };
}
