import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";

const OUTPUTS = "bitcoin_wallet_output";
const CURSORS = "bitcoin_wallet_cursor";
const INVOICES = "bitcoin_wallet_invoice";

/** A statement may have 65,535 parameters; a row takes a dozen. */
const ROWS_AT_ONCE = 1_000;

/** An output that was seen at an invoice's address. */
export type OutputRecord = Readonly<{
  invoice_id: string;
  txid: string;
  vout: number;
  value_sats: bigint;
  paid_at: Date;
  block: Readonly<{ height: number; hash: string }> | null;
  lost: "replaced" | "dropped" | null;
}>;

/** What a step of following a chain changes of the outputs, in this order. */
export type OutputChange =
  /** It is there: waiting to be mined, or in a block. What was known of its time stays. */
  | Readonly<{ kind: "there"; output: Omit<OutputRecord, "lost"> }>
  /** All outputs of the block wait again, until the rest of the step says otherwise. */
  | Readonly<{ kind: "unmined"; block_hash: string }>
  /** What waits to be mined of the transaction stands for nothing now. */
  | Readonly<{ kind: "lost"; txid: string; because: "replaced" | "dropped" }>
  /** Of what waits to be mined, only these transactions are there. */
  | Readonly<{ kind: "only_waiting"; txids: readonly string[] }>;

/** How far a chain has been followed; `cursor` is the follower's own. */
export type StoredCursor = Readonly<{
  revision: number;
  tip_height: number;
  cursor: Readonly<Record<string, unknown>>;
}>;

/** {@link StoredCursor}, and when the last look began that saw all there was. */
export type KeptCursor = StoredCursor & Readonly<{ looked_at: Date | null }>;

type SeenOutput = Extract<OutputChange, { kind: "there" }>["output"];

/** A change, or those outputs in a row that one statement stores. */
type Part =
  Exclude<OutputChange, { kind: "there" }> | Readonly<{ kind: "outputs"; outputs: readonly SeenOutput[] }>;

type OutputRow = Readonly<{
  invoice_id: string;
  txid: string;
  vout: number;
  value_sats: string;
  paid_at: Date;
  block_height: number | null;
  block_hash: string | null;
  lost: OutputRecord["lost"];
}>;

/** What was seen of chains, in Postgres. */
export class ChainStore {
  constructor(private readonly knex: Knex) {}

  async cursor(chain: string): Promise<KeptCursor | undefined> {
    const row = await this.knex(CURSORS).where({ id: chain }).first();
    return (
      row && {
        revision: Number(row.revision),
        tip_height: Number(row.tip_height),
        cursor: row.cursor,
        looked_at: row.looked_at,
      }
    );
  }

  /** Takes or keeps the lead in looking at a chain, by the database's clock; false while another one has it. */
  async lead(chain: string, leader_id: string, for_ms: number): Promise<boolean> {
    const led_until = this.knex.raw("now() + ? * interval '1 millisecond'", [for_ms]);
    const led = await this.knex(CURSORS)
      .where({ id: chain })
      .where((cursor) =>
        cursor
          .whereNull("leader_id")
          .orWhere({ leader_id })
          .orWhere("led_until", "<=", this.knex.raw("now()")),
      )
      .update({ leader_id, led_until });
    return led === 1;
  }

  /** Notes a look that saw all there was; one that began before another is no news, unless that one's clock ran ahead. */
  async looked(chain: string, began_at: Date): Promise<void> {
    await this.knex(CURSORS)
      .where({ id: chain })
      .where((cursor) =>
        cursor
          .whereNull("looked_at")
          .orWhere("looked_at", "<", began_at)
          .orWhere("looked_at", ">", new Date()),
      )
      .update({ looked_at: began_at, updated_at: new Date() });
  }

  /**
   * Stores what a step of following a chain told, and how far it came, together. False, and nothing is stored, where
   * another server has followed it from there meanwhile.
   *
   * @param from the revision the step began at; undefined for the first of all
   * @returns the invoices whose outputs may have changed
   */
  async advance(
    chain: string,
    from: number | undefined,
    to: StoredCursor,
    changes: readonly OutputChange[],
  ): Promise<readonly string[] | false> {
    return this.knex.transaction(async (trx) => {
      if (!(await moveCursor(trx, chain, from, to))) {
        return false;
      }
      const changed = new Set<string>();
      for (const part of partsOf(changes)) {
        for (const invoice_id of await apply(trx, chain, part)) {
          changed.add(invoice_id);
        }
      }
      // With the step, so that a server that stops right after it loses no news.
      await trx(INVOICES)
        .whereIn("id", [...changed])
        .update({ news_revision: to.revision });
      return [...changed];
    });
  }

  /** The blocks below the height that outputs are known to lie in. */
  async blocksBelow(chain: string, height: number): Promise<{ height: number; hash: string }[]> {
    const rows = await kept(this.knex)
      .where({ chain })
      .where("block_height", "<", height)
      .distinct("block_height", "block_hash");
    return rows.map(({ block_height, block_hash }) => ({ height: Number(block_height), hash: block_hash }));
  }

  /** All outputs ever seen for an invoice. */
  outputsOf(invoice_id: string): Promise<OutputRecord[]> {
    return this.outputsOfAll([invoice_id]);
  }

  /** All outputs ever seen for several. */
  async outputsOfAll(invoice_ids: readonly string[]): Promise<OutputRecord[]> {
    const rows = await kept(this.knex)
      .whereRaw("invoice_id = ANY(?)", [[...invoice_ids]])
      .orderBy(["paid_at", "txid", "vout"]);
    return (rows as OutputRow[]).map(toRecord);
  }
}

async function moveCursor(
  trx: Knex.Transaction,
  chain: string,
  from: number | undefined,
  { revision, tip_height, cursor }: StoredCursor,
): Promise<boolean> {
  const now = new Date();
  const row = { revision, tip_height, cursor: JSON.stringify(cursor), updated_at: now };
  if (from === undefined) {
    const made = await trx(CURSORS)
      .insert({ id: chain, ...row, created_at: now })
      .onConflict("id")
      .ignore()
      .returning("id");
    return made.length === 1;
  }
  return (await trx(CURSORS).where({ id: chain, revision: from }).update(row)) === 1;
}

/** What is there in a row goes together, each output once: a statement may not change a row twice. */
function partsOf(changes: readonly OutputChange[]): Part[] {
  const parts: Part[] = [];
  let there = new Map<string, SeenOutput>();
  const close = () => {
    if (there.size > 0) {
      parts.push({ kind: "outputs", outputs: [...there.values()] });
      there = new Map();
    }
  };
  for (const change of changes) {
    if (change.kind === "there") {
      const { txid, vout, block } = change.output;
      const name = `${txid}:${vout}`;
      there.set(name, { ...(there.get(name) ?? change.output), block });
    } else {
      close();
      parts.push(change);
    }
  }
  close();
  return parts;
}

async function apply(trx: Knex.Transaction, chain: string, part: Part): Promise<readonly string[]> {
  const updated_at = new Date();
  switch (part.kind) {
    case "outputs":
      return storeOutputs(trx, chain, part.outputs);
    case "unmined":
      return invoicesOf(
        await kept(trx)
          .where({ chain, block_hash: part.block_hash })
          .update({ block_height: null, block_hash: null, updated_at })
          .returning("invoice_id"),
      );
    case "only_waiting":
      return invoicesOf(
        await kept(trx)
          .where({ chain })
          .whereNull("block_hash")
          .whereNull("lost")
          .whereRaw("txid <> ALL(?)", [[...part.txids]])
          .update({ lost: "dropped", updated_at })
          .returning("invoice_id"),
      );
    case "lost":
      return invoicesOf(
        await kept(trx)
          .where({ chain, txid: part.txid })
          .whereNull("block_hash")
          .update({ lost: part.because, updated_at })
          .returning("invoice_id"),
      );
  }
}

async function storeOutputs(
  trx: Knex.Transaction,
  chain: string,
  outputs: readonly SeenOutput[],
): Promise<readonly string[]> {
  const now = new Date();
  const rows = outputs.map(({ block, value_sats, ...output }) => ({
    ...output,
    id: generateEntityId(undefined, "btcout"),
    chain,
    value_sats: value_sats.toString(),
    block_height: block?.height ?? null,
    block_hash: block?.hash ?? null,
    lost: null,
    created_at: now,
    updated_at: now,
  }));
  const changed: string[] = [];
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const stored = await trx(OUTPUTS)
      .insert(rows.slice(at, at + ROWS_AT_ONCE))
      .onConflict(trx.raw("(chain, txid, vout) WHERE deleted_at IS NULL") as never)
      .merge(["block_height", "block_hash", "lost", "updated_at"])
      .returning("invoice_id");
    changed.push(...invoicesOf(stored));
  }
  return changed;
}

/** The indexes are of these rows alone, and serve only who asks for them in so many words. */
const kept = (knex: Knex) => knex(OUTPUTS).whereNull("deleted_at");

const invoicesOf = (rows: readonly { invoice_id: string }[]): string[] =>
  rows.map(({ invoice_id }) => invoice_id);

function toRecord(row: OutputRow): OutputRecord {
  const { block_height, block_hash, value_sats, invoice_id, txid, vout, paid_at, lost } = row;
  const block =
    block_height === null || block_hash === null ? null : { height: Number(block_height), hash: block_hash };
  return { invoice_id, txid, vout, value_sats: BigInt(value_sats), paid_at, block, lost };
}
