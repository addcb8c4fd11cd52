import { otherTotalSubject, type FINDINGS, type FindingKind } from "../../gateway/findings";
import type { AttemptRecord } from "../../gateway/journal";
import { noticeSubject, type NoticeKind, type PaymentSnapshot } from "../../gateway/outcomes";
import { holdsMoney } from "../../gateway/holdings";

/** Kinds of finding that can be looked at again. */
export type RecheckedKind = {
  [K in FindingKind]: "retry_check" extends (typeof FINDINGS)[K]["actions"][number] ? K : never;
}[FindingKind];

/** What looking again has shown. */
export type Rechecked = Readonly<{
  attempt: AttemptRecord;
  /** The payment as the gateway reports it now; `null` where it has none. */
  snapshot: PaymentSnapshot | null;
  /** What the finding is about: a dispute's id, for example. */
  subject: string;
  /** True for an order that was canceled: its money belongs to nobody. */
  order_canceled: boolean;
  /** True while some call about the payment has no known end. */
  has_lost_operations: boolean;
  /** True while gateway, Medusa and Tender report different figures. */
  figures_differ: boolean;
}>;

/** True when what the finding says is still so after looking again; then it stays open. */
export function stillStands(kind: RecheckedKind, seen: Rechecked): boolean {
  return STANDS[kind](seen);
}

const STANDS: Readonly<Record<RecheckedKind, (seen: Rechecked) => boolean>> = {
  amount_mismatch: ({ attempt }) => attempt.status === "unknown",
  money_without_order: ({ attempt, order_canceled, snapshot }) =>
    (attempt.order_id === null || order_canceled) && snapshot !== null && holdsMoney(snapshot),
  outcome_unknown: ({ attempt, has_lost_operations }) => attempt.status === "unknown" || has_lost_operations,
  order_not_covered: ({ attempt, snapshot, subject }) =>
    // What the order is for, no look at the payment tells.
    subject === otherTotalSubject(attempt.id) ||
    (snapshot?.status !== "authorized" &&
      (snapshot?.status !== "captured" || snapshot.captured.amount_minor < attempt.amount.amount_minor)),
  authorization_expiring: ({ snapshot }) => snapshot?.status === "authorized",
  dispute: ({ snapshot, subject }) =>
    snapshot?.disputes_unread ??
    snapshot?.disputes?.some(({ id, status }) => id === subject && status === "open") ??
    false,
  refund_failed: ({ figures_differ }) => figures_differ,
  ledger_difference: ({ figures_differ }) => figures_differ,
  money_beyond: isNoticed("money_beyond"),
  payment_undone: isNoticed("payment_undone"),
  refund_waits: isNoticed("refund_waits"),
};

function isNoticed(kind: NoticeKind) {
  return ({ attempt, snapshot, subject }: Rechecked): boolean =>
    (snapshot?.notices ?? []).some(
      (notice) => notice.kind === kind && noticeSubject(attempt.id, notice) === subject,
    );
}

/** True for a kind that can be looked at again. */
export function isRechecked(kind: FindingKind): kind is RecheckedKind {
  return Object.hasOwn(STANDS, kind);
}
