import type { BigNumberInput, Logger, MedusaContainer } from "@medusajs/framework/types";
import {
  ContainerRegistrationKeys,
  MathBN,
  OrderChangeStatus,
  OrderChangeType,
  OrderStatus,
} from "@medusajs/framework/utils";
import { mayPass, runCoreWorkflow } from "./core-workflow";

/** Medusa's workflow for a refund's credit line, which it does not export. */
const REFUND_CREDIT_LINES = "create-order-refund-credit-lines";

/** Changes of an order that leave alone what it is for. */
const HARMLESS_CHANGES: readonly (string | null)[] = ["update_order", "transfer"];

type Decimal = Readonly<{ amount: BigNumberInput; raw_amount?: BigNumberInput | null }>;
type Dated = Readonly<{ created_at: Date | string }>;

type Refund = Decimal & Dated & Readonly<{ id: string }>;

type OwedOrder = Readonly<{
  status: string;
  summary?: { pending_difference?: BigNumberInput; raw_pending_difference?: BigNumberInput };
  credit_lines?: readonly { reference_id: string | null }[];
  payment_collections?: readonly { payments?: readonly { refunds?: readonly Refund[] }[] }[];
}>;

type OrderChange = Dated &
  Readonly<{
    change_type: string | null;
    actions?: readonly (Decimal & { reference_id: string | null })[];
  }>;

/**
 * As Medusa's refund does: what the order did not owe its payer lowers what the payer owes. The credit line names the
 * refund, so that a server that stops in between does not make it twice.
 *
 * @param refund one of Medusa's refunds, its amount decimal
 * @returns `later` where it cannot be made just now; one that Medusa refuses is found by {@link uncreditedRefunds}
 */
export async function creditRefund(
  container: MedusaContainer,
  order_id: string,
  { id: referenceId, amount }: Readonly<{ id: string; amount: BigNumberInput }>,
): Promise<"done" | "later"> {
  const { status, summary, credit_lines } = await readOrder(container, order_id);
  const has_one = credit_lines?.some(({ reference_id }) => reference_id === referenceId);
  const difference = pendingOf(summary);
  const owed = MathBN.lt(difference, 0) ? MathBN.mult(difference, -1) : MathBN.convert(0);
  // Of a canceled order nobody asks for anything, and Medusa adds no credit lines to it.
  if (has_one || status === OrderStatus.CANCELED || MathBN.lte(amount, owed)) {
    return "done";
  }
  const failure = await runCoreWorkflow(container, REFUND_CREDIT_LINES, {
    order_id,
    amount: MathBN.sub(amount, owed),
    reference: "refund",
    referenceId,
  });
  if (!failure) {
    return "done";
  }
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  logger.warn(`Order ${order_id} got no credit line for the refund ${referenceId}: ${failure.message}`);
  return mayPass(failure) ? "later" : "done";
}

/**
 * The ids of the order's refunds that its payer is still asked for: Medusa refused their credit line, or the server
 * stopped before Medusa made it. Medusa's own credit lines do not say which refund they are for; each is the latest
 * one's before it that is large enough. Where the order was changed after a refund, nothing can be said of that.
 */
export async function uncreditedRefunds(
  container: MedusaContainer,
  order_id: string,
): Promise<readonly string[]> {
  const { status, summary, payment_collections = [] } = await readOrder(container, order_id);
  const pending = pendingOf(summary);
  if (status === OrderStatus.CANCELED || MathBN.lte(pending, 0)) {
    return [];
  }
  const refunds = payment_collections
    .flatMap(({ payments = [] }) => payments.flatMap((payment) => payment.refunds ?? []))
    .sort((a, b) => timeOf(b) - timeOf(a));
  const changes = refunds.length > 0 ? await confirmedChanges(container, order_id) : [];
  const credits = changes.filter(({ change_type }) => change_type === OrderChangeType.CREDIT_LINE);
  const changed_at = changes
    .filter((change) => !credits.includes(change) && !HARMLESS_CHANGES.includes(change.change_type))
    .map(timeOf);
  const lacking = new Set(
    refunds.filter(
      (refund) =>
        MathBN.lte(exact(refund), pending) && changed_at.every((changed) => changed < timeOf(refund)),
    ),
  );
  for (const credit of credits) {
    for (const action of credit.actions ?? []) {
      const its =
        refunds.find(({ id }) => id === action.reference_id) ??
        [...lacking].find(
          (refund) => timeOf(refund) <= timeOf(credit) && MathBN.lte(exact(action), exact(refund)),
        );
      if (its) {
        lacking.delete(its);
      }
    }
  }
  return [...lacking].map(({ id }) => id);
}

async function readOrder(container: MedusaContainer, order_id: string): Promise<OwedOrder> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const fields = [
    "status",
    "summary",
    "credit_lines.reference_id",
    "payment_collections.payments.refunds.id",
    "payment_collections.payments.refunds.created_at",
    "payment_collections.payments.refunds.amount",
    "payment_collections.payments.refunds.raw_amount",
  ];
  const { data } = await query.graph({ entity: "order", fields, filters: { id: order_id } });
  return data[0] as unknown as OwedOrder;
}

/** First to last. */
async function confirmedChanges(container: MedusaContainer, order_id: string): Promise<OrderChange[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "order_change",
    fields: ["change_type", "created_at", "actions.reference_id", "actions.amount", "actions.raw_amount"],
    filters: { order_id, status: OrderChangeStatus.CONFIRMED },
  });
  return (data as unknown as OrderChange[]).sort((a, b) => timeOf(a) - timeOf(b));
}

const timeOf = ({ created_at }: Dated): number => new Date(created_at).getTime();

/** `amount` went through a float. */
const exact = ({ amount, raw_amount }: Decimal): BigNumberInput => raw_amount ?? amount;

function pendingOf(summary: OwedOrder["summary"]): BigNumberInput {
  return summary?.raw_pending_difference ?? summary?.pending_difference ?? 0;
}
