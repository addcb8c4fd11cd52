import type { FINDINGS, FindingAction, FindingKind } from "../../gateway/findings";

export type FindingSeverity = (typeof FINDINGS)[FindingKind]["severity"];

/** Most severe first: the order in which they are shown. */
export const SEVERITIES = ["high", "medium", "low"] as const satisfies readonly FindingSeverity[];

export type FindingStatus = "open" | "resolved";

/** A finding as remembered. */
export type FindingRecord = Readonly<{
  id: string;
  kind: FindingKind;
  severity: FindingSeverity;
  provider_id: string;
  attempt_id: string | null;
  /** What it is about: the attempt's id, or a dispute's or webhook's. */
  subject: string;
  detail: string;
  status: FindingStatus;
  /** What was done about it, with the operator's note. */
  resolution: string | null;
  resolved_by: string | null;
  resolved_at: Date | null;
  created_at: Date;
}>;

export type FindingQuery = Readonly<{
  status: FindingStatus;
  severity?: FindingSeverity;
  kind?: FindingKind;
  provider_id?: string;
  /** At most this many; 1 to 200. */
  limit: number;
  /** `next_cursor` of the page before. */
  cursor?: string;
}>;

export type FindingPage = Readonly<{
  findings: readonly FindingRecord[];
  /** Leads to the next page; `null` on the last one. */
  next_cursor: string | null;
}>;

/** Open findings by severity. */
export type FindingCount = Readonly<Record<FindingSeverity, number>>;

/** Why an action could not be carried out. */
export const FINDING_PROBLEMS = [
  "unknown_finding",
  "action_not_allowed",
  "note_missing",
  "not_rechecked",
  "not_readable",
  "not_compared",
  "order_canceled",
  "no_money",
  "order_waits",
  "order_failed",
  "no_cart",
  "given_up",
  "paid_otherwise",
  "total_differs",
  "in_use",
  "paid_order",
  "still_held",
  "no_payment",
  "gateway_unavailable",
  "gateway_unknown",
  "gateway_misconfigured",
  "gateway_half_done",
] as const;

export type FindingProblemCode = (typeof FINDING_PROBLEMS)[number];

/** What was done about a finding; a record keeps it in English. */
export const FINDING_DEEDS = [
  "checked",
  "had_order",
  "placed_order",
  "worked_again",
  "returned",
  "closed_by_hand",
  "captured_or_gone",
  "over",
  "worked_in_the_end",
  "records_agree",
  "nothing_held",
  "money_given_back",
  "refund_not_asked",
  "canceled_order",
  "paid",
  "refund_made",
] as const;

export type FindingDeed = (typeof FINDING_DEEDS)[number];

/** All texts about findings in one language, values in braces. The compiler refuses a language with a gap. */
export type FindingTexts = Readonly<{
  kinds: Readonly<Record<FindingKind, Readonly<{ title: string; meaning: string }>>>;
  actions: Readonly<Record<FindingAction, Readonly<{ title: string; effect: string }>>>;
  problems: Readonly<Record<FindingProblemCode, string>>;
  deeds: Readonly<Record<FindingDeed, string>>;
}>;
