import { setTimeout as sleep } from "node:timers/promises";
import { MedusaError, generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { LIVE_STATUSES, OPEN_STATUSES, sourcesOf, type AttemptStatus } from "../../../gateway/attempt-states";
import type { AttemptChange, AttemptQuery, AttemptRecord, OpenAttempt } from "../../../gateway/journal";
import type { AttemptQueue } from "./attempt-queue";
import { toAttemptRecord, toColumns, type AttemptRow } from "./attempt-row";

const TABLE = "tender_payment_attempt";
const APPROVED: readonly AttemptStatus[] = ["authorized", "captured"];
const UNIQUE_VIOLATION = "23505";
/** The index that allows a collection one open attempt. */
const ONE_OPEN = "IDX_tender_payment_attempt_one_open";
/** The index that allows a payment at a gateway one attempt. */
const ONE_PAYMENT = "IDX_tender_payment_attempt_provider_id_gateway_reference_unique";

/** How often opening is tried again when two requests open an attempt of one cart at the same moment. */
const OPEN_TRIES = 8;
/** They step aside for a random while, longer each time, so as not to meet again. */
const RETRY_WITHIN_MS = 40;

/**
 * Attempts in Postgres. Every change of status is one `UPDATE … WHERE status IN (…)` built from the transition
 * table, so that of several workers exactly one wins; the others get `null` and re-read.
 */
export class AttemptStore {
  constructor(
    private readonly knex: Knex,
    private readonly queue: AttemptQueue,
  ) {}

  async open(input: OpenAttempt): Promise<AttemptRecord> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.insert(input);
      } catch (error) {
        const known = isUniqueViolation(error, ONE_PAYMENT) ? await this.findOther(input) : null;
        if (known) {
          return known;
        }
        if (!isUniqueViolation(error, ONE_OPEN)) {
          throw error;
        }
        if (tries === OPEN_TRIES) {
          throw new MedusaError(
            MedusaError.Types.CONFLICT,
            "A payment for this cart is being confirmed. Do not pay again.",
          );
        }
        await sleep(Math.random() * RETRY_WITHIN_MS * tries);
      }
    }
  }

  /** The attempt that has the payment already. */
  private async findOther({ provider_id, gateway_reference }: OpenAttempt): Promise<AttemptRecord | null> {
    return gateway_reference ? this.find({ provider_id, gateway_reference }) : null;
  }

  async find(query: AttemptQuery): Promise<AttemptRecord | null> {
    const row = await this.table().where(query).orderBy("sequence", "desc").first();
    return row ? toAttemptRecord(row) : null;
  }

  /** Those of the attempts that there are, in no order. */
  async listByIds(ids: readonly string[]): Promise<AttemptRecord[]> {
    const rows = await this.table().whereIn("id", [...ids]);
    return rows.map(toAttemptRecord);
  }

  /** The attempts with these payments of gateways, in no order. */
  async listByReferences(
    payments: readonly Readonly<{ provider_id: string; reference: string }>[],
  ): Promise<AttemptRecord[]> {
    const rows = await this.table().whereIn(
      ["provider_id", "gateway_reference"],
      payments.map(({ provider_id, reference }) => [provider_id, reference]),
    );
    return rows.map(toAttemptRecord);
  }

  /** All attempts of a payment collection, first to last. */
  async listOfCollection(payment_collection_id: string): Promise<AttemptRecord[]> {
    const rows = await this.table().where({ payment_collection_id }).orderBy("sequence");
    return rows.map(toAttemptRecord);
  }

  /** The attempts that pay an order. */
  async listOfOrder(order_id: string): Promise<AttemptRecord[]> {
    const rows = await this.table().where({ order_id }).orderBy("sequence");
    return rows.map(toAttemptRecord);
  }

  /** The attempt a repeated request made before, if any. */
  async findByRequestKey(cart_id: string, request_key: string): Promise<AttemptRecord | null> {
    const row = await this.table().where({ cart_id, request_key }).first();
    return row ? toAttemptRecord(row) : null;
  }

  async listReleased(payment_collection_id: string): Promise<AttemptRecord[]> {
    const rows = await this.unclaimed()
      .where({ payment_collection_id, status: "released" satisfies AttemptStatus })
      .whereNotNull("gateway_reference")
      .orderBy("sequence", "desc");
    return rows.map(toAttemptRecord);
  }

  async change(id: string, to: AttemptStatus, change: AttemptChange = {}): Promise<AttemptRecord | null> {
    const finished =
      OPEN_STATUSES.includes(to) || LIVE_STATUSES.includes(to) ? {} : { finished_at: new Date() };
    const [row] = await this.table()
      .where({ id })
      .whereIn("status", sourcesOf(to))
      .update({
        ...toColumns(change),
        ...finished,
        ...this.milestones(to, change),
        ...this.queue.restart(to, change.decline),
        status: to,
        updated_at: new Date(),
      })
      .returning("*");
    return row ? toAttemptRecord(row) : null;
  }

  /** Both rows or none: a payment at a gateway must never be without the attempt that knows it. */
  handOver(from_id: string, to_id: string, gateway_reference: string): Promise<boolean> {
    return this.knex.transaction(async (transaction) => {
      const given = await transaction<AttemptRow>(TABLE)
        .where({ id: from_id, status: "released", gateway_reference })
        .update({
          status: "canceled",
          gateway_reference: null,
          next_check_at: null,
          finished_at: new Date(),
          updated_at: new Date(),
        });
      if (given === 1) {
        await transaction<AttemptRow>(TABLE)
          .where({ id: to_id })
          .update({ gateway_reference, updated_at: new Date() });
      }
      return given === 1;
    });
  }

  async annotate(id: string, change: AttemptChange): Promise<AttemptRecord> {
    const [row] = await this.table()
      .where({ id })
      .update({
        ...toColumns(change),
        ...(change.order_id && this.queue.settle()),
        updated_at: new Date(),
      })
      .returning("*");
    if (!row) {
      throw new Error(`Payment attempt ${id} is not on record.`);
    }
    return toAttemptRecord(row);
  }

  /** Frees the shopper's request key for the attempt that takes over. */
  async dropRequestKey(id: string): Promise<void> {
    await this.table().where({ id }).update({ request_key: null });
  }

  async claim(id: string, owner: string, lease_ms: number): Promise<boolean> {
    const claimed = await this.unclaimed()
      .where({ id })
      .update({
        claimed_by: owner,
        claimed_until: this.leaseEnd(lease_ms),
      });
    return claimed === 1;
  }

  async renewClaim(id: string, owner: string, lease_ms: number): Promise<boolean> {
    const renewed = await this.table()
      .where({ id, claimed_by: owner })
      .update({ claimed_until: this.leaseEnd(lease_ms) });
    return renewed === 1;
  }

  async releaseClaim(id: string, owner: string): Promise<void> {
    await this.table().where({ id, claimed_by: owner }).update({ claimed_by: null, claimed_until: null });
  }

  /** A lease of its own for whoever puts on record what a gateway moved; false while another one has it. */
  async claimMirror(id: string, owner: string, lease_ms: number): Promise<boolean> {
    const claimed = await this.table()
      .where({ id })
      .where((free) => free.whereNull("mirrored_until").orWhere("mirrored_until", "<=", this.knex.fn.now()))
      .update({ mirrored_by: owner, mirrored_until: this.leaseEnd(lease_ms) });
    return claimed === 1;
  }

  async releaseMirror(id: string, owner: string): Promise<void> {
    await this.table().where({ id, mirrored_by: owner }).update({ mirrored_by: null, mirrored_until: null });
  }

  async isClaimed(id: string): Promise<boolean> {
    const row = await this.table().where({ id }).where("claimed_until", ">", this.knex.fn.now()).first("id");
    return row !== undefined;
  }

  /** Inserts the attempt and releases the collection's other open ones, all or nothing. One being confirmed stays. */
  private insert(input: OpenAttempt): Promise<AttemptRecord> {
    const { payment_collection_id } = input;
    return this.knex.transaction(async (transaction) => {
      if (payment_collection_id) {
        await transaction<AttemptRow>(TABLE)
          .where({ payment_collection_id })
          .whereIn("status", [...OPEN_STATUSES])
          .where((free) =>
            free.whereNull("claimed_until").orWhere("claimed_until", "<=", transaction.fn.now()),
          )
          .update({
            status: transaction.raw(
              "CASE WHEN gateway_reference IS NULL THEN 'canceled' ELSE 'released' END",
            ),
            ...this.queue.restart("released"),
            updated_at: new Date(),
          });
      }
      const now = new Date();
      const [row] = await transaction<AttemptRow>(TABLE)
        .insert({
          id: generateEntityId(input.id, "payatt"),
          sequence: transaction.raw(
            `(SELECT coalesce(max(sequence), 0) + 1 FROM ${TABLE} WHERE payment_collection_id = ?)`,
            [payment_collection_id],
          ),
          payment_collection_id,
          payment_session_id: input.payment_session_id,
          cart_id: input.cart_id ?? null,
          customer_id: input.customer_id ?? null,
          region_id: input.region_id ?? null,
          provider_id: input.provider_id,
          method: input.method,
          amount_minor: input.amount.amount_minor.toString(),
          currency: input.amount.currency,
          status: "created",
          ...this.queue.first("created"),
          fallback_of: input.fallback_of ?? null,
          request_key: input.request_key ?? null,
          gateway_reference: input.gateway_reference ?? null,
          client: JSON.stringify({}),
          created_at: now,
          updated_at: now,
        } as never)
        .returning("*");
      return toAttemptRecord(row as AttemptRow);
    });
  }

  /** What stays on record whatever becomes of the attempt: its first approval, its first and its latest refusal. */
  private milestones(to: AttemptStatus, { decline }: AttemptChange): Record<string, unknown> {
    const first = (column: string) => this.knex.raw("coalesce(??, ?)", [column, new Date()]);
    return {
      ...(APPROVED.includes(to) && { approved_at: first("approved_at") }),
      ...((to === "declined" || decline) && { declined_at: first("declined_at") }),
      ...(decline && { refusal: JSON.stringify(decline) }),
    };
  }

  private leaseEnd(lease_ms: number) {
    return this.knex.raw("now() + ? * interval '1 millisecond'", [lease_ms]);
  }

  private table() {
    return this.knex<AttemptRow>(TABLE).whereNull("deleted_at");
  }

  private unclaimed() {
    return this.table().where((free) =>
      free.whereNull("claimed_until").orWhere("claimed_until", "<=", this.knex.fn.now()),
    );
  }
}

function isUniqueViolation(error: unknown, constraint: string): boolean {
  const { code, constraint: violated } = Object(error) as { code?: unknown; constraint?: unknown };
  return code === UNIQUE_VIOLATION && violated === constraint;
}
