import type { PaymentProviderEntry } from "../../../src/config";
import { ACCOUNT_IDS, captureAt } from "../lanes";
import type { Gateway, OpenAccount } from "./gateway";

/** For the store's calls to the bank. Short, so that a lost answer costs a schedule little time. */
const TIMEOUT_MS = 1_500;

/** The store's payment providers, as its configuration lists them. @param accounts at the bank, by their ids */
export function providerEntries(
  gateway: Gateway,
  accounts: Readonly<Record<string, OpenAccount>>,
): PaymentProviderEntry[] {
  return ACCOUNT_IDS.map((id) => ({
    id,
    ...gateway.providerEntry(id, {
      ...(accounts[id] ?? { url: "" }),
      capture: captureAt(id),
      timeout_ms: TIMEOUT_MS,
    }),
  }));
}
