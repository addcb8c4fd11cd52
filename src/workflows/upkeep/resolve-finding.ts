import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import type { FindingAction } from "../../gateway";
import { allowsAction, needsNote, type FindingRecord } from "../../services";
import { CARRY_OUT } from "./finding-actions";
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
 * what the gateway throws when it cannot be reached. The finding then stays open.
 */
export async function resolveFinding(
  container: MedusaContainer,
  input: ResolveFindingInput,
): Promise<FindingRecord> {
  const { finding_id, action, who } = input;
  const { findings } = tenderModule(container);
  const finding = await findings.find(finding_id);
  if (!finding) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, "There is no such finding.");
  }
  if (!allowsAction(finding.kind, action)) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `A finding of the kind ${finding.kind} does not allow the action ${action}.`,
    );
  }
  const note = input.note?.trim().slice(0, LONGEST_NOTE) ?? "";
  if (needsNote(action) && note === "") {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, "Say in a note why the finding is closed.");
  }
  if (finding.status === "resolved") {
    return finding;
  }
  try {
    const done = await CARRY_OUT[action](container, finding);
    const resolution = done && note !== "" ? `${done}: ${note}` : done;
    const closed = resolution && (await findings.resolve(finding.id, { resolution, resolved_by: who }));
    return closed || ((await findings.find(finding.id)) ?? finding);
  } catch (error) {
    const now = await findings.find(finding.id);
    if (now?.status === "resolved") {
      return now; // Somebody else was faster, and left nothing to do.
    }
    throw error;
  }
}
