import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import {
  addMoney,
  isGatewayError,
  keptNow,
  reservedNow,
  type AttemptRecord,
  type FindingAction,
  type GatewayErrorKind,
  type Money,
} from "../../gateway";
import type { FindingCount, FindingProblemCode, FindingQuery, FindingRecord } from "../../services";
import { tenderModule } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";
import { FindingProblem } from "../upkeep/finding-problem";
import { listFindings } from "../upkeep/list-findings";
import { carryOut, type ResolveFindingInput } from "../upkeep/resolve-finding";

/** A finding with what an operator has to know beside it. */
export type FindingWithFacts = Readonly<{
  finding: FindingRecord;
  /** The payment it is about, if it is about one. */
  attempt: AttemptRecord | null;
  /** The number customers know an order by. */
  order_number: number | null;
}>;

export type FindingFactsPage = Readonly<{
  findings: readonly FindingWithFacts[];
  next_cursor: string | null;
}>;

/** A page of findings, most severe first, newest first within a severity. Throws `INVALID_DATA` (400) for a bad cursor. */
export async function listFindingsWithFacts(
  container: MedusaContainer,
  query: FindingQuery,
): Promise<FindingFactsPage> {
  const { findings, next_cursor } = await listFindings(container, query);
  return { findings: await withFacts(container, findings), next_cursor };
}

/** How many findings are open, by severity. */
export function countFindings(container: MedusaContainer): Promise<FindingCount> {
  return tenderModule(container).findings.count();
}

export type Resolved = FindingWithFacts &
  Readonly<{
    /** `still_stands`: it was looked at again and is still so. `already_resolved`: somebody else came first. */
    outcome: "resolved" | "still_stands" | "already_resolved";
  }>;

/**
 * Carries an operator's action out, and keeps what was done. Throws a {@link FindingProblem} that says why it cannot be
 * done; the finding then stays open.
 */
export async function resolveOpenFinding(
  container: MedusaContainer,
  input: ResolveFindingInput,
): Promise<Resolved> {
  const { finding, mine } = await inWords(() => carryOut(container, input));
  const is_open = finding.status === "open";
  if (mine || is_open) {
    await tenderModule(container).changes.add({
      actor_id: input.who,
      action: `finding.${input.action}`,
      subject: finding.id,
      before: { status: "open" },
      after: { status: finding.status, ...(mine && { resolution: finding.resolution }) },
    });
  }
  const [facts] = await withFacts(container, [finding]);
  return {
    ...(facts ?? { finding, attempt: null, order_number: null }),
    outcome: mine ? "resolved" : is_open ? "still_stands" : "already_resolved",
  };
}

/** What a payment holds, and what an action would move of it. */
export type HeldMoney = Readonly<{ reserved: Money; captured: Money; total: Money }>;

/**
 * What the payment of a finding holds by its gateway's word now. Throws a {@link FindingProblem}.
 *
 * @returns the attempt's amount for a provider that Tender cannot ask
 */
export async function readHeldMoney(container: MedusaContainer, finding_id: string): Promise<HeldMoney> {
  const tender = tenderModule(container);
  const finding = await tender.findings.find(finding_id);
  if (!finding) {
    throw new FindingProblem("unknown_finding");
  }
  const attempt = finding.attempt_id ? await tender.findAttempt({ id: finding.attempt_id }) : null;
  if (!attempt) {
    throw new FindingProblem("no_payment");
  }
  const gateway = findGateway(container, attempt.provider_id);
  const none = { ...attempt.amount, amount_minor: 0n };
  if (!gateway || !attempt.gateway_reference) {
    const total = gateway ? none : attempt.amount;
    return { reserved: none, captured: total, total };
  }
  const snapshot = await inWords(() => gateway.money.read(attempt));
  const [reserved, captured] = [reservedNow(snapshot), keptNow(snapshot)];
  return { reserved, captured, total: addMoney(reserved, captured) };
}

/** Actions that move money, and so say how much first. */
export function movesMoney(action: FindingAction): boolean {
  return action === "return_money" || action === "adopt";
}

const PROBLEM_OF: Readonly<Partial<Record<GatewayErrorKind, FindingProblemCode>>> = {
  unavailable: "gateway_unavailable",
  misconfigured: "gateway_misconfigured",
};

/** A gateway's troubles as problems that can be put into words. */
async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    throw new FindingProblem(PROBLEM_OF[error.kind] ?? "gateway_unknown");
  }
}

async function withFacts(
  container: MedusaContainer,
  findings: readonly FindingRecord[],
): Promise<FindingWithFacts[]> {
  const ids = findings.flatMap(({ attempt_id }) => attempt_id ?? []);
  const attempts = new Map(
    (await tenderModule(container).attempts.listByIds(ids)).map((attempt) => [attempt.id, attempt]),
  );
  const numbers = await orderNumbers(
    container,
    [...attempts.values()].flatMap(({ order_id }) => order_id ?? []),
  );
  return findings.map((finding) => {
    const attempt = (finding.attempt_id && attempts.get(finding.attempt_id)) || null;
    return { finding, attempt, order_number: numbers.get(attempt?.order_id ?? "") ?? null };
  });
}

async function orderNumbers(
  container: MedusaContainer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) {
    return new Map();
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "display_id"],
    filters: { id: [...new Set(ids)] },
  });
  return new Map(data.map(({ id, display_id }) => [id, Number(display_id)]));
}
