import type { MedusaContainer } from "@medusajs/framework/types";
import { FINDINGS, moneyToDecimal, type FindingKind, type Money } from "../../../../gateway";
import { findingView, resolutionView, type Locale } from "../../../../services";
import {
  movesMoney,
  type FindingWithFacts,
  type HeldMoney,
} from "../../../../workflows/operate/open-findings";
import { actorEmails } from "../../../../workflows/operate/actor-emails";
import type { AdminFinding, AdminFindingKindsResult, AdminFindingMoneyResult } from "./contract";

/** Who closes what nobody had to look at. */
const TENDER_ITSELF = "tender";

/** Findings as the Admin API shows them, in the operator's language. */
export async function findingViews(
  container: MedusaContainer,
  findings: readonly FindingWithFacts[],
  locale: Locale,
): Promise<AdminFinding[]> {
  const emails = await actorEmails(
    container,
    findings.flatMap(({ finding }) => finding.resolved_by ?? []),
  );
  return findings.map(({ finding, attempt, order_number }) => {
    const { title, meaning, actions } = findingView(finding.kind, locale);
    const { resolution, resolved_by, resolved_at } = finding;
    return {
      id: finding.id,
      kind: finding.kind,
      severity: finding.severity,
      status: finding.status,
      title,
      meaning,
      detail: finding.detail,
      provider_id: finding.provider_id,
      subject: finding.subject,
      payment: attempt && {
        attempt_id: attempt.id,
        amount: decimal(attempt.amount),
        currency_code: attempt.amount.currency.toLowerCase(),
        method: attempt.method,
        status: attempt.status,
        order_id: attempt.order_id,
        order_number,
      },
      actions: actions.map((one) => ({ ...one, moves_money: movesMoney(one.action) })),
      resolution: resolved_at && {
        what: resolutionView(resolution ?? "", locale),
        by: resolved_by === TENDER_ITSELF ? null : (emails.get(resolved_by ?? "") ?? resolved_by),
        at: resolved_at.toISOString(),
      },
      created_at: finding.created_at.toISOString(),
    };
  });
}

export function findingKindsView(locale: Locale): AdminFindingKindsResult {
  const kinds = Object.keys(FINDINGS) as FindingKind[];
  return {
    kinds: kinds.map((kind) => {
      const { title, meaning } = findingView(kind, locale);
      return { kind, severity: FINDINGS[kind].severity, title, meaning };
    }),
  };
}

export function heldMoneyView({ reserved, captured, total }: HeldMoney): AdminFindingMoneyResult {
  return {
    reserved: decimal(reserved),
    captured: decimal(captured),
    total: decimal(total),
    currency_code: total.currency.toLowerCase(),
  };
}

function decimal(money: Money): number {
  return Number(moneyToDecimal(money));
}
