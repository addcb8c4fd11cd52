import { randomUUID } from "node:crypto";
import { fullYear } from "./cards";
import type { Charge } from "./charges";
import type { Ledger } from "./ledger";
import type { BankPayment, Change } from "./records";

/** Keeps the card for the customer once it was accepted (or at once, for the card that is saved and refused). */
export function savedCardChanges(
  ledger: Ledger,
  payment: BankPayment,
  charge: Charge | undefined,
): readonly Change[] {
  const { customer_id, instrument, provider } = payment;
  const accepted = payment.status === "authorized" || payment.status === "captured";
  const expiry = accepted ? payment.save_on_success : charge?.save_now;
  if (!expiry || !customer_id || !instrument) {
    return [];
  }
  const same = [...ledger.saved_methods.values()].find(
    (saved) => saved.customer_id === customer_id && saved.instrument.fingerprint === instrument.fingerprint,
  );
  const id = same?.id ?? `sbx_pm_${randomUUID()}`;
  const { exp_month, exp_year } = expiry;
  const value = { id, provider, customer_id, instrument, exp_month, exp_year: fullYear(exp_year) };
  return [{ kind: "saved_method", value }];
}
