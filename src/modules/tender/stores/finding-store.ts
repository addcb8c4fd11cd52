import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { FINDINGS, subjectOf, type FindingKind, type NewFinding } from "../../../gateway/findings";

const TABLE = "tender_payment_finding";

/** Findings in Postgres. */
export class FindingStore {
  constructor(private readonly knex: Knex) {}

  /** Opens a finding, unless its subject has an open one of its kind: what is read again is not news. */
  async open(finding: NewFinding): Promise<void> {
    const now = new Date();
    await this.knex(TABLE)
      .insert({
        id: generateEntityId(undefined, "payfind"),
        kind: finding.kind,
        severity: FINDINGS[finding.kind].severity,
        attempt_id: finding.attempt_id ?? null,
        provider_id: finding.provider_id,
        subject: subjectOf(finding),
        detail: finding.detail,
        status: "open",
        created_at: now,
        updated_at: now,
      })
      .onConflict(this.knex.raw("(kind, subject) WHERE status = 'open' AND deleted_at IS NULL") as never)
      .ignore();
  }

  /** Closes the open finding of this kind and subject, if there is one. */
  async close(kind: FindingKind, subject: string, resolution: string, resolved_by = "tender"): Promise<void> {
    const now = new Date();
    await this.knex(TABLE)
      .where({ kind, subject, status: "open" })
      .whereNull("deleted_at")
      .update({ status: "resolved", resolution, resolved_by, resolved_at: now, updated_at: now });
  }
}
