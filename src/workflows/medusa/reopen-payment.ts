import type { BigNumberInput, MedusaContainer, UpdatePaymentDTO } from "@medusajs/framework/types";
import { MathBN } from "@medusajs/framework/utils";
import { moneyFromDecimal } from "../../gateway";
import { findGateway } from "./payment-providers";
import { paymentModule } from "./payment-session";

/**
 * Takes back Medusa's mark that a payment of one of our gateways is captured in full, where its captures are less than
 * that: of two captures at once Medusa counts the other's row, and deletes it when that one fails. With the mark it would
 * answer every further capture with success, and ask nobody.
 */
export async function reopenPayment(container: MedusaContainer, payment_id: string): Promise<void> {
  const payments = paymentModule(container);
  const [payment] = await payments.listPayments({ id: payment_id }, { relations: ["captures"] });
  if (!payment?.captured_at || payment.canceled_at || !findGateway(container, payment.provider_id)) {
    return;
  }
  const captured = (payment.captures ?? []).reduce(
    (sum, { raw_amount, amount }) => MathBN.add(sum, raw_amount ?? amount),
    MathBN.convert(0),
  );
  // As Medusa compares them: fractions of the smallest unit stay out.
  const minorOf = (amount: BigNumberInput) => moneyFromDecimal(amount, payment.currency_code).amount_minor;
  if (minorOf(captured) < minorOf(payment.raw_amount ?? payment.amount)) {
    await payments.updatePayment({ id: payment.id, captured_at: null } as UpdatePaymentDTO);
  }
}
