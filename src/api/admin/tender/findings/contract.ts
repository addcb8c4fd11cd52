import { z } from "@medusajs/framework/zod";
import type { AttemptStatus, FindingAction, FindingKind } from "../../../../gateway";
import { FINDINGS } from "../../../../gateway/findings";
import { SEVERITIES, type FindingSeverity, type FindingStatus } from "../../../../services/findings/types";
import { pageOf } from "../paging/schemas";

const KINDS = Object.keys(FINDINGS) as [FindingKind, ...FindingKind[]];

const ACTIONS = [
  "retry_check",
  "adopt",
  "return_money",
  "replay_webhook",
  "mark_resolved",
] as const satisfies readonly FindingAction[];

/** The operator's language, as the dashboard calls it. */
const locale = z.string().max(20).optional();

export const FindingsQuery = pageOf({
  status: z.enum(["open", "resolved"]).default("open"),
  severity: z.enum(SEVERITIES).optional(),
  kind: z.enum(KINDS).optional(),
  provider_id: z.string().max(200).optional(),
  locale,
});
export type FindingsQuery = z.infer<typeof FindingsQuery>;

export const FindingWordsQuery = z.strictObject({ locale });
export type FindingWordsQuery = z.infer<typeof FindingWordsQuery>;

export const ResolveFindingBody = z.strictObject({
  action: z.enum(ACTIONS),
  /** Why; required by actions that say `needs_note`. */
  note: z.string().max(500).optional(),
  locale,
});
export type ResolveFindingBody = z.infer<typeof ResolveFindingBody>;

/** What can be done about a finding, in the operator's language. */
export type AdminFindingAction = Readonly<{
  action: FindingAction;
  title: string;
  effect: string;
  needs_note: boolean;
  /** Its amount is to be said, and asked about once. */
  moves_money: boolean;
}>;

/** Something an operator must look at; amounts in the currency's main unit, times ISO 8601 in UTC. */
export type AdminFinding = Readonly<{
  id: string;
  kind: FindingKind;
  severity: FindingSeverity;
  status: FindingStatus;
  /** What the kind is called, and what it means, in the operator's language. */
  title: string;
  meaning: string;
  /** What was found in this case, in English. */
  detail: string;
  provider_id: string;
  /** What it is about: an attempt, a dispute, a webhook. */
  subject: string;
  payment: Readonly<{
    attempt_id: string;
    amount: number;
    currency_code: string;
    method: string;
    status: AttemptStatus;
    order_id: string | null;
    order_number: number | null;
  }> | null;
  actions: readonly AdminFindingAction[];
  /** What was done about it, by whom and when; `null` while it is open. */
  resolution: Readonly<{
    what: string;
    /** The user's e-mail address, or id; `null` for Tender itself. */
    by: string | null;
    at: string;
  }> | null;
  created_at: string;
}>;

/** `GET /admin/tender/findings`: most severe first, newest first within a severity. */
export type AdminFindingsResult = Readonly<{
  findings: readonly AdminFinding[];
  next_cursor: string | null;
}>;

/** `GET /admin/tender/findings/count`: open ones. */
export type AdminFindingCountResult = Readonly<{
  count: Readonly<Record<FindingSeverity, number>>;
  total: number;
}>;

/** `GET /admin/tender/findings/kinds`: every kind there is, in the operator's language. */
export type AdminFindingKindsResult = Readonly<{
  kinds: readonly Readonly<{
    kind: FindingKind;
    severity: FindingSeverity;
    title: string;
    meaning: string;
  }>[];
}>;

/** `GET /admin/tender/findings/:id/money`: what the payment holds by its gateway's word now. */
export type AdminFindingMoneyResult = Readonly<{
  /** Let go by giving the money back. */
  reserved: number;
  /** Refunded by giving the money back. */
  captured: number;
  total: number;
  currency_code: string;
}>;

/** `POST /admin/tender/findings/:id/resolve`. */
export type AdminFindingResult = Readonly<{
  finding: AdminFinding;
  /** `still_stands`: it was looked at again and is still so. `already_resolved`: somebody else came first. */
  outcome: "resolved" | "still_stands" | "already_resolved";
}>;

/** Why an action could not be carried out, in the operator's language; the finding stays open. */
export type AdminFindingProblem = Readonly<{ type: string; code: string; message: string }>;
