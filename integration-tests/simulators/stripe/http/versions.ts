import { invalidRequest } from "../errors";
import type { LegacyParameters } from "../objects/payment-intents";
import type { OperationName } from "./routes";

/** The first API version without `payment_method_types` (changelog of the SDK, 23.0.0). */
const WITHOUT_METHOD_TYPES = "2026-09-30";

const TAKES_METHOD_TYPES: ReadonlySet<OperationName> = new Set<OperationName>([
  "payment_intents.create",
  "payment_intents.update",
  "payment_intents.confirm",
  "setup_intents.create",
  "setup_intents.update",
]);

/**
 * Takes out of a request what only older versions of the API know.
 * @throws StripeRefusal 400 `payment_method_types_no_longer_supported` in the current one
 */
export function splitLegacy(
  operation: OperationName,
  api_version: string,
  params: Readonly<Record<string, unknown>>,
): { legacy: LegacyParameters; current: Record<string, unknown> } {
  const { payment_method_types, ...current } = params;
  if (payment_method_types === undefined || !TAKES_METHOD_TYPES.has(operation)) {
    return { legacy: {}, current: { ...params } };
  }
  if (api_version >= WITHOUT_METHOD_TYPES) {
    throw invalidRequest(
      "The parameter `payment_method_types` is no longer supported in this API version. Use " +
        "`automatic_payment_methods` or `allowed_payment_method_types` instead.",
      { code: "payment_method_types_no_longer_supported", param: "payment_method_types" },
    );
  }
  const named = Array.isArray(payment_method_types) ? payment_method_types.map(String) : [];
  return { legacy: { payment_method_types: named }, current };
}
