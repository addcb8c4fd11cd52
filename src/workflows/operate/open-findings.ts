import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import {
  addMoney,
  isGatewayError,
  keptNow,
  messageOf,
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
 * Carries an operator's action out, and keeps what was done, also of one that stopped half-way. Throws a
 * {@link FindingProblem} that says why it cannot be done; the finding then stays open, unless the money was given back
 * because its order could not be placed.
 */
export async function resolveOpenFinding(
  container: MedusaContainer,
  input: ResolveFindingInput,
): Promise<Resolved> {
  const earlier = await returnsOf(container, input.finding_id);
  const { finding, mine } = await carryOut(container, input).catch(async (error: unknown) => {
    throw await stopped(container, input, error, earlier);
  });
  const is_open = finding.status === "open";
  if (mine || is_open) {
    await keep(container, input, {
      status: finding.status,
      ...(mine && { resolution: finding.resolution }),
    });
  }
  const [facts] = await withFacts(container, [finding]);
  return {
    ...(facts ?? { finding, attempt: null, order_number: null }),
    outcome: mine ? "resolved" : is_open ? "still_stands" : "already_resolved",
  };
}

/** Keeps an action that stopped half-way. What goes wrong here is logged, and hides from nobody why it stopped. */
async function stopped(
  container: MedusaContainer,
  input: ResolveFindingInput,
  error: unknown,
  earlier: readonly string[],
): Promise<unknown> {
  const tell = (failure: unknown): undefined => {
    const logger = container.resolve(ContainerRegistrationKeys.LOGGER);
    logger.error(`What became of finding ${input.finding_id} could not be kept: ${messageOf(failure)}`);
  };
  const returns = await returnsOf(container, input.finding_id).catch(tell);
  if (!returns) {
    return isGatewayError(error) ? new FindingProblem("gateway_unknown") : error;
  }
  const problem = inWords(error, { has_moved: returns.some((made) => !earlier.includes(made)) });
  await keepHalfDone(container, input, problem).catch(tell);
  return problem.error;
}

/** Refunds and voids of the finding's payment that were made, or may have been. */
async function returnsOf(container: MedusaContainer, finding_id: string): Promise<string[]> {
  const tender = tenderModule(container);
  const attempt_id = (await tender.findings.find(finding_id))?.attempt_id;
  const operations = attempt_id ? await tender.listOperations(attempt_id, ["refund", "cancel"]) : [];
  return operations
    .filter(({ status }) => status !== "failed" && status !== "declined")
    .map(({ id, status }) => `${id} ${status}`);
}

/** What stopped an action after money moved, or may have: that is a change of this operator's too. */
async function keepHalfDone(
  container: MedusaContainer,
  input: ResolveFindingInput,
  { error, has_moved }: Stopped,
): Promise<void> {
  const problem = error instanceof FindingProblem ? error.problem : "unexpected";
  if (!has_moved && problem !== "gateway_unknown") {
    return;
  }
  const finding = await tenderModule(container).findings.find(input.finding_id);
  const is_mine = finding?.resolved_by === input.who;
  await keep(container, input, {
    status: finding?.status,
    problem,
    ...(is_mine && { resolution: finding.resolution }),
  });
}

function keep(
  container: MedusaContainer,
  { who, action, finding_id }: ResolveFindingInput,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  return tenderModule(container).changes.add({
    actor_id: who,
    action: `finding.${action}`,
    subject: finding_id,
    before: { status: "open" },
    after,
  });
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
  const snapshot = await gateway.money.read(attempt).catch((error: unknown) => {
    throw inWords(error, { has_moved: false }).error;
  });
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

type Stopped = Readonly<{ error: unknown; has_moved: boolean }>;

/** A gateway's troubles as problems that can be put into words: that no money moved is said only where that is so. */
function inWords(error: unknown, { has_moved }: Pick<Stopped, "has_moved">): Stopped {
  if (!isGatewayError(error)) {
    return { error, has_moved };
  }
  const code = PROBLEM_OF[error.kind];
  const said = code && has_moved ? "gateway_half_done" : code;
  return { error: new FindingProblem(said ?? "gateway_unknown"), has_moved };
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
