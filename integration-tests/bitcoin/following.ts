import { resumeAt, startCursor, type Cursor, type Position } from "../../src/providers/bitcoin/chain/cursor";
import type { ChainEvent } from "../../src/providers/bitcoin/chain/events";
import { follow, type FollowLimits } from "../../src/providers/bitcoin/chain/follow";
import type { ChainSource } from "../../src/providers/bitcoin/chain/source";
import type { Watch } from "../../src/providers/bitcoin/chain/watch";

/** What a shop would have on its books: the state that the events lead to, as the caller of a follower keeps it. */
export class Books {
  position: Position | undefined;
  readonly told: ChainEvent[] = [];
  /** Where each watched transaction is, by its id: a block's hash, or "mempool". */
  readonly places = new Map<string, string>();
  lookups = 0;
  private readonly scripts = new Set<string>();
  private readonly txids = new Set<string>();

  constructor(
    private readonly source: ChainSource,
    private readonly limits: FollowLimits = {},
  ) {}

  readonly watch: Watch = {
    scripts: (scripts) => {
      this.lookups += 1;
      return Promise.resolve(new Set(scripts.filter((script) => this.scripts.has(script))));
    },
    txids: (txids) => Promise.resolve(new Set(txids.filter((txid) => this.txids.has(txid)))),
  };

  watchScript(script: string): void {
    this.scripts.add(script);
  }

  watchTransaction(txid: string): void {
    this.txids.add(txid);
  }

  get cursor(): Cursor {
    if (!this.position) {
      throw new Error("The books have not been opened.");
    }
    return this.position.cursor;
  }

  async open(): Promise<void> {
    this.position = resumeAt(await startCursor(this.source, { memory_blocks: this.limits.memory_blocks }));
  }

  /** As after a restart: all that is left is what was stored, as JSON. */
  restart(): void {
    this.position = resumeAt(JSON.parse(JSON.stringify(this.cursor)) as Cursor);
  }

  /** Follows to the tip. @returns the new events, in short */
  async catchUp(): Promise<readonly string[]> {
    const before = this.told.length;
    let at_tip = false;
    for await (const step of follow(
      this.source,
      this.position ?? resumeAt(this.cursor),
      this.watch,
      this.limits,
    )) {
      step.events.forEach((event) => this.apply(event));
      this.told.push(...step.events);
      this.position = step.position;
      at_tip = step.at_tip;
    }
    if (!at_tip) {
      throw new Error("The follower did not come to the tip.");
    }
    return this.told.slice(before).map(inShort);
  }

  private apply(event: ChainEvent): void {
    switch (event.kind) {
      case "block_connected":
        event.transactions.forEach(({ txid }) => this.places.set(txid, event.block.hash));
        break;
      case "block_disconnected":
        for (const [txid, place] of this.places) {
          if (place === event.block.hash) {
            this.places.delete(txid);
          }
        }
        break;
      case "transaction_seen":
        this.places.set(event.transaction.txid, "mempool");
        break;
      case "transaction_gone":
        if (event.because.kind !== "mined") {
          this.places.delete(event.txid);
        }
        break;
      case "memory_exceeded":
        break;
    }
  }
}

function inShort(event: ChainEvent): string {
  switch (event.kind) {
    case "block_connected":
      return `+${event.block.height}${event.transactions.map(({ txid }) => ` ${txid.slice(0, 8)}`).join("")}`;
    case "block_disconnected":
      return `-${event.block.height}`;
    case "transaction_seen":
      return `seen ${event.transaction.txid.slice(0, 8)}`;
    case "transaction_gone": {
      const { because } = event;
      const by = because.kind === "replaced" ? ` by ${because.by.slice(0, 8)} in ${because.in}` : "";
      return `gone ${event.txid.slice(0, 8)} ${because.kind}${by}`;
    }
    case "memory_exceeded":
      return `memory exceeded below ${event.below_height}`;
  }
}
