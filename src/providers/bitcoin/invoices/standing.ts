import type { Invoice, InvoiceOutput } from "./invoice";

/** How far the payment of an invoice is. */
export type Phase =
  /** Nothing has arrived, and there is time. */
  | "awaiting"
  /** Less than asked for has arrived, and there is time for the rest. */
  | "partial"
  /** All of it has arrived in time, and is not deep enough yet. */
  | "confirming"
  /** All of it is deep enough. */
  | "settled"
  /** The time is over, and not all of it had arrived. */
  | "expired";

export type Standing = Readonly<{
  phase: Phase;
  /** What arrived in time and stands, confirmed or not. */
  received_sats: bigint;
  /** What is still to be paid, where there is time. */
  missing_sats: bigint;
  /** What arrived in time beyond what was asked for. */
  excess_sats: bigint;
  /** What arrived too late; it never pays the invoice by itself, since its coins are worth something else by then. */
  late_sats: bigint;
  /** The blocks that all of it is under, and those it has to be under. */
  confirmations: number;
  confirmations_needed: number;
  /** It was settled, and the chain has taken some of it back. */
  is_undone: boolean;
}>;

/**
 * What an invoice's outputs come to.
 *
 * @param outputs all that were ever seen at its address, in any order
 * @param tip_height the height of the chain's last block
 */
export function standingOf(
  invoice: Invoice,
  outputs: readonly InvoiceOutput[],
  { tip_height, now }: Readonly<{ tip_height: number; now: Date }>,
): Standing {
  const { due_sats, required_sats: required, confirmations_needed: needed, settled_at } = invoice;
  const deadline = deadlineOf(invoice);
  const standing = outputs.filter(({ lost }) => lost === null);
  const in_time = standing.filter(({ paid_at }) => paid_at <= deadline);
  const received_sats = sumOf(in_time);
  const confirmations = received_sats < required ? 0 : depthOf(in_time, required, tip_height);
  const phase = phaseOf({
    is_full: received_sats >= required,
    is_deep: confirmations >= needed,
    has_some: received_sats > 0n,
    is_over: invoice.canceled_at !== null || now > deadline,
  });
  return {
    phase,
    received_sats,
    missing_sats: phase === "awaiting" || phase === "partial" ? due_sats - received_sats : 0n,
    excess_sats: received_sats > due_sats ? received_sats - due_sats : 0n,
    late_sats: sumOf(standing) - received_sats,
    confirmations,
    confirmations_needed: needed,
    is_undone: settled_at !== null && phase !== "settled",
  };
}

function phaseOf(found: Readonly<Record<"is_full" | "is_deep" | "has_some" | "is_over", boolean>>): Phase {
  if (found.is_full) {
    return found.is_deep ? "settled" : "confirming";
  }
  if (found.is_over) {
    return "expired";
  }
  return found.has_some ? "partial" : "awaiting";
}

function deadlineOf({ expires_at, canceled_at }: Invoice): Date {
  return canceled_at && canceled_at < expires_at ? canceled_at : expires_at;
}

/** The blocks that enough of the outputs are under: the deepest ones count first. */
export function depthOf(outputs: readonly InvoiceOutput[], required: bigint, tip_height: number): number {
  const depths = outputs
    .map(({ block, value_sats }) => ({
      value_sats,
      depth: block ? Math.max(0, tip_height - block.height + 1) : 0,
    }))
    .sort((one, other) => other.depth - one.depth);
  let sum = 0n;
  for (const { value_sats, depth } of depths) {
    sum += value_sats;
    if (sum >= required) {
      return depth;
    }
  }
  return 0;
}

function sumOf(outputs: readonly InvoiceOutput[]): bigint {
  return outputs.reduce((sum, { value_sats }) => sum + value_sats, 0n);
}
