import { randomUUID } from "node:crypto";
import type { ChainEvent } from "../chain/events";
import { lastBlock, resumeAt, startCursor, type Cursor, type Position } from "../chain/cursor";
import { follow, type Progress } from "../chain/follow";
import type { ChainSource } from "../chain/source";
import type { Watch } from "../chain/watch";
import { changesOf } from "./chain-changes";
import type { OutputChange, StoredCursor, WalletStore } from "./wallet-store";

/** Another one that follows the same chain may be a step ahead; so many times in a row it is not chance. */
const MOST_OVERTAKEN = 5;
/** After so long without a look that succeeded, another server looks. */
const LEAD_MS = 15_000;

/** Their ids: a process has one for each provider. */
const OF_THIS_PROCESS = new Set<string>();

/**
 * Brings what is stored of a chain to what the chain is now, however long nobody looked. Of any number of servers one
 * looks at a time, since who was not there at the last step reads the whole mempool; and a step that another one stored
 * first is dropped.
 */
export class ChainFollower {
  private readonly id = randomUUID();
  private position: Position | undefined;
  private under_way: Promise<void> | undefined;
  /** What waits to be mined is held against the mempool once by every process, and after a reorganisation. */
  private is_checked = false;

  constructor(
    private readonly source: ChainSource,
    private readonly store: WalletStore,
    private readonly now: () => Date = () => new Date(),
  ) {
    OF_THIS_PROCESS.add(this.id);
  }

  /** Whether it is a follower of this process that has this id. */
  static isHere(id: string): boolean {
    return OF_THIS_PROCESS.has(id);
  }

  /**
   * Looks at what is new, unless another server does. Who asks while somebody looks gets that answer.
   *
   * @param at_most_ms a look of any server that is no older is enough; none when left out
   * @throws ChainSourceError when the node cannot be read; what was stored until then stays
   */
  async catchUp(at_most_ms = 0): Promise<void> {
    if (at_most_ms > 0 && (await this.lookedSince(new Date(this.now().getTime() - at_most_ms)))) {
      return;
    }
    this.under_way ??= this.look().finally(() => (this.under_way = undefined));
    return this.under_way;
  }

  private async lookedSince(time: Date): Promise<boolean> {
    const { looked_at } = (await this.store.chains.cursor(this.source.chain.name)) ?? { looked_at: null };
    // One of a clock that ran ahead tells nothing.
    return looked_at !== null && looked_at >= time && looked_at <= this.now();
  }

  private async look(): Promise<void> {
    const { chains } = this.store;
    const { name } = this.source.chain;
    if (!(await chains.cursor(name))) {
      await this.begin();
    }
    if (!(await chains.lead(name, this.id, LEAD_MS))) {
      return;
    }
    try {
      await this.walkToTheEnd();
    } catch (error) {
      await chains.lead(name, this.id, 0);
      throw error;
    }
  }

  private async walkToTheEnd(): Promise<void> {
    for (let overtaken = 0; overtaken < MOST_OVERTAKEN; overtaken += 1) {
      const began_at = this.now();
      const seen = await this.walk();
      if (seen === "all") {
        return this.store.chains.looked(this.source.chain.name, began_at);
      }
      if (seen === "not_all") {
        return;
      }
    }
  }

  /** One walk from what is stored: whether it came to the end of chain and mempool, or somebody else was ahead. */
  private async walk(): Promise<"all" | "not_all" | "overtaken"> {
    const stored = await this.store.chains.cursor(this.source.chain.name);
    if (!stored) {
      return "not_all";
    }
    const invoice_of = new Map<string, string>();
    let revision = stored.revision;
    let saw_all = false;
    for await (const progress of follow(this.source, this.positionAt(stored), this.watch(invoice_of))) {
      const position = await this.take(revision, progress, invoice_of);
      if (!position) {
        this.position = undefined;
        return "overtaken";
      }
      revision = position.cursor.revision;
      this.position = position;
      saw_all = progress.at_tip;
    }
    return saw_all ? "all" : "not_all";
  }

  /** Nobody has been given an address yet: there is no past to be looked at. */
  private async begin(): Promise<void> {
    this.position = undefined;
    const cursor = await startCursor(this.source);
    await this.store.chains.advance(this.source.chain.name, undefined, storedOf(cursor), []);
  }

  /** Where this process was, if nobody else went on from there. */
  private positionAt({ revision, cursor }: StoredCursor): Position {
    return this.position?.cursor.revision === revision ? this.position : resumeAt(cursor as Cursor);
  }

  private watch(invoice_of: Map<string, string>): Watch {
    return {
      scripts: async (scripts) => {
        const found = await this.store.invoices.listByScripts(this.source.chain.name, scripts);
        found.forEach(({ script, id }) => invoice_of.set(script, id));
        return new Set(found.map(({ script }) => script));
      },
    };
  }

  /** Stores one step and answers where it led; undefined where somebody else stored one from there. */
  private async take(
    from: number,
    { events, position, at_tip }: Progress,
    invoice_of: ReadonlyMap<string, string>,
  ): Promise<Position | undefined> {
    if (events.some(({ kind }) => kind === "block_disconnected" || kind === "memory_exceeded")) {
      this.is_checked = false;
    }
    const changes = [...(await this.forgotten(events)), ...changesOf(events, invoice_of, this.now())];
    if (at_tip && !this.is_checked) {
      const txids = position.cursor.waiting.map(({ txid }) => txid);
      changes.push({ kind: "only_waiting", txids });
    }
    if (events.length === 0 && changes.length === 0) {
      return position;
    }
    // Whatever changes is a step of its own.
    const to = events.length === 0 ? oneFurther(position) : position;
    const stored = await this.store.chains.advance(
      this.source.chain.name,
      from,
      storedOf(to.cursor),
      changes,
    );
    this.is_checked ||= at_tip && stored !== false;
    return stored === false ? undefined : to;
  }

  /** Where the chain forked deeper than the follower remembers: the blocks of ours that are in it no more. */
  private async forgotten(events: readonly ChainEvent[]): Promise<OutputChange[]> {
    const changes: OutputChange[] = [];
    for (const event of events) {
      if (event.kind !== "memory_exceeded") continue;
      const { name } = this.source.chain;
      for (const { height, hash } of await this.store.chains.blocksBelow(name, event.below_height)) {
        if ((await this.source.blockHashAt(height)) !== hash) {
          changes.push({ kind: "unmined", block_hash: hash });
        }
      }
    }
    return changes;
  }
}

function oneFurther({ cursor, seen }: Position): Position {
  const revision = cursor.revision + 1;
  const is_valid = seen.revision === cursor.revision;
  return { cursor: { ...cursor, revision }, seen: is_valid ? { ...seen, revision } : seen };
}

function storedOf(cursor: Cursor): StoredCursor {
  return { revision: cursor.revision, tip_height: lastBlock(cursor).height, cursor: { ...cursor } };
}
