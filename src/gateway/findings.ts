/** What an operator can do about a finding. */
export type FindingAction =
  /** Read the payment from its gateway again and settle what it says. */
  | "retry_check"
  /** Place the order of the cart with the payment that was found. */
  | "adopt"
  /** Give back what the payment holds: refund what is captured, void the rest. */
  | "return_money"
  /** Work the webhook again. */
  | "replay_webhook"
  /** Close it with a note; nothing is called. */
  | "mark_resolved";

type FindingRow = Readonly<{ severity: "low" | "medium" | "high"; actions: readonly FindingAction[] }>;

/**
 * Every kind of finding: something an operator must look at. `high` is money at stake or every payment of a
 * provider failing, `medium` is worth a look today, `low` is for the record.
 */
export const FINDINGS = {
  /** The gateway reports another amount or currency than was asked for. */
  amount_mismatch: { severity: "high", actions: ["retry_check", "return_money", "mark_resolved"] },
  /** Approved after the cart's total had changed; the money goes back. */
  confirmed_at_old_amount: { severity: "medium", actions: ["mark_resolved"] },
  /** The gateway refuses our credentials or the account's set-up. */
  provider_misconfigured: { severity: "high", actions: ["mark_resolved"] },
  /** A refusal the store's compliance has to look at. */
  compliance_refusal: { severity: "high", actions: ["mark_resolved"] },
  /** Money is held or taken and there is no order for it. */
  money_without_order: {
    severity: "high",
    actions: ["retry_check", "adopt", "return_money", "mark_resolved"],
  },
  /** Nobody knows what came of a call, after the whole schedule of re-checks. */
  outcome_unknown: { severity: "high", actions: ["retry_check", "return_money", "mark_resolved"] },
  /** A payment that turned up late became its cart's order. */
  late_money_adopted: { severity: "low", actions: ["mark_resolved"] },
  /** A payment that turned up late was given back. */
  late_money_returned: { severity: "medium", actions: ["mark_resolved"] },
  /** An order whose payment the gateway no longer holds: canceled there, or lapsed. */
  order_not_covered: { severity: "high", actions: ["retry_check", "mark_resolved"] },
  /** An authorization that lapses soon and is not captured. */
  authorization_expiring: { severity: "medium", actions: ["retry_check", "mark_resolved"] },
  /** The payer contests the payment at their bank. */
  dispute: { severity: "high", actions: ["retry_check", "mark_resolved"] },
  /** A refund came back: the shopper did not get the money. */
  refund_failed: { severity: "high", actions: ["retry_check", "mark_resolved"] },
  /** Medusa's figures and the gateway's, or an order's and its refunds', could not be brought together. */
  ledger_difference: { severity: "high", actions: ["retry_check", "mark_resolved"] },
  /** The payer sent more than was asked for, or too late, or too little: no order stands for it. */
  money_beyond: { severity: "medium", actions: ["retry_check", "mark_resolved"] },
  /** What paid an order is the store's no more, and nobody gave it back. */
  payment_undone: { severity: "high", actions: ["retry_check", "mark_resolved"] },
  /** A refund is under way that its payee and the operator carry out. */
  refund_waits: { severity: "medium", actions: ["retry_check", "mark_resolved"] },
  /** A genuine webhook could not be worked after all its tries. */
  webhook_dead: { severity: "medium", actions: ["replay_webhook", "mark_resolved"] },
  /** Refusals over many carts look like somebody trying stolen cards. */
  card_testing: { severity: "high", actions: ["mark_resolved"] },
} as const satisfies Record<string, FindingRow>;

export type FindingKind = keyof typeof FINDINGS;

export type NewFinding = Readonly<{
  kind: FindingKind;
  provider_id: string;
  attempt_id?: string;
  /** What it is about where that is not the attempt: a dispute, a webhook. One finding of a kind is open for each. */
  subject?: string;
  /** One plain sentence, no secrets, no card data. */
  detail: string;
}>;

/** The subject of `order_not_covered` for an order that is for another total than its payment. */
export function otherTotalSubject(attempt_id: string): string {
  return `${attempt_id}:total`;
}

/** What one open finding of a kind is about. */
export function subjectOf({ subject, attempt_id, provider_id }: NewFinding): string {
  return subject ?? attempt_id ?? provider_id;
}
