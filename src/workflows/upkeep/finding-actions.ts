import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { holdsMoney, sameMoney, type AttemptRecord, type FindingAction } from "../../gateway";
import { AttemptClaims } from "../../gateway/claims";
import { isRechecked, stillStands, type FindingRecord, type Rechecked } from "../../services";
import { comparePayment } from "./compare-payment";
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
 * of them may be repeated: whoever comes second finds the work done and does nothing. Throws a `MedusaError` that says
 * why it cannot be done.
 */
export type CarryOut = (container: MedusaContainer, finding: FindingRecord) => Promise<string | undefined>;

export const CARRY_OUT: Readonly<Record<FindingAction, CarryOut>> = {
  retry_check: recheck,
  adopt,
  return_money: giveBack,
  replay_webhook: replay,
  mark_resolved: async () => "closed by hand",
};

/** How long a payment that somebody else is working on is waited for. */
const PATIENCE_MS = 20_000;

async function recheck(container: MedusaContainer, finding: FindingRecord): Promise<string | undefined> {
  if (!isRechecked(finding.kind)) {
    throw notAllowed(`A finding of the kind ${finding.kind} cannot be checked again.`);
  }
  const found = await attemptOf(container, finding);
  if (!findGateway(container, found.provider_id)) {
    throw notAllowed(
      `${found.provider_id} is not installed, or another plugin's: its payments cannot be read.`,
    );
  }
  const attempt = await settleAttempt(container, found.id);
  const seen = await lookAt(container, attempt, finding.subject);
  return stillStands(finding.kind, seen) ? undefined : `checked again: the payment is ${attempt.status}`;
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
    throw conflict(`The payment could not be compared: ${compared.reason}.`);
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
      throw notAllowed(`Order ${before}, which it paid, is canceled. Return the money instead.`);
    }
    if (before) {
      return `order ${before} was placed with it`;
    }
    const cart_id = await assertAdoptable(container, current);
    const gateway = findGateway(container, current.provider_id);
    const attempt = gateway ? await gateway.attempts.refresh(current) : current;
    if (attempt.status !== "authorized" && attempt.status !== "captured") {
      throw notAllowed(
        `The payment is ${attempt.status} at its gateway: there is no money to place an order with.`,
      );
    }
    await ensureSession(container, cart_id, attempt);
    // It may have a new session now, by which its order is found.
    const settled = await settlePayment(container, cart_id, await attemptOf(container, finding));
    if (settled.type === "undecided") {
      throw conflict("Medusa could not place the order just now. It is tried again; look again in a minute.");
    }
    if (settled.type !== "order") {
      throw notAllowed("Medusa could not place the order, so the money was given back. The log says why.");
    }
    return `placed order ${settled.order_id}`;
  });
}

/** Settling a payment that its cart cannot use would give it back, which is not what the operator asked for. */
async function assertAdoptable(container: MedusaContainer, attempt: AttemptRecord): Promise<string> {
  const cart_id = await findCartOf(container, attempt);
  if (!cart_id) {
    throw notAllowed("The payment belongs to no cart that is known. Return the money instead.");
  }
  if (attempt.status === "canceled" || attempt.status === "failed") {
    throw notAllowed("The payment was given up and can place no order any more. Return the money instead.");
  }
  const cart = await loadCart(container, cart_id);
  if (cart.completed || (await findOrder(container, cart_id))) {
    throw notAllowed("The cart has been paid with another payment. Return the money instead.");
  }
  if (!sameMoney(cart.total, attempt.amount)) {
    throw notAllowed("The cart's total is not what was paid. Return the money instead.");
  }
  return cart_id;
}

async function replay(container: MedusaContainer, finding: FindingRecord): Promise<string | undefined> {
  return (await replayWebhook(container, finding.subject)) === "done" ? "worked it again" : undefined;
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
    throw conflict("Somebody else is working on this payment. Try again in a minute.");
  }
  return done;
}

/** Gives back what a payment without an order holds, and makes sure that the gateway holds nothing afterwards. */
async function giveBack(container: MedusaContainer, finding: FindingRecord): Promise<string> {
  const found = await attemptOf(container, finding);
  return alone(container, found, async (attempt) => {
    const order_id = await orderOf(container, attempt);
    if (order_id) {
      throw notAllowed(`The payment paid order ${order_id}. Refund it there.`);
    }
    await returnMoney(container, attempt);
    const gateway = findGateway(container, attempt.provider_id);
    if (gateway && attempt.gateway_reference && holdsMoney(await gateway.money.read(attempt))) {
      throw notAllowed("The gateway still holds money of this payment. Look at it there.");
    }
    return "gave the money back";
  });
}

async function attemptOf(container: MedusaContainer, finding: FindingRecord): Promise<AttemptRecord> {
  const attempt = finding.attempt_id
    ? await tenderModule(container).findAttempt({ id: finding.attempt_id })
    : null;
  if (!attempt) {
    throw notAllowed("This finding is about no payment of its own.");
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

function notAllowed(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_ALLOWED, message);
}

function conflict(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.CONFLICT, message);
}
