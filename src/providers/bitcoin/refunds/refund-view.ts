import type { ManualRefund } from "../../../gateway/manual-refunds";
import { showMoney, type Money } from "../../../gateway/money";
import type { StoredInvoice } from "../wallet/wallet-store";
import { knownSats, moneyOf, showCoins } from "./amounts";
import { takesDestination } from "./destination";
import type { RefundParts } from "./parts";
import type { StoredRefund } from "./refund-store";

const DESTINATION_TITLES = {
  bitcoin: { en: "Your Bitcoin address", ar: "عنوان بيتكوين الخاص بك" },
  litecoin: { en: "Your Litecoin address", ar: "عنوان لايتكوين الخاص بك" },
} as const;

/** A refund as payee and operator see it. */
export function refundView(
  { account, options }: Pick<RefundParts, "account" | "options">,
  refund: StoredRefund,
  invoice: StoredInvoice,
): ManualRefund {
  const amount = moneyOf(refund);
  const sats = refund.prepared?.paid_sats ?? knownSats(refund, invoice, options.refund_rate);
  return {
    id: refund.id,
    reference: refund.invoice_id,
    amount,
    shown: sats === undefined ? inMoney(amount) : showCoins(account.chain, sats),
    less_fee: refund.prepared === null && options.refund_fee === "payee",
    status: refund.status,
    payee_token: refund.payee_token,
    destination: refund.destination,
    takes_destination: takesDestination(refund),
    destination_titles: DESTINATION_TITLES[account.chain.coin],
    note: refund.note,
  };
}

/** At the current rate, how many coins it will be is known when it is prepared. */
const inMoney = (amount: Money | null) => (amount ? showMoney(amount) : "");
