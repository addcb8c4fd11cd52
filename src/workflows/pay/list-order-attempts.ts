import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils";
import {
  money,
  type AttemptRecord,
  type GatewayErrorKind,
  type Money,
  type OperationKind,
  type OperationStatus,
} from "../../gateway";
import type { TenderModuleService } from "../../modules/tender";
import { tenderModule } from "../medusa/load-cart";

/** A call to a gateway and how it ended. */
export type OperationOfAttempt = Readonly<{
  id: string;
  attempt_id: string;
  kind: OperationKind;
  status: OperationStatus;
  amount: Money | null;
  error_kind: GatewayErrorKind | null;
  error_message: string | null;
  started_at: Date;
  finished_at: Date | null;
}>;

export type AttemptWithOperations = Readonly<{
  attempt: AttemptRecord;
  operations: readonly OperationOfAttempt[];
}>;

/** Far more calls than the attempts of one order make. */
const MOST_OPERATIONS = 1_000;

/**
 * All attempts to pay an order, first to last, each with its calls to the gateway. The refused ones are found
 * through the order's payment collections, since they never had an order of their own. Throws `NOT_FOUND` (404)
 * for an unknown order.
 */
export async function listOrderAttempts(
  container: MedusaContainer,
  order_id: string,
): Promise<readonly AttemptWithOperations[]> {
  const tender = tenderModule(container);
  const collections = await paymentCollectionsOf(container, order_id);
  const attempts = (await Promise.all(collections.map((id) => tender.attempts.listOfCollection(id)))).flat();
  const operations = await listOperations(tender, attempts);
  return attempts.map((attempt) => ({
    attempt,
    operations: operations.filter(({ attempt_id }) => attempt_id === attempt.id),
  }));
}

async function paymentCollectionsOf(
  container: MedusaContainer,
  order_id: string,
): Promise<readonly string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "payment_collections.id"],
    filters: { id: order_id },
  });
  const order = data[0];
  if (!order) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Order ${order_id} was not found.`);
  }
  return (order.payment_collections ?? []).flatMap((collection: { id: string } | null) =>
    collection ? [collection.id] : [],
  );
}

/** The calls of these attempts to their gateways, in the order of time. */
export async function listOperations(
  tender: TenderModuleService,
  attempts: readonly AttemptRecord[],
): Promise<readonly OperationOfAttempt[]> {
  if (attempts.length === 0) {
    return [];
  }
  const rows = await tender.listTenderPaymentOperations(
    { attempt_id: attempts.map(({ id }) => id) },
    { order: { started_at: "ASC" }, take: MOST_OPERATIONS },
  );
  return rows.map(({ amount_minor, currency, kind, status, error_kind, ...row }) => ({
    id: row.id,
    attempt_id: row.attempt_id,
    kind: kind as OperationKind,
    status: status as OperationStatus,
    amount: amount_minor === null || currency === null ? null : money(BigInt(amount_minor), currency),
    error_kind: error_kind as GatewayErrorKind | null,
    error_message: row.error_message,
    started_at: row.started_at,
    finished_at: row.finished_at,
  }));
}
