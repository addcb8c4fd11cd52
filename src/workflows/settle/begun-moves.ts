import type { MedusaContainer } from "@medusajs/framework/types";
import type { OperationRecord } from "../../gateway/operations";
import { MONEY_MOVES } from "../../gateway/moves";
import { tenderModule } from "../medusa/load-cart";

/**
 * The captures and refunds of an attempt that were begun before its gateway was read; of any other, the snapshot may
 * show nothing. Told by the journal and not by the time, since two servers' clocks differ.
 */
export class BegunMoves {
  private constructor(private readonly begun: ReadonlySet<string>) {}

  /** To be called before the gateway is read, by whoever holds the attempt's claim: under it no move is under way. */
  static async of(container: MedusaContainer, attempt_id: string): Promise<BegunMoves> {
    const moves = await tenderModule(container).listOperations(attempt_id, MONEY_MOVES);
    return new BegunMoves(new Set(moves.map(startOf)));
  }

  has(move: OperationRecord): boolean {
    return this.begun.has(startOf(move));
  }
}

/** A move that is made again with its key begins once more. */
function startOf({ id, started_at }: OperationRecord): string {
  return `${id} ${started_at.getTime()}`;
}
