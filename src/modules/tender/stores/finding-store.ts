import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { NewFinding } from "../../../gateway/journal";

/** Findings in Postgres. */
export class FindingStore {
  constructor(private readonly knex: Knex) {}

  /** Opens a finding, unless the attempt has an open one of its kind: what is read again is not news. */
  async open(finding: NewFinding): Promise<void> {
    const now = new Date();
    await this.knex("tender_payment_finding")
      .insert({
        id: generateEntityId(undefined, "payfind"),
        kind: finding.kind,
        severity: finding.severity,
        attempt_id: finding.attempt_id ?? null,
        provider_id: finding.provider_id,
        detail: finding.detail,
        status: "open",
        created_at: now,
        updated_at: now,
      })
      .onConflict(
        this.knex.raw(
          "(kind, attempt_id) WHERE status = 'open' AND attempt_id IS NOT NULL AND deleted_at IS NULL",
        ) as never,
      )
      .ignore();
  }
}
