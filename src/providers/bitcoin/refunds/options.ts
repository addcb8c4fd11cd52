import { z } from "@medusajs/framework/zod";

/** A day of blocks. */
const MOST_CONFIRMATIONS = 144;
const MOST_SATS_PER_VB = 10_000;

/** How coins are given back. */
export const RefundOptionsSchema = z.strictObject({
  /** How many coins an amount of money is: as many as it cost when it was paid, or as many as it costs now. */
  refund_rate: z.enum(["invoice", "current"]).default("invoice"),
  /** Who pays the miners. */
  refund_fee: z.enum(["store", "payee"]).default("store"),
  /** The blocks a refund has to be under until it counts as done. */
  refund_confirmations: z.number().int().min(1).max(MOST_CONFIRMATIONS).default(1),
  /** No more than this is paid to the miners, satoshis for a virtual byte, however much they ask. */
  most_refund_fee_rate: z.number().int().min(1).max(MOST_SATS_PER_VB).default(500),
});

export type RefundOptions = Readonly<z.output<typeof RefundOptionsSchema>>;
