import type { BigNumberInput, Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MathBN, OrderStatus } from "@medusajs/framework/utils";
import { mayPass, runCoreWorkflow } from "./core-workflow";

/** Medusa's workflow for a refund's credit line, which it does not export. */
const REFUND_CREDIT_LINES = "create-order-refund-credit-lines";

/** Two servers' clocks may differ by this much. */
const CLOCKS_DIFFER_MS = 5_000;

type CreditLine = Readonly<{
  amount: BigNumberInput;
  raw_amount?: BigNumberInput;
  reference_id: string | null;
  created_at: Date | string;
}>;

type OwedOrder = Readonly<{
  status: string;
  summary?: { pending_difference?: BigNumberInput; raw_pending_difference?: BigNumberInput };
  credit_lines?: readonly CreditLine[];
}>;

/** One of Medusa's refunds. `amount` is decimal. */
export type CountedRefund = Readonly<{ id: string; amount: BigNumberInput; created_at: Date }>;

/**
 * As Medusa's refund does: what the order did not owe its payer lowers what the payer owes. The credit line names the
 * refund, so that a server that stops in between does not make it twice.
 *
 * @returns `later` where it cannot be made just now; one that Medusa refuses is found by {@link uncreditedRefunds}
 */
export async function creditRefund(
  container: MedusaContainer,
  order_id: string,
  { id: referenceId, amount }: Pick<CountedRefund, "id" | "amount">,
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
  logger.warn(`Order ${order_id} got no credit line for a refund of ${amount}: ${failure.message}`);
  return mayPass(failure) ? "later" : "done";
}

/**
 * The refunds after which the order still asks its payer for money, and for which nothing has lowered it: Medusa refused
 * their credit line, or the server stopped before Medusa made it. Medusa's own credit lines do not say which refund they
 * are for: each counts for the smallest refund before it that is large enough.
 *
 * @param refunds those that Medusa is not at any more
 */
export async function uncreditedRefunds(
  container: MedusaContainer,
  order_id: string,
  refunds: readonly CountedRefund[],
): Promise<readonly CountedRefund[]> {
  if (refunds.length === 0) {
    return [];
  }
  const { status, summary, credit_lines } = await readOrder(container, order_id);
  if (status === OrderStatus.CANCELED || MathBN.lte(pendingOf(summary), 0)) {
    return [];
  }
  const lines = credit_lines ?? [];
  const named = new Set(lines.map(({ reference_id }) => reference_id));
  const lacking = refunds.filter(({ id }) => !named.has(id));
  const ids = new Set(refunds.map(({ id }) => id));
  for (const line of lines.filter(({ reference_id }) => !ids.has(reference_id ?? ""))) {
    const [closest] = lacking
      .filter((refund) => mayBeFor(line, refund))
      .sort((a, b) => Number(MathBN.sub(a.amount, b.amount)) || Number(b.created_at) - Number(a.created_at));
    lacking.splice(closest ? lacking.indexOf(closest) : 0, closest ? 1 : 0);
  }
  return lacking;
}

function mayBeFor({ created_at, raw_amount, amount }: CreditLine, refund: CountedRefund): boolean {
  return (
    new Date(created_at).getTime() >= refund.created_at.getTime() - CLOCKS_DIFFER_MS &&
    MathBN.lte(raw_amount ?? amount, refund.amount)
  );
}

async function readOrder(container: MedusaContainer, order_id: string): Promise<OwedOrder> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const fields = ["status", "summary", "credit_lines.*"];
  const { data } = await query.graph({ entity: "order", fields, filters: { id: order_id } });
  return data[0] as unknown as OwedOrder;
}

function pendingOf(summary: OwedOrder["summary"]): BigNumberInput {
  return summary?.raw_pending_difference ?? summary?.pending_difference ?? 0;
}
