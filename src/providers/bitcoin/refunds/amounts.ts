import { InvalidPaymentData } from "../../../gateway/errors";
import { money, type Money } from "../../../gateway/money";
import type { Chain } from "../chains";
import { standingAt } from "../invoices/invoice-reader";
import { coinsText } from "../coin-amount";
import { coinsFor, parseQuote } from "../rates";
import type { StoredInvoice, StoredOutput } from "../wallet/wallet-store";
import type { RefundParts } from "./parts";
import type { StoredRefund } from "./refund-store";

/** Blocks after which coins that no session stands for may be given back: until then their payer could take them back. */
const DEEP_ENOUGH_BLOCKS = 6;

/** `0.00123 BTC`. */
export const showCoins = (chain: Chain, sats: bigint) => `${coinsText(sats)} ${chain.ticker}`;

/** What is refunded in money; null for coins that no session stands for. */
export function moneyOf({ amount_minor, currency }: StoredRefund): Money | null {
  return amount_minor === null || currency === null ? null : money(amount_minor, currency);
}

/** What the refund is in coins where that is certain: fixed already, or told by the rate it was paid at. */
export function knownSats(
  refund: StoredRefund,
  invoice: StoredInvoice,
  refund_rate: "invoice" | "current",
): bigint | undefined {
  const amount = moneyOf(refund);
  return refund.sats ?? (amount && refund_rate === "invoice" ? atInvoiceRate(amount, invoice) : undefined);
}

/** As many coins as the amount cost when it was paid, so that all of it is all that was asked for. */
function atInvoiceRate(amount: Money, { quote }: StoredInvoice): bigint {
  return coinsFor(amount, parseQuote(quote));
}

/**
 * How many coins a refund is, decided once.
 *
 * @returns `most_sats` is what all refunds of the invoice may come to: at its own rate never more than stands at its
 *   address, whatever rounding and tolerance say
 * @throws InvalidPaymentData where nothing is left, NoQuote where a current rate is wanted and there is none
 */
export async function decideSats(
  { wallet, rates, options, account }: RefundParts,
  refund: StoredRefund,
  invoice: StoredInvoice,
): Promise<Readonly<{ sats: bigint; most_sats: bigint | undefined }>> {
  const amount = moneyOf(refund);
  if (refund.sats !== null || !amount) {
    return { sats: refund.sats ?? 0n, most_sats: undefined };
  }
  if (options.refund_rate === "current") {
    // Nothing is earned by giving back: the spread is for whoever pays.
    const quote = await rates.quote(account.chain.ticker, amount.currency, { spread_bps: 0 });
    return { sats: coinsFor(amount, quote), most_sats: undefined };
  }
  const scope = { provider_id: refund.provider_id, chain: refund.chain };
  const others = (await wallet.refunds.listOf(scope, invoice.id)).filter(
    ({ id, status }) => id !== refund.id && status !== "dropped",
  );
  const most_sats = sumOf(standing(await wallet.chains.outputsOf(invoice.id)));
  const left = others.reduce((rest, { sats }) => rest - (sats ?? 0n), most_sats);
  if (left <= 0n) {
    throw new InvalidPaymentData("Nothing is left at the payment's address that could be given back.");
  }
  const sats = atInvoiceRate(amount, invoice);
  return { sats: sats < left ? sats : left, most_sats };
}

/**
 * The coins at an invoice's address that no session stands for: what it got beyond its amount, or all of it where it was
 * never paid in full and nobody waits for the rest. Only what lies deep enough counts.
 */
export async function satsBeyond({ wallet, account }: RefundParts, invoice: StoredInvoice): Promise<bigint> {
  const cursor = await wallet.chains.cursor(account.chain.name);
  if (!cursor) {
    return 0n;
  }
  const outputs = await wallet.chains.outputsOf(invoice.id);
  const { tip_height } = cursor;
  const { phase } = standingAt(invoice, outputs, cursor);
  const is_paid = invoice.settled_at !== null || phase === "settled";
  if (!is_paid && phase !== "expired") {
    return 0n;
  }
  const deep = standing(outputs).filter(
    ({ block }) => block && tip_height - block.height + 1 >= DEEP_ENOUGH_BLOCKS,
  );
  const beyond = sumOf(deep) - (is_paid ? invoice.due_sats : 0n);
  return beyond > 0n ? beyond : 0n;
}

const standing = (outputs: readonly StoredOutput[]) =>
  outputs.filter(({ block, lost }) => block !== null && lost === null);
const sumOf = (outputs: readonly StoredOutput[]) =>
  outputs.reduce((sum, { value_sats }) => sum + value_sats, 0n);
