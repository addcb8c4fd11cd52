import { toast } from "@medusajs/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

/** What Medusa's own parts of the order's page have in the cache, and ours. */
const SHOWS_MONEY = [["orders"], ["tender"]] as const;

/**
 * Moves money once however often it is clicked, and then has the whole page read anew: what was moved, and also after a
 * failure, when an answer that was lost may have moved it. A failure is told in a toast.
 * @returns whether it is under way, and a function that tells whether it was done
 */
export function usePaymentMove(): Readonly<{
  is_moving: boolean;
  move: (work: () => Promise<void>) => Promise<boolean>;
}> {
  const queries = useQueryClient();
  // The state is known to the next click only after it was drawn.
  const under_way = useRef(false);
  const [is_moving, setMoving] = useState(false);

  async function move(work: () => Promise<void>): Promise<boolean> {
    if (under_way.current) return false;
    under_way.current = true;
    setMoving(true);
    try {
      await work();
      return true;
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      await Promise.all(
        SHOWS_MONEY.map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })),
      );
      under_way.current = false;
      setMoving(false);
    }
  }
  return { is_moving, move };
}
