import type { ChainEvent } from "../chain/events";
import { lastBlock, resumeAt, startCursor, type Cursor, type Position } from "../chain/cursor";
import { follow, type Progress } from "../chain/follow";
import type { ChainSource } from "../chain/source";
import type { Watch } from "../chain/watch";
import { changesOf } from "./chain-changes";
import type { OutputChange, StoredCursor, WalletStore } from "./wallet-store";

/**
 * Brings what is stored of a chain to what the chain is now, however long nobody looked. Any number of servers may do it:
 * a step that another one stored first is dropped.
 */
export class ChainFollower {
  private position: Position | undefined;
  private under_way: Promise<ReadonlySet<string>> | undefined;
  /** What waits to be mined is held against the mempool once by every process, and after a reorganisation. */
  private is_checked = false;

  constructor(
    private readonly source: ChainSource,
    private readonly store: WalletStore,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Looks at what is new. Who asks while somebody looks gets that answer.
   * @returns the ids of the invoices whose outputs changed
   * @throws ChainSourceError when the node cannot be read; what was stored until then stays
   */
  catchUp(): Promise<ReadonlySet<string>> {
    this.under_way ??= this.look().finally(() => (this.under_way = undefined));
    return this.under_way;
  }

  private async look(): Promise<ReadonlySet<string>> {
    const stored = await this.store.chains.cursor(this.source.chain.name);
    const changed = new Set<string>();
    if (!stored) {
      // Nobody has been given an address yet: there is no past to be looked at.
      await this.begin();
      return changed;
    }
    const invoice_of = new Map<string, string>();
    let revision = stored.revision;
    for await (const progress of follow(this.source, this.positionAt(stored), this.watch(invoice_of))) {
      const invoices = await this.take(revision, progress, invoice_of);
      if (!invoices) {
        // Somebody else is further already.
        this.position = undefined;
        break;
      }
      invoices.forEach((id) => changed.add(id));
      revision = progress.position.cursor.revision;
      this.position = progress.position;
    }
    return changed;
  }

  private async begin(): Promise<void> {
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

  /** Stores one step; false where it was taken. */
  private async take(
    from: number,
    { events, position, at_tip }: Progress,
    invoice_of: ReadonlyMap<string, string>,
  ): Promise<readonly string[] | false> {
    if (events.some(({ kind }) => kind === "block_disconnected" || kind === "memory_exceeded")) {
      this.is_checked = false;
    }
    const changes = [...(await this.forgotten(events)), ...changesOf(events, invoice_of, this.now())];
    if (at_tip && !this.is_checked) {
      const txids = position.cursor.waiting.map(({ txid }) => txid);
      changes.push({ kind: "only_waiting", txids });
    }
    if (events.length === 0 && changes.length === 0) {
      return [];
    }
    const invoices = await this.store.chains.advance(
      this.source.chain.name,
      from,
      storedOf(position.cursor),
      changes,
    );
    this.is_checked ||= at_tip && invoices !== false;
    return invoices;
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

function storedOf(cursor: Cursor): StoredCursor {
  return { revision: cursor.revision, tip_height: lastBlock(cursor).height, cursor: { ...cursor } };
}
