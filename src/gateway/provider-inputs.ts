import type { InitiatePaymentInput } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import type { Timeouts } from "./gateway-caller";
import { LOST_CALL_GRACE_MS } from "./lost-calls";
import type { PayingCustomer } from "./payment-gateway";

/** The logged-in customer of a provider input, with the gateway's own id of them where one was made. */
export function customerIn(context: InitiatePaymentInput["context"]): PayingCustomer | undefined {
  return context?.customer
    ? {
        id: context.customer.id,
        email: context.customer.email,
        gateway_customer_id: stringIn(context.account_holder?.data, "id"),
      }
    : undefined;
}

/** The timeouts an operator set among the provider's options. Throws a `MedusaError` for one that cannot be kept. */
export function timeoutsIn(options: Readonly<Record<string, unknown>>): Partial<Timeouts> {
  const { connect_timeout_ms, timeout_ms } = options;
  for (const [name, value] of Object.entries({ connect_timeout_ms, timeout_ms })) {
    if (typeof value === "number" && !(value > 0 && value < LOST_CALL_GRACE_MS)) {
      throw new MedusaError(
        MedusaError.Types.INVALID_ARGUMENT,
        `${name} must be more than 0 and less than ${LOST_CALL_GRACE_MS} ms: a call is taken for lost after that.`,
      );
    }
  }
  return {
    ...(typeof connect_timeout_ms === "number" && { connect_timeout_ms }),
    ...(typeof timeout_ms === "number" && { timeout_ms }),
  };
}

/** Header names in lower case, values as text. */
export function headersIn(headers: Record<string, unknown>): Record<string, string | string[] | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.map(String) : value === undefined ? undefined : String(value),
    ]),
  );
}

export function stringIn(
  data: Readonly<Record<string, unknown>> | undefined,
  key: string,
): string | undefined {
  const value = data?.[key];
  return typeof value === "string" ? value : undefined;
}
