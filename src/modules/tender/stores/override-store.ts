import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { StoredOverride } from "../../../services";

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

  async find(rule_id: string): Promise<OverrideRecord | undefined> {
    return (await this.list()).find((override) => override.rule_id === rule_id);
  }

  /** Puts the change in the place of whatever was there. */
  async put(rule_id: string, change: object, actor_id: string): Promise<void> {
    await this.knex(TABLE)
      .insert({
        id: generateEntityId(undefined, "payrov"),
        rule_id,
        change: JSON.stringify(change),
        actor_id,
      })
      .onConflict(this.knex.raw("(rule_id) WHERE deleted_at IS NULL") as never)
      .merge({ change: JSON.stringify(change), actor_id, updated_at: this.knex.fn.now() });
  }

  /** @returns false when there was none */
  async remove(rule_id: string): Promise<boolean> {
    return (await this.knex(TABLE).where({ rule_id }).whereNull("deleted_at").delete()) > 0;
  }
}
