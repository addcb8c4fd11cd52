import { isDeepStrictEqual } from "node:util";
import { generateEntityId, MedusaError } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";

const TABLE = "tender_payment_change";

/** Locks by which changes of one kind wait for one another. Nothing else in the database locks by these numbers. */
const LOCKS = { settings: 7_245_310_603, overrides: 7_245_310_604, once: 7_245_310_605 } as const;

/** Longest page. */
const MOST_PER_PAGE = 200;

/** What an operator did. `before` and `after` hold what changed, as JSON; never a secret. */
export type NewChange = Readonly<{
  /** Id of a user of the admin, or of an API key. */
  actor_id: string;
  /** What was done, e.g. `provider_setting.update`. */
  action: string;
  /** Id of what it was done to. */
  subject: string;
  before?: unknown;
  after?: unknown;
}>;

export type ChangeRecord = Readonly<{
  id: string;
  actor_id: string;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
  created_at: Date;
}>;

export type ChangeQuery = Readonly<{
  /** One, or any of several. */
  subject?: string | readonly string[];
  /** 1 to 200. */
  limit: number;
  /** `next_cursor` of the page before. */
  cursor?: string;
}>;

export type ChangePage = Readonly<{ changes: readonly ChangeRecord[]; next_cursor: string | null }>;

/** The log of what operators changed. */
export class ChangeStore {
  constructor(private readonly knex: Knex) {}

  add(change: NewChange): Promise<void> {
    return insertChange(this.knex, change);
  }

  /** Writes it unless its subject has one of that action: for what is done once, and may be asked for more often. */
  async addOnce(change: NewChange): Promise<void> {
    await changeInTurn(this.knex, "once", async (trx) => {
      const { subject, action } = change;
      const known = await trx(TABLE).where({ subject, action }).whereNull("deleted_at").first("id");
      return { result: undefined, ...(!known && { log: change }) };
    });
  }

  /** A page of changes, newest first. Throws `INVALID_DATA` for a cursor that is none, and for a page longer than 200. */
  async list({ subject, limit, cursor }: ChangeQuery): Promise<ChangePage> {
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) {
      throw invalid(`"limit" must be a whole number from 1 to ${MOST_PER_PAGE}.`);
    }
    if (cursor !== undefined && !/^paychg_\w{1,60}$/.test(cursor)) {
      throw invalid('"cursor" must be the next_cursor of the page before.');
    }
    // Ids are made in the order of time.
    const rows: ChangeRecord[] = await this.knex<ChangeRecord>(TABLE)
      .select("id", "actor_id", "action", "subject", "before", "after", "created_at")
      .whereNull("deleted_at")
      .where((row) => {
        if (subject !== undefined) row.whereIn("subject", [subject].flat());
        if (cursor !== undefined) row.where("id", "<", cursor);
      })
      .orderBy("id", "desc")
      .limit(limit + 1);
    const changes = rows.slice(0, limit);
    return { changes, next_cursor: rows.length > limit ? (changes.at(-1)?.id ?? null) : null };
  }
}

/**
 * Has the work read and write as one step, with its line in the log of changes: both are there, or neither is. Work of the
 * same kind waits, and then reads what was written here, so that no change undoes another. A line that says nothing new is
 * not written.
 *
 * @returns the result of the work
 */
export function changeInTurn<T>(
  knex: Knex,
  kind: keyof typeof LOCKS,
  work: (transaction: Knex.Transaction) => Promise<Readonly<{ result: T; log?: NewChange }>>,
): Promise<T> {
  return knex.transaction(async (transaction) => {
    await transaction.raw("select pg_advisory_xact_lock(?)", [LOCKS[kind]]);
    const { result, log } = await work(transaction);
    if (log && !isDeepStrictEqual(log.before, log.after)) {
      await insertChange(transaction, log);
    }
    return result;
  });
}

async function insertChange(
  knex: Knex,
  { actor_id, action, subject, before, after }: NewChange,
): Promise<void> {
  await knex(TABLE).insert({
    id: generateEntityId(undefined, "paychg"),
    actor_id,
    action,
    subject,
    before: toJson(before),
    after: toJson(after),
  });
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function invalid(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, message);
}
