import type { BigNumberInput } from "@medusajs/framework/types";
import { GatewayUnavailable, InvalidPaymentData } from "./errors";
import { moneyFromDecimal, moneyToDecimal, type Money } from "./money";
import type { GatewayCapabilities } from "./payment-gateway";

/** The method asked for, or the gateway's first. Throws `InvalidPaymentData` for one it does not have. */
export function chosenMethod(
  provider_id: string,
  { methods }: GatewayCapabilities,
  method: string | undefined,
): string {
  const chosen = method === undefined ? methods[0] : methods.find(({ id }) => id === method);
  if (!chosen) {
    throw new InvalidPaymentData(`${provider_id} has no payment method "${String(method).slice(0, 40)}".`);
  }
  return chosen.id;
}

/**
 * Medusa's decimal amount in minor units. Throws `GatewayUnavailable` when the gateway does not take it, and
 * `InvalidPaymentData` when there is nothing to pay.
 */
export function acceptableAmount(
  provider_id: string,
  { currencies, limits }: GatewayCapabilities,
  amount: BigNumberInput,
  currency_code: string,
): Money {
  const value = moneyFromDecimal(amount, currency_code);
  if (value.amount_minor <= 0n) {
    throw new InvalidPaymentData(`There is nothing to pay: the amount is ${moneyToDecimal(value)}.`);
  }
  const { min_minor, max_minor } = limits?.[value.currency] ?? {};
  if (currencies !== "all" && !currencies.includes(value.currency)) {
    throw new GatewayUnavailable(`${provider_id} does not take ${value.currency}.`, { refused_by_us: true });
  }
  if (
    (min_minor !== undefined && value.amount_minor < min_minor) ||
    (max_minor !== undefined && value.amount_minor > max_minor)
  ) {
    throw new GatewayUnavailable(`${provider_id} does not take ${moneyToDecimal(value)} ${value.currency}.`, {
      refused_by_us: true,
    });
  }
  return value;
}
