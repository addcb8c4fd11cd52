import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord } from "../../gateway";
import { paymentModule } from "./payment-session";

/** Medusa's payment made of the attempt, if there is one. */
export async function findPayment(
  container: MedusaContainer,
  { payment_session_id }: AttemptRecord,
): Promise<{ id: string; canceled_at?: Date | string | null } | undefined> {
  if (!payment_session_id) {
    return undefined;
  }
  const [payment] = await paymentModule(container).listPayments({ payment_session_id });
  return payment;
}

/** Marks Medusa's payment canceled after the gateway canceled it; the adapter calls nobody for it. */
export async function cancelPaymentRecord(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const payment = await findPayment(container, attempt);
  if (payment && !payment.canceled_at) {
    await paymentModule(container).cancelPayment(payment.id);
  }
}
