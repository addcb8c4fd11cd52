import type { Account } from "../account";
import type { PaymentToken } from "../contract/types";
import type { Instrument, PaymentTokenRecord } from "../records";
import { tokenLinks } from "./links";
import { payerOf } from "./persons";

/** A saved payment method as the vault shows it. */
export function tokenView(
  account: Account,
  { id, customer_id, instrument }: PaymentTokenRecord,
): PaymentToken {
  return {
    id,
    customer: { id: customer_id },
    payment_source: savedSource(instrument),
    links: tokenLinks(account, id),
  };
}

export function savedSource(instrument: Instrument): NonNullable<PaymentToken["payment_source"]> {
  if ("person" in instrument) {
    const { email_address, payer_id, name } = payerOf(instrument.person);
    const shown = { email_address, payer_id, account_id: payer_id, ...(name ? { name } : {}) };
    return instrument.kind === "paypal" ? { paypal: shown } : { venmo: { ...shown, user_name: "johndoe" } };
  }
  const { name, last_digits, brand, expiry } = instrument.card;
  const card = {
    ...(name === null ? {} : { name }),
    last_digits,
    brand,
    ...(expiry === null ? {} : { expiry }),
  };
  return instrument.kind === "apple_pay" ? { apple_pay: { card } } : { card };
}
