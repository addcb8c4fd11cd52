import type { MedusaContainer } from "@medusajs/framework/types";
import { holdsMoney, sameMoney, type AttemptRecord, type FindingAction } from "../../gateway";
import { AttemptClaims } from "../../gateway/claims";
import { findingDeed, isRechecked, stillStands, type FindingRecord, type Rechecked } from "../../services";
import { comparePayment } from "./compare-payment";
import { FindingProblem } from "./finding-problem";
import { ensureSession } from "../settle/ensure-session";
import { findCartOf, findOrderOf } from "../medusa/find-attempt-cart";
import { findOrder, findPaidOrder } from "../medusa/find-order";
import { loadCart, tenderModule } from "../medusa/load-cart";
import { uncreditedRefunds } from "../medusa/refund-credit";
import { findGateway } from "../medusa/payment-providers";
import { replayWebhook } from "../webhooks/replay-webhook";
import { returnMoney } from "../settle/return-money";
import { settleAttempt } from "../settle/settle";
import { isOrderCanceled } from "../settle/settle-canceled-order";
import { settlePayment } from "../settle/settle-payment";

/**
 * Carries out what an operator chose and says in words what was done; `undefined` when the finding still stands. All
 * of them may be repeated: whoever comes second finds the work done and does nothing. Throws a `FindingProblem` that says
 * why it cannot be done.
 */
export type CarryOut = (container: MedusaContainer, finding: FindingRecord) => Promise<string | undefined>;

export const CARRY_OUT: Readonly<Record<FindingAction, CarryOut>> = {
  retry_check: recheck,
  adopt,
  return_money: giveBack,
  replay_webhook: replay,
  mark_resolved: async () => findingDeed("closed_by_hand"),
};

/** How long a payment that somebody else is working on is waited for. */
const PATIENCE_MS = 20_000;

async function recheck(container: MedusaContainer, finding: FindingRecord): Promise<string | undefined> {
  if (!isRechecked(finding.kind)) {
    throw new FindingProblem("not_rechecked", { kind: finding.kind });
  }
  const found = await attemptOf(container, finding);
  if (!findGateway(container, found.provider_id)) {
    throw new FindingProblem("not_readable", { provider_id: found.provider_id });
  }
  const attempt = await settleAttempt(container, found.id);
  const seen = await lookAt(container, attempt, finding.subject);
  return stillStands(finding.kind, seen) ? undefined : findingDeed("checked", { status: attempt.status });
}

async function lookAt(
  container: MedusaContainer,
  attempt: AttemptRecord,
  subject: string,
): Promise<Rechecked> {
  const entry = await tenderModule(container).ledger.find(attempt.id);
  if (!entry?.attempt.gateway_reference) {
    return {
      attempt,
      subject,
      snapshot: null,
      order_canceled: false,
      has_lost_operations: false,
      figures_differ: false,
    };
  }
  const compared = await comparePayment(container, entry);
  if (!compared.checked) {
    throw new FindingProblem("not_compared", { reason: compared.reason });
  }
  return {
    attempt,
    subject,
    snapshot: compared.snapshot,
    order_canceled: attempt.order_id !== null && (await isOrderCanceled(container, attempt)),
    has_lost_operations: entry.has_lost_operations,
    figures_differ: compared.differences.length > 0 || (await asksForRefund(container, attempt, subject)),
  };
}

/** For a finding about a refund: whether the order still asks its payer for that money. */
async function asksForRefund(
  container: MedusaContainer,
  { id, order_id }: AttemptRecord,
  subject: string,
): Promise<boolean> {
  return (
    order_id !== null && subject !== id && (await uncreditedRefunds(container, order_id)).includes(subject)
  );
}

/** Places the order of a cart that still waits, with the payment that was found. */
async function adopt(container: MedusaContainer, finding: FindingRecord): Promise<string> {
  const found = await attemptOf(container, finding);
  return alone(container, found, async (current) => {
    const before = await orderOf(container, current);
    if (before && (await isOrderCanceled(container, { order_id: before }))) {
      throw new FindingProblem("order_canceled", { order_id: before });
    }
    if (before) {
      return findingDeed("had_order", { order_id: before });
    }
    const cart_id = await assertAdoptable(container, current);
    const gateway = findGateway(container, current.provider_id);
    const attempt = gateway ? await gateway.attempts.refresh(current) : current;
    if (attempt.status !== "authorized" && attempt.status !== "captured") {
      throw new FindingProblem("no_money", { status: attempt.status });
    }
    await ensureSession(container, cart_id, attempt);
    // It may have a new session now, by which its order is found.
    const settled = await settlePayment(container, cart_id, await attemptOf(container, finding));
    if (settled.type === "undecided") {
      throw new FindingProblem("order_waits");
    }
    if (settled.type !== "order") {
      throw new FindingProblem("order_failed");
    }
    return findingDeed("placed_order", { order_id: settled.order_id });
  });
}

/** Settling a payment that its cart cannot use would give it back, which is not what the operator asked for. */
async function assertAdoptable(container: MedusaContainer, attempt: AttemptRecord): Promise<string> {
  const cart_id = await findCartOf(container, attempt);
  if (!cart_id) {
    throw new FindingProblem("no_cart");
  }
  if (attempt.status === "canceled" || attempt.status === "failed") {
    throw new FindingProblem("given_up");
  }
  const cart = await loadCart(container, cart_id);
  if (cart.completed || (await findOrder(container, cart_id))) {
    throw new FindingProblem("paid_otherwise");
  }
  if (!sameMoney(cart.total, attempt.amount)) {
    throw new FindingProblem("total_differs");
  }
  return cart_id;
}

async function replay(container: MedusaContainer, finding: FindingRecord): Promise<string | undefined> {
  return (await replayWebhook(container, finding.subject)) === "done"
    ? findingDeed("worked_again")
    : undefined;
}

/** Works on the attempt under its claim, after whoever has it now. */
async function alone(
  container: MedusaContainer,
  attempt: AttemptRecord,
  work: (attempt: AttemptRecord) => Promise<string>,
): Promise<string> {
  const claims = new AttemptClaims(() => tenderModule(container));
  const done = await claims.whenFree(attempt.id, PATIENCE_MS, work);
  if (typeof done !== "string") {
    throw new FindingProblem("in_use");
  }
  return done;
}

/** Gives back what a payment without an order holds, and makes sure that the gateway holds nothing afterwards. */
async function giveBack(container: MedusaContainer, finding: FindingRecord): Promise<string> {
  const found = await attemptOf(container, finding);
  return alone(container, found, async (attempt) => {
    const order_id = await orderOf(container, attempt);
    if (order_id) {
      throw new FindingProblem("paid_order", { order_id });
    }
    await returnMoney(container, attempt);
    const gateway = findGateway(container, attempt.provider_id);
    if (gateway && attempt.gateway_reference && holdsMoney(await gateway.money.read(attempt))) {
      throw new FindingProblem("still_held");
    }
    return findingDeed("returned");
  });
}

async function attemptOf(container: MedusaContainer, finding: FindingRecord): Promise<AttemptRecord> {
  const attempt = finding.attempt_id
    ? await tenderModule(container).findAttempt({ id: finding.attempt_id })
    : null;
  if (!attempt) {
    throw new FindingProblem("no_payment");
  }
  return attempt;
}

/** The order this very payment paid, if any; also for one made through Medusa's own routes, which knows no cart. */
async function orderOf(container: MedusaContainer, attempt: AttemptRecord): Promise<string | undefined> {
  if (attempt.order_id) {
    return attempt.order_id;
  }
  const cart_id = await findCartOf(container, attempt);
  return cart_id ? findPaidOrder(container, cart_id, attempt) : findOrderOf(container, attempt);
}
