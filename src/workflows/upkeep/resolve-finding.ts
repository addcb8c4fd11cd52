import type { MedusaContainer } from "@medusajs/framework/types";
import type { FindingAction } from "../../gateway";
import { allowsAction, findingDeed, needsNote, type FindingRecord } from "../../services";
import { CARRY_OUT } from "./finding-actions";
import { FindingProblem } from "./finding-problem";
import { tenderModule } from "../medusa/load-cart";

export type ResolveFindingInput = Readonly<{
  finding_id: string;
  action: FindingAction;
  /** Why; required where an action closes a finding on the operator's word alone. */
  note?: string;
  /** Who decided it: the id of a user of the admin. */
  who: string;
}>;

/** Longest note that is kept. */
const LONGEST_NOTE = 500;

/**
 * Carries an operator's action out and closes the finding with what was done, by whom and when. However many click, it
 * is closed once and everybody gets the same finding. One that still stands after `retry_check` comes back `open`.
 *
 * Throws a `MedusaError`: `NOT_FOUND` for an unknown finding, `INVALID_DATA` for a missing note, `NOT_ALLOWED` for an
 * action that the kind or the payment's state does not permit, `CONFLICT` while somebody else works on the payment, and
 * what the gateway throws when it cannot be reached. The finding then stays open, unless an order could not be placed and
 * its money was given back instead.
 */
export async function resolveFinding(
  container: MedusaContainer,
  input: ResolveFindingInput,
): Promise<FindingRecord> {
  return (await carryOut(container, input)).finding;
}

/** What became of an action: `mine` when it was this very call that closed the finding. */
export type CarriedOut = Readonly<{ finding: FindingRecord; mine: boolean }>;

/** {@link resolveFinding} for whoever has to know which of several calls closed the finding. */
export async function carryOut(container: MedusaContainer, input: ResolveFindingInput): Promise<CarriedOut> {
  const { finding_id, action, who } = input;
  const { findings } = tenderModule(container);
  const finding = await findings.find(finding_id);
  if (!finding) {
    throw new FindingProblem("unknown_finding");
  }
  if (!allowsAction(finding.kind, action)) {
    throw new FindingProblem("action_not_allowed", { kind: finding.kind, action });
  }
  const note = input.note?.trim().slice(0, LONGEST_NOTE) ?? "";
  if (needsNote(action) && note === "") {
    throw new FindingProblem("note_missing");
  }
  if (finding.status === "resolved") {
    return { finding, mine: false };
  }
  try {
    const done = await CARRY_OUT[action](container, finding);
    const resolution = done && note !== "" ? `${done}: ${note}` : done;
    const closed = resolution && (await findings.resolve(finding.id, { resolution, resolved_by: who }));
    return closed
      ? { finding: closed, mine: true }
      : { finding: (await findings.find(finding.id)) ?? finding, mine: false };
  } catch (error) {
    const now = await findings.find(finding.id);
    if (now?.status !== "resolved") {
      throw error;
    }
    if (error instanceof FindingProblem && error.problem === "order_failed") {
      // Giving the money back has closed it, and that is what this very call came to.
      const returned = findingDeed("returned");
      const resolution = note === "" ? returned : `${returned}: ${note}`;
      await findings.resolve(finding.id, { resolution, resolved_by: who });
      throw error;
    }
    return { finding: now, mine: false }; // Somebody else was faster, and left nothing to do.
  }
}
