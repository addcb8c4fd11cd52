import { InvalidPaymentData, type AttemptRecord, type PaymentGateway } from "../../gateway";

/**
 * A saved method pays only for the logged-in customer whose attempt it is, whoever else knows the ids of cart, attempt and
 * method. Asked before the gateway is, so that the answer is the same whether there is such a method or not.
 *
 * @throws InvalidPaymentData for anybody else
 */
export function assertOwnSavedMethod(
  { saved_methods }: Pick<PaymentGateway, "saved_methods">,
  attempt: Pick<AttemptRecord, "customer_id">,
  { customer_id, data = {} }: Readonly<{ customer_id: string | null; data?: Record<string, unknown> }>,
): void {
  const is_owner = customer_id !== null && customer_id === attempt.customer_id;
  const names_one = "saved_method_id" in data;
  // A guest's attempt has no customer at the gateway, and with it nothing saved.
  const may_name_one = attempt.customer_id !== null && (saved_methods?.mayBeNamedIn?.(data) ?? false);
  if (!is_owner && (names_one || may_name_one)) {
    throw new InvalidPaymentData("This saved payment method is not the customer's, or is gone.");
  }
}
