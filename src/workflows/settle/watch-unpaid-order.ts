import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MathBN } from "@medusajs/framework/utils";
import { LIVE_STATUSES, showMoney, type AttemptRecord, type AttemptStatus } from "../../gateway";
import { withCartLock } from "../medusa/cart-lock";
import { findCartOf } from "../medusa/find-attempt-cart";
import { findOrder, isExpected } from "../medusa/find-order";
import { tenderModule } from "../medusa/load-cart";

/** In these no money will come of an attempt any more. */
const OVER: readonly AttemptStatus[] = ["canceled", "declined", "failed"];

/**
 * Medusa makes the order first and records its payment last, and only then the attempt is noted as the order's. Where a
 * server stopped in between, or the payment's outcome takes days, and the payment came to nothing meanwhile, the order
 * stands and nobody has paid it: that is a finding. The caller holds the attempt's claim.
 */
export async function watchUnpaidOrder(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const cart_id = OVER.includes(attempt.status) ? await findCartOf(container, attempt) : undefined;
  // Ordinary ends of an attempt wait for nobody: the lock is taken only for what looks unpaid and is news.
  if (!cart_id || !(await findUnpaidOrder(container, cart_id, attempt))) {
    return;
  }
  const tender = tenderModule(container);
  if (await tender.findings.isKnown("order_not_covered", attempt.id)) {
    return;
  }
  // A completion under way has recorded its payment by then, or taken its order back.
  const unpaid = await withCartLock(container, cart_id, () => findUnpaidOrder(container, cart_id, attempt));
  if (unpaid?.has_record) {
    // The order's payment like any other that was lost: what follows from that is watched there.
    await tender.annotateAttempt(attempt.id, { order_id: unpaid.order_id });
  } else if (unpaid) {
    const was_expected = await isExpected(container, attempt);
    await tender.openFinding({
      kind: "order_not_covered",
      attempt_id: attempt.id,
      provider_id: attempt.provider_id,
      detail: was_expected
        ? `The order ${unpaid.order_id} was placed before the outcome of its payment of ` +
          `${showMoney(attempt.amount)}, which takes days, and the payment came to nothing. The order is unpaid.`
        : `The server stopped while the order ${unpaid.order_id} was being placed, and its payment of ` +
          `${showMoney(attempt.amount)} came to nothing. The order is unpaid.`,
    });
  }
}

/** `has_record`: Medusa still has a payment for the attempt. */
type UnpaidOrder = Readonly<{ order_id: string; has_record: boolean }>;

/**
 * The cart's order, where neither another attempt nor any other payment is for it, and none may still be on its way.
 */
async function findUnpaidOrder(
  container: MedusaContainer,
  cart_id: string,
  { payment_collection_id, payment_session_id }: AttemptRecord,
): Promise<UnpaidOrder | undefined> {
  const order_id = await findOrder(container, cart_id);
  if (!order_id) {
    return undefined;
  }
  const { attempts } = tenderModule(container);
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const [payers, siblings, { data }] = await Promise.all([
    attempts.listOfOrder(order_id),
    payment_collection_id ? attempts.listOfCollection(payment_collection_id) : [],
    query.graph({
      entity: "order",
      fields: [
        "status",
        "total",
        "payment_collections.payments.canceled_at",
        "payment_collections.payments.payment_session_id",
      ],
      filters: { id: order_id },
    }),
  ]);
  const [order] = data as unknown as readonly OrderRow[];
  const open = (order?.payment_collections ?? []).flatMap(({ payments }) =>
    (payments ?? []).filter(({ canceled_at }) => !canceled_at),
  );
  const is_unpaid =
    order !== undefined &&
    order.status !== "canceled" &&
    MathBN.gt(order.total, 0) &&
    payers.length === 0 &&
    !siblings.some(({ status }) => LIVE_STATUSES.includes(status)) &&
    open.every((payment) => payment.payment_session_id === payment_session_id);
  return is_unpaid ? { order_id, has_record: open.length > 0 } : undefined;
}

type PaymentRow = Readonly<{ canceled_at?: string | null; payment_session_id?: string | null }>;
type OrderRow = Readonly<{
  status: string;
  total: number;
  payment_collections?: readonly { payments?: readonly PaymentRow[] | null }[] | null;
}>;
