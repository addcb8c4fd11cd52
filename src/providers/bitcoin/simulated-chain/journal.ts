import { Block, Transaction } from "bitcoinjs-lib";
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { z } from "@medusajs/framework/zod";
import { ChainState } from "./chain-state";

const Hex = z.string().regex(/^([0-9a-f]{2})+$/);
const EntrySchema = z.union([z.object({ block: Hex }), z.object({ transaction: Hex })]);

/**
 * The chain as a file of lines: each block and each transaction in the order they came, so that a chain that was followed
 * is not shorter after a restart. Without a file it is forgotten.
 */
export class Journal {
  readonly state = new ChainState();
  private file: number | undefined;

  /** @throws Error when a line other than a torn last one cannot be read */
  constructor(file?: string) {
    if (file === undefined) {
      return;
    }
    mkdirSync(path.dirname(file), { recursive: true });
    this.file = openSync(file, "a+", 0o600);
    const lines = readFileSync(file, "utf8").split("\n");
    // What stands behind the last line's end was never told to anybody.
    const torn = lines.pop() ?? "";
    lines.forEach((line, at) => this.replay(line, `Line ${at + 1} of ${file}`));
    if (torn !== "") {
      ftruncateSync(this.file, Buffer.byteLength(lines.map((line) => `${line}\n`).join("")));
    }
  }

  addTransaction(transaction: Transaction): void {
    this.append({ transaction: transaction.toHex() });
    this.state.add(transaction);
  }

  addBlock(block: Block): void {
    this.append({ block: block.toHex() });
    this.state.connect(block);
  }

  close(): void {
    if (this.file !== undefined) {
      closeSync(this.file);
      this.file = undefined;
    }
  }

  private append(entry: z.infer<typeof EntrySchema>): void {
    if (this.file !== undefined) {
      writeSync(this.file, `${JSON.stringify(entry)}\n`);
    }
  }

  private replay(line: string, where: string): void {
    try {
      const entry = EntrySchema.parse(JSON.parse(line));
      if ("block" in entry) {
        this.state.connect(Block.fromHex(entry.block));
      } else {
        this.state.add(Transaction.fromHex(entry.transaction));
      }
    } catch {
      throw new Error(`${where} cannot be read. Restore the file, or remove it to begin a new chain.`);
    }
  }
}
