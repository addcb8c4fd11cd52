import type { PaymentProviderEntry } from "../../../src/config";
import { ACCOUNT_IDS, CAPTURE_AT_ONCE } from "../lanes";
import type { Gateway } from "./gateway";

/** For the store's calls to the bank. Short, so that a lost answer costs a schedule little time. */
const TIMEOUT_MS = 1_500;

/** The store's payment providers, as its configuration lists them. @param urls where the bank answers each account */
export function providerEntries(
  gateway: Gateway,
  urls: Readonly<Record<string, string>>,
): PaymentProviderEntry[] {
  return ACCOUNT_IDS.map((id) => ({
    id,
    ...gateway.providerEntry(id, {
      url: urls[id] ?? "",
      capture: CAPTURE_AT_ONCE.has(id) ? "automatic" : "manual",
      timeout_ms: TIMEOUT_MS,
    }),
  }));
}
