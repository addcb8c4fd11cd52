import { MedusaError, generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { FINDINGS, subjectOf, type FindingKind, type NewFinding } from "../../../gateway/findings";
import {
  SEVERITIES,
  type FindingCount,
  type FindingPage,
  type FindingQuery,
  type FindingRecord,
  type FindingSeverity,
  type Telemetry,
} from "../../../services";

const TABLE = "tender_payment_finding";

/** Who closes what nobody had to look at. */
const OURSELVES = "tender";

/** Longest page. */
const MOST_PER_PAGE = 200;

/** How a finding was closed. */
export type FindingResolution = Readonly<{ resolution: string; resolved_by: string }>;

type FindingRow = FindingRecord & Readonly<{ updated_at: Date; deleted_at: Date | null }>;

/** Findings in Postgres. Logs and metrics hear of each that is opened or closed. */
export class FindingStore {
  constructor(
    private readonly knex: Knex,
    private readonly telemetry: Pick<Telemetry, "observeFinding">,
  ) {}

  /** Opens a finding, unless its subject has an open one of its kind: what is read again is not news. */
  async open(finding: NewFinding): Promise<void> {
    const now = new Date();
    const opened: FindingRow[] = await this.knex(TABLE)
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
      .ignore()
      .returning("*");
    opened.forEach((row) => this.tell(row));
  }

  /** Closes the open finding of this kind and subject, if there is one. */
  async close(
    kind: FindingKind,
    subject: string,
    resolution: string,
    resolved_by = OURSELVES,
  ): Promise<void> {
    await this.closeWhere({ kind, subject }, { resolution, resolved_by });
  }

  /** {@link close} for several subjects at once. */
  async closeAll(kind: FindingKind, subjects: readonly string[], resolution: string): Promise<void> {
    await this.closeWhere((finding) => finding.where({ kind }).whereIn("subject", [...subjects]), {
      resolution,
      resolved_by: OURSELVES,
    });
  }

  /** True when a person has closed a finding of this kind about the subject. */
  async wasResolved(kind: FindingKind, subject: string): Promise<boolean> {
    const resolved = this.table()
      .where({ kind, subject, status: "resolved" })
      .whereNot({ resolved_by: OURSELVES });
    return (await resolved.first("id")) !== undefined;
  }

  /** Says what an open finding says now. */
  async restate({ kind, detail, ...about }: NewFinding): Promise<void> {
    await this.table()
      .where({ kind, subject: subjectOf({ kind, detail, ...about }), status: "open" })
      .whereNot({ detail })
      .update({ detail, updated_at: new Date() });
  }

  /** Closes the attempt's open findings of these kinds, but for those about one of the subjects. */
  async closeOthers(
    attempt_id: string,
    kinds: readonly FindingKind[],
    subjects: readonly string[],
    resolution: string,
  ): Promise<void> {
    await this.closeWhere(
      (finding) =>
        finding
          .where({ attempt_id })
          .whereIn("kind", [...kinds])
          .whereNotIn("subject", [...subjects]),
      { resolution, resolved_by: OURSELVES },
    );
  }

  /**
   * Closes the finding for a person, and returns it; `null` where another person came first. One that was closed by
   * what the person set going is theirs.
   */
  async resolve(id: string, resolution: FindingResolution): Promise<FindingRecord | null> {
    return (await this.closeWhere({ id }, resolution))[0] ?? (await this.sign(id, resolution));
  }

  /** True when there is or was a finding of this kind about the subject. */
  async isKnown(kind: FindingKind, subject: string): Promise<boolean> {
    return (await this.table().where({ kind, subject }).first("id")) !== undefined;
  }

  async find(id: string): Promise<FindingRecord | null> {
    const row = await this.table().where({ id }).first();
    return row ? toFinding(row) : null;
  }

  /**
   * A page of findings, most severe first, newest first within a severity. Throws `INVALID_DATA` for a cursor that is
   * none, and for a page longer than 200.
   */
  async list({ status, severity, kind, provider_id, limit, cursor }: FindingQuery): Promise<FindingPage> {
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) {
      throw invalid(`"limit" must be a whole number from 1 to ${MOST_PER_PAGE}.`);
    }
    const after = cursor === undefined ? undefined : parseCursor(cursor);
    const found: FindingRow[] = [];
    for (const level of levels(severity, after?.severity)) {
      const query = this.table()
        .where({ status, severity: level, ...(kind && { kind }), ...(provider_id && { provider_id }) })
        .orderBy("id", "desc")
        .limit(limit + 1 - found.length);
      if (after?.severity === level) {
        query.where("id", "<", after.id);
      }
      found.push(...(await query));
      if (found.length > limit) {
        break;
      }
    }
    const findings = found.slice(0, limit).map(toFinding);
    const last = findings.at(-1);
    return { findings, next_cursor: found.length > limit && last ? `${last.severity}:${last.id}` : null };
  }

  /** How many are open, by severity. */
  async count(): Promise<FindingCount> {
    const rows: { severity: FindingSeverity; count: string }[] = await this.knex(TABLE)
      .whereNull("deleted_at")
      .where({ status: "open" })
      .groupBy("severity")
      .select("severity", this.knex.raw("count(*) as count"));
    const of = (level: FindingSeverity) =>
      Number(rows.find(({ severity }) => severity === level)?.count ?? 0);
    return { high: of("high"), medium: of("medium"), low: of("low") };
  }

  private async closeWhere(
    which: Knex.QueryCallback | Readonly<{ id: string } | { kind: FindingKind; subject: string }>,
    { resolution, resolved_by }: FindingResolution,
  ): Promise<FindingRecord[]> {
    const now = new Date();
    const closed: FindingRow[] = await this.table()
      .where(which as Knex.QueryCallback)
      .where({ status: "open" })
      .update({ status: "resolved", resolution, resolved_by, resolved_at: now, updated_at: now })
      .returning("*");
    closed.forEach((row) => this.tell(row));
    return closed.map(toFinding);
  }

  private async sign(id: string, resolution: FindingResolution): Promise<FindingRecord | null> {
    const [signed] = await this.table()
      .where({ id, status: "resolved", resolved_by: OURSELVES })
      .update({ ...resolution, updated_at: new Date() })
      .returning("*");
    return signed ? toFinding(signed) : null;
  }

  private tell(row: FindingRow): void {
    const { id, kind, severity, provider_id, attempt_id, status: state, resolution, detail } = row;
    this.telemetry.observeFinding({
      id,
      kind,
      severity,
      provider_id,
      attempt_id,
      state,
      detail: resolution ?? detail,
    });
  }

  private table() {
    return this.knex<FindingRow>(TABLE).whereNull("deleted_at");
  }
}

/** The severities a page may hold, from where the page before ended. */
function levels(wanted: FindingSeverity | undefined, from: FindingSeverity | undefined): FindingSeverity[] {
  return SEVERITIES.slice(from ? SEVERITIES.indexOf(from) : 0).filter(
    (severity) => wanted === undefined || severity === wanted,
  );
}

function parseCursor(cursor: string): { severity: FindingSeverity; id: string } {
  const [, level, id] = /^(\w+):(payfind_\w{1,60})$/.exec(cursor) ?? [];
  const severity = SEVERITIES.find((known) => known === level);
  if (!severity || id === undefined) {
    throw invalid('"cursor" must be the next_cursor of the page before.');
  }
  return { severity, id };
}

function invalid(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, message);
}

function toFinding({ updated_at: _, deleted_at: __, ...finding }: FindingRow): FindingRecord {
  return finding;
}
