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

/** All texts about findings in one language. The compiler refuses a language with a gap. */
export type FindingTexts = Readonly<{
  kinds: Readonly<Record<FindingKind, Readonly<{ title: string; meaning: string }>>>;
  actions: Readonly<Record<FindingAction, Readonly<{ title: string; effect: string }>>>;
}>;
