import type { Chain } from "./chains";
import { coinsText } from "./coin-amount";
import type { ReadInvoice } from "./invoices/invoice-reader";
import { paymentUri, paymentUriForQr } from "./payment-uri";

/** What a page shows of the chain. */
export type ShownChain = Readonly<{
  chain: string;
  coin: string;
  coin_title: string;
  ticker: string;
  /** Its coins are worth nothing. */
  test_mode: boolean;
  simulated?: Readonly<{ pay_url: string }>;
}>;

/** The chain as a page shows it. @param simulated_wallet_url of a demonstration */
export function shownChain(
  { name, coin, title, ticker, is_test }: Chain,
  simulated_wallet_url?: string,
): ShownChain {
  return {
    chain: name,
    coin,
    coin_title: title,
    ticker,
    test_mode: is_test,
    ...(simulated_wallet_url !== undefined && { simulated: { pay_url: simulated_wallet_url } }),
  };
}

/** What a page needs to have an invoice paid, and to show how far that is. Amounts of coins are decimals. */
export function clientOf(
  { invoice, stored, standing }: ReadInvoice,
  chain: Chain,
  shown: ShownChain,
  label?: string,
): Readonly<Record<string, unknown>> {
  const { missing_sats } = standing;
  const request = {
    address: stored.address,
    amount_sats: missing_sats > 0n ? missing_sats : undefined,
    label,
  };
  return {
    ...shown,
    phase: standing.phase,
    address: stored.address,
    uri: paymentUri(chain, request),
    qr: paymentUriForQr(chain, request),
    due: coinsText(stored.due_sats),
    missing: coinsText(missing_sats),
    received: coinsText(standing.received_sats),
    rate: { price: invoice.quote.rate, currency: invoice.quote.currency },
    confirmations: standing.confirmations,
    confirmations_needed: standing.confirmations_needed,
    expires_at: stored.expires_at.toISOString(),
  };
}
