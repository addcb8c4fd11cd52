import type { IWorkflowEngineService, Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { completeCartWorkflowId } from "@medusajs/medusa/core-flows";
import { sameMoney, type AttemptRecord } from "../gateway";
import { findPaidOrder } from "./find-order";
import { loadCart, tenderModule } from "./load-cart";
import { giveUpUnlessOrdered } from "./return-money";

export type Settled =
  | Readonly<{ type: "order"; order_id: string }>
  /** Nothing to complete: the attempt is not approved. */
  | Readonly<{ type: "unpaid" }>
  /** Approved, but the cart is not what it was; the money is returned. */
  | Readonly<{ type: "cart_changed" }>
  /** Approved, but Medusa refused to place the order; the money is returned. The message is for the shopper. */
  | Readonly<{ type: "order_not_placed"; message: string }>;

/** Why Medusa refused is for the log alone: its workflows hand on whatever was thrown, the database's words too. */
const NOT_PLACED = "The order could not be placed.";

/**
 * The one door from an approved payment to an order. Idempotent: confirm, webhook, return and poll may all come
 * here at the same time, each holding the attempt's claim; Medusa's completion runs under the cart's lock and gives everybody the same order.
 */
export async function settlePayment(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<Settled> {
  if (attempt.order_id) {
    return { type: "order", order_id: attempt.order_id };
  }
  if (attempt.status !== "authorized" && attempt.status !== "captured") {
    return { type: "unpaid" };
  }
  const cart = await loadCart(container, cart_id);
  if (!cart.completed && !sameMoney(cart.total, attempt.amount)) {
    await reportOldAmount(container, attempt);
    return orderOr(await giveUpUnlessOrdered(container, cart_id, attempt), { type: "cart_changed" });
  }
  const completion = await completeCart(container, cart_id);
  const order_id = completion.error ? undefined : await findPaidOrder(container, cart_id, attempt);
  if (order_id) {
    await tenderModule(container).annotateAttempt(attempt.id, { order_id });
    return { type: "order", order_id };
  }
  if (completion.error) {
    reportRefusal(container, attempt, completion.error);
  }
  return orderOr(await giveUpUnlessOrdered(container, cart_id, attempt), {
    type: "order_not_placed",
    message: completion.error ? NOT_PLACED : "This cart was paid with another payment.",
  });
}

function orderOr(order_id: string | undefined, otherwise: Settled): Settled {
  return order_id ? { type: "order", order_id } : otherwise;
}

async function completeCart(container: MedusaContainer, cart_id: string): Promise<{ error?: Error }> {
  const engine = container.resolve<IWorkflowEngineService>(Modules.WORKFLOW_ENGINE);
  const { errors } = await engine.run(completeCartWorkflowId, {
    input: { id: cart_id },
    throwOnError: false,
  });
  return { error: errors?.[0]?.error as Error | undefined };
}

function reportRefusal(container: MedusaContainer, attempt: AttemptRecord, error: Error): void {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  logger.error(
    `The cart of attempt ${attempt.id} was paid, but Medusa did not place the order: ${error.message}`,
  );
}

async function reportOldAmount(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  await tenderModule(container).openFinding({
    kind: "confirmed_at_old_amount",
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail: "The payment was approved after the cart's total had changed. It is returned.",
  });
}
