import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { completeCartWorkflowId } from "@medusajs/medusa/core-flows";
import { otherTotalSubject, sameMoney, showMoney, type AttemptRecord, type Money } from "../../gateway";
import { settlesLater } from "../../gateway/session-answers";
import { mayPass, runCoreWorkflow, type WorkflowFailure } from "../medusa/core-workflow";
import { ensureSession } from "./ensure-session";
import { findPaidOrder, isExpected } from "../medusa/find-order";
import { finishOrder } from "./finish-order";
import { isAbandoned } from "./is-abandoned";
import { loadCart, tenderModule } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";
import { giveUpUnlessOrdered } from "./return-money";

export type Settled =
  | Readonly<{ type: "order"; order_id: string }>
  /** Nothing to complete: the attempt is not approved. */
  | Readonly<{ type: "unpaid" }>
  /** Approved, but the cart is not what it was; the money is returned. */
  | Readonly<{ type: "cart_changed" }>
  /** Approved, but there is no order for it; the money is returned. */
  | Readonly<{ type: "order_not_placed" }>
  /** Approved, and Medusa can place no order just now; the money stays, and the reconciler tries again. */
  | Readonly<{ type: "undecided" }>;

/**
 * The one door from a payment to an order: from an approved one, or from one whose outcome takes days. Idempotent:
 * confirm, webhook, return and poll may all come here at the same time, each holding the attempt's claim; Medusa's
 * completion runs under the cart's lock and gives everybody the same order.
 */
export async function settlePayment(
  container: MedusaContainer,
  cart_id: string,
  approved: AttemptRecord,
): Promise<Settled> {
  if (approved.order_id) {
    return { type: "order", order_id: approved.order_id };
  }
  const is_expected = settlesLater(approved);
  if (approved.status !== "authorized" && approved.status !== "captured" && !is_expected) {
    return { type: "unpaid" };
  }
  const attempt = await withSession(container, cart_id, approved);
  const cart = await loadCart(container, cart_id);
  if (!cart.completed && !sameMoney(cart.total, attempt.amount)) {
    return giveUp(container, cart_id, attempt, "cart_changed");
  }
  if (await wasGivenBack(container, attempt)) {
    return giveUp(container, cart_id, attempt, "order_not_placed");
  }
  const failure = await runCoreWorkflow(container, completeCartWorkflowId, { id: cart_id });
  const [placed_id, now] = await Promise.all([
    failure ? undefined : findPaidOrder(container, cart_id, attempt),
    loadCart(container, cart_id),
  ]);
  const order_id = placed_id ?? (failure ? undefined : await finishOrder(container, cart_id, attempt));
  const has_changed = !sameMoney(now.total, attempt.amount);
  if (order_id) {
    await (has_changed && reportOtherTotal(container, attempt, order_id, now.total));
    // What is only expected is noted once it is there: until then the order is one that nobody has paid.
    await (is_expected || tenderModule(container).annotateAttempt(attempt.id, { order_id }));
    return { type: "order", order_id };
  }
  if (failure) {
    reportRefusal(container, attempt, failure);
    const waits = !isAbandoned(container, attempt) || (await isExpected(container, attempt));
    if (mayPass(failure) && waits) {
      return { type: "undecided" };
    }
  }
  return giveUp(container, cart_id, attempt, has_changed ? "cart_changed" : "order_not_placed");
}

async function giveUp(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
  type: "cart_changed" | "order_not_placed",
): Promise<Settled> {
  const order_id = await giveUpUnlessOrdered(container, cart_id, attempt);
  if (type === "cart_changed" && !order_id) {
    await reportOldAmount(container, attempt);
  }
  return order_id ? { type: "order", order_id } : { type };
}

/** Medusa completes a cart with whatever session it finds: that must be this attempt's own, or another would be charged. */
function withSession(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<AttemptRecord> {
  return findGateway(container, attempt.provider_id)
    ? ensureSession(container, cart_id, attempt)
    : Promise.resolve(attempt);
}

/** Medusa refunds what was captured when a completion fails, and leaves the payment approved. */
async function wasGivenBack(container: MedusaContainer, { id }: AttemptRecord): Promise<boolean> {
  const refunds = await tenderModule(container).listOperations(id, ["refund"]);
  return refunds.some(({ status }) => status !== "failed");
}

/** For the log alone: Medusa's workflows hand on whatever was thrown, the database's words too. */
function reportRefusal(
  container: MedusaContainer,
  attempt: AttemptRecord,
  { message }: WorkflowFailure,
): void {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  logger.error(`The cart of attempt ${attempt.id} was paid, but Medusa did not place the order: ${message}`);
}

async function reportOldAmount(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  await tenderModule(container).openFinding({
    kind: "confirmed_at_old_amount",
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail: "The payment was approved after the cart's total had changed. It is returned.",
  });
}

/** Medusa's routes wait for a completion; code that writes to the cart module does not, and the order takes what it wrote. */
async function reportOtherTotal(
  container: MedusaContainer,
  attempt: AttemptRecord,
  order_id: string,
  total: Money,
): Promise<void> {
  await tenderModule(container).openFinding({
    kind: "order_not_covered",
    // Of its own: that the payment is there, or is lost later, is another matter.
    subject: otherTotalSubject(attempt.id),
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail:
      `The cart was changed while the order ${order_id} was being placed: the order is for ${showMoney(total)}, ` +
      `its payment for ${showMoney(attempt.amount)}.`,
  });
}
