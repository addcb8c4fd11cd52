import { money, showMoney } from "../../gateway/money";
import type { Notice, PaymentSnapshot } from "../../gateway/outcomes";
import type { Chain } from "./chains";
import { clientOf, type ShownChain } from "./client-data";
import { showCoins } from "./refunds/amounts";
import type { StoredRefund } from "./refunds/refund-store";
import type { ReadInvoice } from "./invoices/invoice-reader";
import type { Standing } from "./invoices/standing";

/** What is reported of an invoice beside what arrived. */
export type Reported = Readonly<{
  chain: Chain;
  shown: ShownChain;
  /** Who is paid, for the payer's wallet. */
  label?: string;
  /** All refunds of the invoice. */
  refunds: readonly StoredRefund[];
}>;

type Amounts = Pick<PaymentSnapshot, "status" | "next_action"> &
  Readonly<{ authorized_minor: bigint; captured_minor: bigint }>;

/** The payment as the chain shows it. No more than the invoice's amount is ever reported as taken. */
export function snapshotOf(read: ReadInvoice, reported: Reported): PaymentSnapshot {
  const { stored } = read;
  const { amount_minor, currency } = stored;
  const { status, next_action, authorized_minor, captured_minor } = amountsOf(read);
  return {
    reference: stored.id,
    status,
    ...(next_action && { next_action }),
    amount: money(amount_minor, currency),
    authorized: money(authorized_minor, currency),
    captured: money(captured_minor, currency),
    refunded: money(refundedMinor(reported.refunds), currency),
    client: clientOf(read, reported.chain, reported.shown, reported.label),
    notices: noticesOf(read, reported),
  };
}

function amountsOf({ stored, standing }: ReadInvoice): Amounts {
  const { amount_minor } = stored;
  if (standing.is_undone) {
    // Its transactions may only wait to be mined again. Where they stand for nothing any more, nothing was captured.
    const stands = standing.phase === "confirming";
    return { status: "captured", authorized_minor: amount_minor, captured_minor: stands ? amount_minor : 0n };
  }
  switch (standing.phase) {
    case "settled":
      return { status: "captured", authorized_minor: amount_minor, captured_minor: amount_minor };
    case "confirming":
      return stored.is_trusted
        ? { status: "authorized", authorized_minor: amount_minor, captured_minor: 0n }
        : WAITS_FOR_BLOCKS;
    case "awaiting":
    case "partial":
      return stored.committed_at === null ? ASKS_PAYER : WAITS_FOR_BLOCKS;
    case "expired":
      return { status: "canceled", authorized_minor: 0n, captured_minor: 0n };
  }
}

/** An order may stand for it. */
const WAITS_FOR_BLOCKS: Amounts = {
  status: "pending",
  next_action: { type: "wait", settles_later: true },
  authorized_minor: 0n,
  captured_minor: 0n,
};

const ASKS_PAYER: Amounts = {
  status: "action_required",
  next_action: { type: "confirm" },
  authorized_minor: 0n,
  captured_minor: 0n,
};

function refundedMinor(refunds: readonly StoredRefund[]): bigint {
  return refunds
    .filter(({ status }) => status === "done")
    .reduce((sum, { amount_minor }) => sum + (amount_minor ?? 0n), 0n);
}

function noticesOf(read: ReadInvoice, { chain, refunds }: Reported): Notice[] {
  const { standing, stored } = read;
  const returned = refunds.filter(
    ({ amount_minor, status }) => amount_minor === null && (status === "sent" || status === "done"),
  );
  const beyond = returned.reduce((rest, { sats }) => rest - (sats ?? 0n), beyondOf(standing));
  const notices = refunds.flatMap(waitingNotice);
  if (beyond > 0n) {
    notices.push({
      kind: "money_beyond",
      key: `beyond:${beyond}`,
      detail:
        `${showCoins(chain, beyond)} ${beyondReason(standing)} at ${stored.address}. No order stands for it; it can be ` +
        "given back.",
    });
  }
  if (standing.is_undone) {
    notices.push({
      kind: "payment_undone",
      key: standing.phase === "confirming" ? "undone:waits" : "undone:lost",
      detail:
        standing.phase === "confirming"
          ? `The chain was reorganised: the payment has ${standing.confirmations} of ${standing.confirmations_needed} ` +
            "confirmations again. It was counted as paid."
          : "The chain was reorganised and the payment is not in it any more: it was spent otherwise, or dropped. It was " +
            "counted as paid.",
    });
  }
  return notices;
}

const WAITS: Partial<Readonly<Record<StoredRefund["status"], string>>> = {
  waits_for_payee: "for its payee to say where the coins go: give them the link of its page",
  waits_for_operator: "to be signed by you",
  signed: "to be taken by the node",
  sent: "to be confirmed by the chain",
};

function waitingNotice({ id, amount_minor, currency, status, note }: StoredRefund): Notice[] {
  const reason = WAITS[status];
  const what =
    amount_minor === null || currency === null ? "coins" : showMoney(money(amount_minor, currency));
  return reason === undefined
    ? []
    : [
        {
          kind: "refund_waits",
          key: `refund:${id}:${status}`,
          detail: `The refund ${id} of ${what} waits ${reason}.${note === null ? "" : ` ${note}`}`,
        },
      ];
}

/** Satoshis at the address that no payment stands for. */
export function beyondOf({ phase, received_sats, excess_sats, late_sats }: Standing): bigint {
  return (phase === "expired" ? received_sats : excess_sats) + late_sats;
}

function beyondReason({ phase, excess_sats, late_sats }: Standing): string {
  if (phase === "expired") {
    return late_sats > 0n ? "arrived too late" : "arrived, which is less than was asked for,";
  }
  return excess_sats > 0n ? "more than was asked for arrived" : "more arrived too late";
}
