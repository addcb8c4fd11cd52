import type {
  BigNumberInput,
  MedusaContainer,
  PaymentDTO,
  UpdatePaymentDTO,
} from "@medusajs/framework/types";
import { MathBN } from "@medusajs/framework/utils";
import { moneyFromDecimal } from "../../gateway";
import { findGateway } from "./payment-providers";
import { paymentModule } from "./payment-session";

/**
 * Takes back Medusa's mark that a payment of one of our gateways is captured in full, where its captures are less than
 * that: of two captures at once Medusa counts the other's row, and deletes it when that one fails. With the mark it would
 * answer every further capture with success, and ask nobody.
 */
export async function reopenPayment(
  container: MedusaContainer,
  which: Readonly<{ id: string } | { payment_session_id: string }>,
): Promise<void> {
  const payments = paymentModule(container);
  const read = async () => (await payments.listPayments(which, { relations: ["captures"] }))[0];
  const mark = (id: string, captured_at: Date | null) =>
    payments.updatePayment({ id, captured_at } as UpdatePaymentDTO);

  const payment = await read();
  if (!payment?.captured_at || payment.canceled_at || !findGateway(container, payment.provider_id)) {
    return;
  }
  if (isCapturedInFull(payment)) {
    return;
  }
  await mark(payment.id, null);
  // Medusa holds no lock here: the rest may have been captured, and marked with good reason, since the payment was read.
  const now = await read();
  if (now && isCapturedInFull(now)) {
    await mark(payment.id, new Date());
  }
}

/**
 * Sets the mark that a server which stopped after the last capture left out. For one who knows that none of Medusa's
 * captures of the payment waits for its provider.
 */
export async function closePayment(container: MedusaContainer, payment_session_id: string): Promise<void> {
  const payments = paymentModule(container);
  for (const payment of await payments.listPayments({ payment_session_id }, { relations: ["captures"] })) {
    const { id, captured_at, canceled_at } = payment;
    if (!captured_at && !canceled_at && isCapturedInFull(payment)) {
      await payments.updatePayment({ id, captured_at: new Date() } as UpdatePaymentDTO);
    }
  }
}

/** As Medusa compares them: fractions of the smallest unit stay out. */
function isCapturedInFull({ captures, currency_code, raw_amount, amount }: PaymentDTO): boolean {
  const minorOf = (decimal: BigNumberInput) => moneyFromDecimal(decimal, currency_code).amount_minor;
  const captured = (captures ?? []).reduce(
    (sum, row) => MathBN.add(sum, row.raw_amount ?? row.amount),
    MathBN.convert(0),
  );
  return minorOf(captured) >= minorOf(raw_amount ?? amount);
}
