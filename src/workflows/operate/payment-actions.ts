import type { MedusaContainer } from "@medusajs/framework/types";
import {
  ContainerRegistrationKeys,
  MathBN,
  MedusaError,
  PaymentCollectionStatus,
} from "@medusajs/framework/utils";
import {
  addMoney,
  money,
  moneyFromDecimal,
  moneyToDecimal,
  type AttemptRecord,
  type ManualRefund,
  type Money,
} from "../../gateway";
import { paymentActions, type PaymentActions } from "../../services";
import { tenderModule } from "../medusa/load-cart";
import { exactAmount, type Decimal } from "../medusa/order-transactions";
import { findGateway } from "../medusa/payment-providers";
import { paymentModule } from "../medusa/payment-session";
import { isOrderCanceled } from "../settle/settle-canceled-order";
import { voidedByUs } from "../settle/watch-coverage";

/** A payment of an order, and what may be done about it now. */
export type PaymentWithActions = PaymentActions &
  Readonly<{
    payment_id: string;
    payment_collection_id: string;
    attempt: AttemptRecord;
    captured: Money;
    refunded: Money;
    is_canceled: boolean;
    /** Refunds are begun by Medusa's refund, and carried out by people. */
    refunds_by_hand: boolean;
  }>;

type OrderRow = Readonly<{
  payment_collections?: readonly (Readonly<{ payments?: readonly ({ id: string } | null)[] }> | null)[];
}>;

type PaymentRow = Decimal &
  Readonly<{
    id: string;
    provider_id: string;
    payment_session_id: string;
    payment_collection_id: string;
    currency_code: string;
    canceled_at: Date | null;
    captures: readonly Decimal[] | null;
    refunds: readonly Decimal[] | null;
  }>;

/** The payments of an order at our gateways, with what may be done about each. @throws MedusaError `NOT_FOUND` */
export async function listPaymentActions(
  container: MedusaContainer,
  order_id: string,
): Promise<readonly PaymentWithActions[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "payment_collections.payments.id"],
    filters: { id: order_id },
  });
  const [order] = data as unknown as readonly OrderRow[];
  if (!order) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Order ${order_id} was not found.`);
  }
  const ids = (order.payment_collections ?? []).flatMap((collection) =>
    (collection?.payments ?? []).flatMap((payment) => (payment ? [payment.id] : [])),
  );
  const payments = await paymentsWith(container, ids);
  return (await Promise.all(payments.map((payment) => withActions(container, payment)))).flatMap(
    (found) => found ?? [],
  );
}

/**
 * Voids a payment that nothing was captured of, as Medusa does when an order is canceled; the order stays. It may be repeated:
 * what an earlier call did not come to is done then.
 *
 * @throws MedusaError `NOT_ALLOWED` where that may not be done (any more), `NOT_FOUND`
 */
export async function voidPayment(
  container: MedusaContainer,
  { actor_id, payment_id }: Readonly<{ actor_id: string; payment_id: string }>,
): Promise<PaymentWithActions> {
  const before = await requirePayment(container, payment_id);
  const { attempt, captured, is_canceled } = before;
  const is_untouched = captured.amount_minor === 0n;
  if (is_canceled && is_untouched) {
    await ((await lacksItsLine(container, attempt)) && keepVoid(container, actor_id, before));
    await closeCollection(container, before.payment_collection_id);
    return before;
  }
  if (before.voidable.amount_minor === 0n && !(is_untouched && attempt.status === "canceled")) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      "Only a payment that nothing was captured of can be voided. Refund it instead.",
    );
  }
  const { payment_collection_id } = await paymentModule(container).cancelPayment(payment_id);
  await keepVoid(container, actor_id, before);
  await closeCollection(container, payment_collection_id);
  return requirePayment(container, payment_id);
}

/** Who repeats a call that stopped does so at once. */
const REPEATED_WITHIN_MS = 10 * 60_000;

/** An earlier call may have stopped after the void. One by an order's cancellation is not any operator's void. */
async function lacksItsLine(container: MedusaContainer, attempt: AttemptRecord): Promise<boolean> {
  return (
    (await voidedByUs(container, attempt, REPEATED_WITHIN_MS)) && !(await isOrderCanceled(container, attempt))
  );
}

function keepVoid(
  container: MedusaContainer,
  actor_id: string,
  { attempt, payment_id }: PaymentWithActions,
): Promise<void> {
  const { id, status, amount } = attempt;
  return tenderModule(container).changes.addOnce({
    actor_id,
    action: "payment.void",
    subject: id,
    // One that is written late does not know it any more.
    before: { ...(status !== "canceled" && { status }), payment_id },
    after: { status: "canceled", amount: moneyToDecimal(amount), currency: amount.currency },
  });
}

/** One payment; undefined where it is none of our gateways'. */
export async function findPaymentWithActions(
  container: MedusaContainer,
  id: string,
): Promise<PaymentWithActions | undefined> {
  const [payment] = await paymentsWith(container, [id]);
  return payment && withActions(container, payment);
}

async function requirePayment(container: MedusaContainer, id: string): Promise<PaymentWithActions> {
  const found = await findPaymentWithActions(container, id);
  if (!found) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Payment ${id} was not found at any of the gateways.`);
  }
  return found;
}

async function paymentsWith(container: MedusaContainer, ids: string[]): Promise<readonly PaymentRow[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "payment",
    fields: ["*", "captures.*", "refunds.*"],
    filters: { id: ids },
    pagination: { order: { created_at: "ASC" } },
  });
  return data as unknown as readonly PaymentRow[];
}

async function withActions(
  container: MedusaContainer,
  payment: PaymentRow,
): Promise<PaymentWithActions | undefined> {
  const { id: payment_id, provider_id, payment_session_id, payment_collection_id, currency_code } = payment;
  const gateway = findGateway(container, provider_id)?.gateway;
  const attempt = gateway && (await tenderModule(container).findAttempt({ payment_session_id }));
  if (!gateway || !attempt) {
    return undefined;
  }
  const reference = attempt.gateway_reference;
  const by_hand = reference ? ((await gateway.manual_refunds?.list(reference)) ?? []) : [];
  const captured = sumOf(payment.captures ?? [], currency_code);
  const refunded = sumOf(payment.refunds ?? [], currency_code);
  const is_canceled = payment.canceled_at != null;
  return {
    ...paymentActions(
      {
        amount: moneyFromDecimal(exactAmount(payment), currency_code),
        captured,
        captures: payment.captures?.length ?? 0,
        refunded,
        is_canceled,
        attempt_status: attempt.status,
        being_refunded: underWay(by_hand, refunded),
      },
      gateway.capabilities,
    ),
    payment_id,
    payment_collection_id,
    attempt,
    captured,
    refunded,
    is_canceled,
    refunds_by_hand: gateway.manual_refunds !== undefined,
  };
}

/** What people give back and Medusa does not know of yet: those that are done may not have been put on record. */
function underWay(refunds: readonly ManualRefund[], refunded: Money): Money {
  const begun = refunds
    .filter(({ status }) => status !== "dropped")
    .reduce((sum, { amount }) => (amount ? addMoney(sum, amount) : sum), money(0n, refunded.currency));
  const left = begun.amount_minor - refunded.amount_minor;
  return money(left > 0n ? left : 0n, refunded.currency);
}

/** Nobody can pay it any more; Medusa makes another one for what the order still owes. */
async function closeCollection(container: MedusaContainer, id: string): Promise<void> {
  const payments = paymentModule(container);
  const { payments: all } = await payments.retrievePaymentCollection(id, { relations: ["payments"] });
  if ((all ?? []).every(({ canceled_at }) => canceled_at != null)) {
    await payments.updatePaymentCollections(id, { status: PaymentCollectionStatus.CANCELED } as never);
  }
}

function sumOf(rows: readonly Decimal[], currency_code: string): Money {
  const sum = rows.reduce<ReturnType<typeof MathBN.convert>>(
    (total, row) => MathBN.add(total, exactAmount(row)),
    MathBN.convert(0),
  );
  return moneyFromDecimal(sum, currency_code);
}
