import { z } from "@medusajs/framework/zod";
import type { PaymentSnapshot } from "../../gateway/outcomes";
import { declineOf } from "./declines";

/** What the bank answers, parsed before anything is believed. Amounts are strings of minor units. */

const Minor = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);

export const PaymentAnswer = z.object({
  reference: z.string().min(1),
  status: z.enum([
    "requires_confirmation",
    "action_required",
    "pending",
    "authorized",
    "captured",
    "canceled",
  ]),
  currency: z.string().regex(/^[A-Z]{3}$/),
  amount_minor: Minor,
  authorized_minor: Minor,
  captured_minor: Minor,
  refunded_minor: Minor,
  next_action: z
    .object({
      type: z.literal("redirect"),
      url: z.url({ protocol: /^https?$/ }),
      reason: z.enum(["three_d_secure", "bank_page"]),
    })
    .nullable(),
  decline: z
    .object({ code: z.string(), network_code: z.string().optional(), advice_code: z.string().optional() })
    .nullable(),
  instrument: z
    .object({
      fingerprint: z.string().optional(),
      brand: z.string(),
      last4: z.string(),
      wallet: z.string().optional(),
    })
    .nullable(),
  disputes: z
    .array(
      z.object({
        id: z.string().min(1),
        amount_minor: Minor,
        reason: z.string(),
        status: z.enum(["open", "won", "lost"]),
        respond_by: z.iso.datetime(),
      }),
    )
    // An answer that is repeated for a key may be from before a bank told of disputes.
    .default([]),
  authorization_expires_at: z.iso.datetime().nullable(),
});
export type PaymentAnswer = z.output<typeof PaymentAnswer>;

export const PingAnswer = z.object({ ok: z.literal(true) });
export const CustomerAnswer = z.object({ id: z.string().min(1) });
export const DeletedAnswer = z.object({ deleted: z.literal(true) });
export const SavedMethodsAnswer = z.object({
  saved_methods: z.array(
    z.object({
      id: z.string(),
      method: z.literal("card"),
      brand: z.string(),
      last4: z.string(),
      exp_month: z.number().int(),
      exp_year: z.number().int(),
    }),
  ),
});

export const RefusalAnswer = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The bank's payment in the contract's words. */
export function snapshotOf(answer: PaymentAnswer): PaymentSnapshot {
  const { currency } = answer;
  const inCurrency = (amount_minor: bigint) => ({ amount_minor, currency });
  return {
    reference: answer.reference,
    status: answer.status,
    amount: inCurrency(answer.amount_minor),
    authorized: inCurrency(answer.authorized_minor),
    captured: inCurrency(answer.captured_minor),
    refunded: inCurrency(answer.refunded_minor),
    disputes: answer.disputes.map(({ amount_minor, respond_by, ...dispute }) => ({
      ...dispute,
      amount: inCurrency(amount_minor),
      respond_by: new Date(respond_by),
    })),
    ...(answer.next_action && { next_action: answer.next_action }),
    ...(answer.status === "pending" && { next_action: { type: "wait" } as const }),
    ...(answer.decline && { decline: declineOf(answer.decline) }),
    ...(answer.instrument && { instrument: answer.instrument }),
    ...(answer.authorization_expires_at && {
      authorization_expires_at: new Date(answer.authorization_expires_at),
    }),
  };
}
