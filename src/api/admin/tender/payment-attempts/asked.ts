import { MedusaError } from "@medusajs/framework/utils";
import { InvalidMoney, moneyFromDecimal } from "../../../../gateway";
import type { AttemptsAsked } from "../../../../workflows/operate/list-payment-attempts";
import type { PaymentAttemptsFileQuery } from "./contract";

/** The filters of a query as the workflows take them. Throws `INVALID_DATA` (400) for amounts in no currency of ISO 4217. */
export function askedFor({
  from,
  to,
  amount_min,
  amount_max,
  currency_code,
  ...filters
}: PaymentAttemptsFileQuery): AttemptsAsked {
  const currency = currency_code?.toUpperCase();
  return {
    ...filters,
    ...(currency && { currency }),
    ...(from && { from: new Date(from) }),
    ...(to && { to: new Date(to) }),
    ...(currency && amount_min && { least_minor: minorOf(amount_min, currency) }),
    ...(currency && amount_max && { most_minor: minorOf(amount_max, currency) }),
  };
}

function minorOf(amount: string, currency: string): bigint {
  try {
    return moneyFromDecimal(amount, currency).amount_minor;
  } catch (error) {
    if (error instanceof InvalidMoney) {
      throw new MedusaError(MedusaError.Types.INVALID_DATA, error.message);
    }
    throw error;
  }
}
