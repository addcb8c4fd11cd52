import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import {
  OPEN_STATUSES,
  holdsMoney,
  isUndecided,
  outcomeOf,
  type AttemptRecord,
  type FindingKind,
  type Observed,
  type PaymentSnapshot,
} from "../../gateway";
import { succeededSum } from "../../gateway/moves";
import { settlesLater } from "../../gateway/session-answers";
import { findCartOf, findOrderOf } from "../medusa/find-attempt-cart";
import { findPaidOrder, isExpected } from "../medusa/find-order";
import { recordPayment } from "./finish-order";
import { isAbandoned } from "./is-abandoned";
import { tenderModule } from "../medusa/load-cart";
import { giveUpUnlessOrdered, returnMoney } from "./return-money";
import { settlePayment, type Settled } from "./settle-payment";
import { watchUnpaidOrder } from "./watch-unpaid-order";

/** An attempt in one of these waits for no money any more, or nobody knew of any: an approval is late then. */
const LATE_FROM: readonly AttemptRecord["status"][] = ["released", "declined", "failed", "canceled"];

/**
 * What becomes of money that the gateway holds for an attempt without an order: it places the cart's order where the
 * cart still waits for that amount, otherwise it goes back. Money that turned up late always leaves a finding, and so does
 * an order that was made in expectation of money that never came.
 * The caller holds the attempt's claim.
 */
export async function settleMoney(
  container: MedusaContainer,
  former: AttemptRecord,
  { attempt, snapshot }: Observed,
): Promise<void> {
  if (attempt.order_id || !snapshot) {
    return;
  }
  if (settlesLater(attempt)) {
    return placeExpected(container, attempt);
  }
  if (outcomeOf(snapshot).type !== "approved") {
    if (attempt.status === "canceled") {
      await tenderModule(container).closeFinding(
        "money_without_order",
        attempt.id,
        "The gateway holds nothing of it any more.",
      );
    }
    return watchUnpaidOrder(container, attempt);
  }
  if (attempt.status === "canceled" || attempt.status === "failed") {
    return returnGivenUp(container, attempt, snapshot);
  }
  const cart_id = await findCartOf(container, attempt);
  if (!cart_id) {
    return settleWithoutCart(container, attempt);
  }
  const order_id = await findPaidOrder(container, cart_id, attempt);
  if (order_id) {
    // Placed through Medusa's own route, which may still be at its moves, or by a server that died right after: what is
    // left out of them is made up for where they are mirrored, once Medusa cannot be at them any more.
    await tenderModule(container).annotateAttempt(attempt.id, { order_id });
    return;
  }
  if (attempt.status === "unknown") {
    // Approved, but not what was asked for: the finding is open, and no order may be made with it.
    await giveUpUnlessOrdered(container, cart_id, attempt);
    return;
  }
  const late = isLate(container, former);
  // An order that was placed before its payment's outcome waits for it, however long that takes.
  if (late && isAbandoned(container, attempt) && !(await isExpected(container, attempt))) {
    const placed = await giveUpUnlessOrdered(container, cart_id, attempt);
    return placed ? undefined : report(container, "late_money_returned", attempt);
  }
  const settled = await settleDecided(container, cart_id, attempt);
  if (late || (settlesLater(former) && settled.type !== "order")) {
    await reportLate(container, attempt, settled);
  }
}

/** The order of a payment whose outcome takes days. */
async function placeExpected(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const cart_id = await findCartOf(container, attempt);
  if (cart_id && !(await findPaidOrder(container, cart_id, attempt))) {
    await settleDecided(container, cart_id, attempt);
  }
}

async function settleDecided(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<Exclude<Settled, { type: "undecided" }>> {
  const settled = await settlePayment(container, cart_id, attempt);
  if (settled.type === "undecided") {
    throw new MedusaError(
      MedusaError.Types.CONFLICT,
      `The order of attempt ${attempt.id} could not be placed yet. It is tried again.`,
    );
  }
  return settled;
}

/**
 * Given up before the gateway approved it: no order can be made with it any more. Money that was returned once and came
 * back is the operator's to return again, whose finding stays open: a return that bounces would bounce for ever.
 */
async function returnGivenUp(
  container: MedusaContainer,
  attempt: AttemptRecord,
  snapshot: PaymentSnapshot,
): Promise<void> {
  const tender = tenderModule(container);
  const returned = succeededSum(
    await tender.listOperations(attempt.id, ["refund"]),
    snapshot.refunded.currency,
  );
  if (holdsMoney(snapshot)) {
    if (returned.amount_minor > snapshot.refunded.amount_minor) {
      return;
    }
    try {
      await returnMoney(container, attempt);
    } catch (error) {
      if (isUndecided(error)) {
        return; // It is on its way, and the finding says so.
      }
      throw error;
    }
    await report(container, "late_money_returned", attempt);
  }
  await tender.closeFinding("money_without_order", attempt.id, "The money was given back.");
}

function isLate(container: MedusaContainer, former: AttemptRecord): boolean {
  const waited_ms = Date.now() - former.updated_at.getTime();
  const overdue = waited_ms >= tenderModule(container).options.unknown_blocks_ms;
  const approved = former.status === "authorized" || former.status === "captured";
  const left = OPEN_STATUSES.includes(former.status) && isAbandoned(container, former);
  return LATE_FROM.includes(former.status) || left || (overdue && (approved || former.status === "unknown"));
}

async function reportLate(
  container: MedusaContainer,
  attempt: AttemptRecord,
  settled: Exclude<Settled, { type: "undecided" }>,
): Promise<void> {
  switch (settled.type) {
    case "order":
      await tenderModule(container).closeFinding("order_not_covered", attempt.id, "The order is paid.");
      return report(container, "late_money_adopted", attempt);
    case "cart_changed":
    case "order_not_placed":
      return report(container, "late_money_returned", attempt);
    case "unpaid":
      return;
  }
}

const SENTENCE = {
  late_money_adopted: "The payment turned up late and became the cart's order.",
  late_money_returned: "The payment turned up when its cart no longer waited for it. It was given back.",
} as const satisfies Partial<Record<FindingKind, string>>;

async function report(
  container: MedusaContainer,
  kind: keyof typeof SENTENCE,
  { id, provider_id }: AttemptRecord,
): Promise<void> {
  const tender = tenderModule(container);
  if (kind === "late_money_returned" && (await tender.findAttempt({ id }))?.status === "released") {
    return; // It could not be given back yet; whoever does it tells of it.
  }
  await tender.openFinding({
    kind,
    attempt_id: id,
    provider_id,
    detail: SENTENCE[kind],
  });
}

/** A payment collection of an order itself, as Medusa makes them for what an edited order lacks. */
async function settleWithoutCart(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const tender = tenderModule(container);
  const order_id = await findOrderOf(container, attempt);
  if (order_id) {
    await recordPayment(container, order_id, attempt);
    await tender.annotateAttempt(attempt.id, { order_id });
    return;
  }
  await tender.openFinding({
    kind: "money_without_order",
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail: "The payment was approved, and there is neither a cart nor an order for it.",
  });
}
