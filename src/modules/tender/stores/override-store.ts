import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { StoredOverride } from "../../../services";
import { changeInTurn } from "./change-store";

const TABLE = "tender_recovery_override";

export type OverrideRecord = StoredOverride &
  Readonly<{
    /** Who changed it last, and when. */
    actor_id: string;
    updated_at: Date;
  }>;

/** What operators changed about recovery rules, at most one row a rule. */
export class OverrideStore {
  constructor(private readonly knex: Knex) {}

  /** All of them, by the id of their rule. There are no more than rules. */
  list(): Promise<OverrideRecord[]> {
    return this.knex<OverrideRecord & { deleted_at: Date | null }>(TABLE)
      .select("rule_id", "change", "actor_id", "updated_at")
      .whereNull("deleted_at")
      .orderBy("rule_id");
  }

  /**
   * Puts the change in the place of whatever was there, or takes that away (null), and writes it into the log of changes, all
   * as one step. Answers what was there.
   */
  async change(
    rule_id: string,
    change: object | null,
    log: Readonly<{ actor_id: string; action: string }>,
  ): Promise<object | undefined> {
    return changeInTurn(this.knex, "overrides", async (trx) => {
      const row = await trx<OverrideRecord & { deleted_at: Date | null }>(TABLE)
        .select("change")
        .where({ rule_id })
        .whereNull("deleted_at")
        .first();
      const before = row?.change as object | undefined;
      if (change) {
        await write(trx, rule_id, change, log.actor_id);
      } else if (before) {
        await trx(TABLE).where({ rule_id }).whereNull("deleted_at").delete();
      }
      return { result: before, log: { ...log, subject: rule_id, before, after: change ?? undefined } };
    });
  }
}

async function write(knex: Knex, rule_id: string, change: object, actor_id: string): Promise<void> {
  await knex(TABLE)
    .insert({
      id: generateEntityId(undefined, "payrov"),
      rule_id,
      change: JSON.stringify(change),
      actor_id,
    })
    .onConflict(knex.raw("(rule_id) WHERE deleted_at IS NULL") as never)
    .merge({ change: JSON.stringify(change), actor_id, updated_at: knex.fn.now() });
}
