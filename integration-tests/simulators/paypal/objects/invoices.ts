import type { Account } from "../account";
import { refuse } from "../errors";

/**
 * PayPal's setting "Block payments with the same invoice ID".
 * @throws PaypalRefusal DUPLICATE_INVOICE_ID when another payment of the account bears it
 */
export function checkInvoice(account: Account, invoice_id: string | null): void {
  if (account.options.unique_invoice_ids === false || invoice_id === null) {
    return;
  }
  const payments = [
    ...[...account.captures.values()].filter(({ status }) => status !== "DECLINED" && status !== "FAILED"),
    ...[...account.authorizations.values()].filter(
      ({ status }) => status !== "DENIED" && status !== "VOIDED",
    ),
  ];
  if (payments.some((payment) => payment.invoice_id === invoice_id)) {
    throw refuse("DUPLICATE_INVOICE_ID");
  }
}
