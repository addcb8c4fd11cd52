import { z } from "@medusajs/framework/zod";
import { satsFrom } from "../coin-amount";
import type { Invoice } from "./invoice";

const COINS = /^\d{1,8}(\.\d{1,8})?$/;
const CoinAmount = z.string().regex(COINS, 'must be an amount of coins, such as "0.01"').transform(satsFrom);

/** A block takes ten minutes; nobody reorganises more than a day of them. */
const MOST_CONFIRMATIONS = 144;
const Confirmations = z.number().int().min(1).max(MOST_CONFIRMATIONS);

const WHOLE_BPS = 10_000;

/** How much of the chain an invoice of so many coins waits for. */
export const PaymentPolicySchema = z.strictObject({
  /**
   * Confirmations by amount: the first tier that covers an invoice counts, and the last one, without `up_to`, covers what
   * is left.
   */
  confirmations: z
    .array(z.strictObject({ up_to: CoinAmount.optional(), blocks: Confirmations }))
    .min(1)
    .refine(
      (tiers) => tiers.every(({ up_to }, at) => (up_to === undefined) === (at === tiers.length - 1)),
      "must end with one tier without up_to, and have up_to in all others",
    )
    .refine(rises, "must rise in up_to")
    .default([{ up_to: 1_000_000n, blocks: 1 }, { up_to: 10_000_000n, blocks: 3 }, { blocks: 6 }]),
  /** Invoices of no more than this are paid as soon as their payment is seen, though it may be replaced; none by default. */
  trust_unconfirmed_up_to: CoinAmount.default(0n),
  /** How much less than asked for counts as paid: exchanges take their fee from what they send. 100 is one per cent. */
  tolerance_bps: z
    .number()
    .int()
    .min(0)
    .max(WHOLE_BPS / 10)
    .default(0),
});

export type PaymentPolicy = Readonly<z.output<typeof PaymentPolicySchema>>;

/** What the policy is for an invoice of so much. It stays with the invoice: what is paid by it is not judged anew. */
export function termsOf(due_sats: bigint, policy: PaymentPolicy): InvoiceTerms {
  return {
    required_sats: requiredSats(due_sats, policy),
    confirmations_needed: confirmationsFor(due_sats, policy),
    is_trusted: due_sats <= policy.trust_unconfirmed_up_to,
  };
}

export type InvoiceTerms = Pick<Invoice, "required_sats" | "confirmations_needed"> &
  Readonly<{
    /** Paid as soon as its payment is seen. */
    is_trusted: boolean;
  }>;

/** The blocks that an invoice of so much has to be under. */
export function confirmationsFor(due_sats: bigint, { confirmations }: PaymentPolicy): number {
  const tier = confirmations.find(({ up_to }) => up_to === undefined || due_sats <= up_to);
  if (!tier) {
    throw new Error("A policy without a last tier passed the parser.");
  }
  return tier.blocks;
}

/** The least that counts as all of it. */
export function requiredSats(due_sats: bigint, { tolerance_bps }: PaymentPolicy): bigint {
  const forgiven = (due_sats * BigInt(tolerance_bps)) / BigInt(WHOLE_BPS);
  return due_sats - forgiven;
}

function rises(tiers: readonly { up_to?: bigint }[]): boolean {
  const limits = tiers.flatMap(({ up_to }) => (up_to === undefined ? [] : [up_to]));
  return limits.every((limit, at) => at === 0 || limit > (limits[at - 1] ?? limit));
}
