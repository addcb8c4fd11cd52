import type { Account } from "../account";
import { newId, newTokenId } from "../ids";
import type { Instrument, OrderRecord, PaymentTokenRecord } from "../records";
import { tokenView } from "./token-view";

/** Saves what an order is paid with, where its source asked for that with `store_in_vault`. */
export function keepInstrument(account: Account, order: OrderRecord, instrument: Instrument): void {
  if (instrument.vault) {
    order.payment_token_id = savePaymentToken(account, instrument, instrument.vault.customer_id).id;
  }
}

/** Saves a payment method for a customer, a new one when none is named. */
export function savePaymentToken(
  account: Account,
  instrument: Instrument,
  customer_id: string | null,
): PaymentTokenRecord {
  const token: PaymentTokenRecord = {
    id: newTokenId(),
    customer_id: customer_id ?? newId(10),
    instrument: { ...instrument, vault: null },
    created_ms: account.clock.now(),
    funding: { kind: "completes" },
  };
  account.payment_tokens.set(token.id, token);
  account.emit("VAULT.PAYMENT-TOKEN.CREATED", tokenView(account, token));
  return token;
}
