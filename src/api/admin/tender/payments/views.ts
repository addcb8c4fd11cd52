import { exponentOf, moneyToDecimal, type Money } from "../../../../gateway";
import type { PaymentWithActions } from "../../../../workflows/operate/payment-actions";
import type { AdminPaymentActions } from "./contract";

export function paymentActionsView(payment: PaymentWithActions): AdminPaymentActions {
  const {
    attempt,
    captured,
    refunded,
    capturable,
    refundable,
    voidable,
    payment_collection_id: _inside,
    ...flags
  } = payment;
  return {
    ...flags,
    payment_attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    method: attempt.method,
    currency_code: attempt.amount.currency.toLowerCase(),
    currency_digits: exponentOf(attempt.amount.currency),
    captured: decimal(captured),
    refunded: decimal(refunded),
    capturable: decimal(capturable),
    refundable: decimal(refundable),
    voidable: decimal(voidable),
  };
}

const decimal = (amount: Money): number => Number(moneyToDecimal(amount));
