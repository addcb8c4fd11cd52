import { z } from "@medusajs/framework/zod";
import type { DeclineCategory } from "../../../../gateway";

const MOST_DAYS = 400;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const PaymentFiguresQuery = z
  .strictObject({
    period: z.enum(["24h", "7d", "30d", "90d", "365d"]).default("30d"),
    /** In place of `period`, with or without `to`. */
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    region_id: z.string().max(100).optional(),
    provider_id: z.string().max(200).optional(),
    currency_code: z
      .string()
      .regex(/^[a-z]{3}$/i, "Three letters, such as eur.")
      .optional(),
    /** IANA name; the chart's days begin at its midnights. */
    time_zone: z
      .string()
      .max(100)
      .refine(isTimeZone, "Not a time zone, such as Europe/Berlin.")
      .default("UTC"),
  })
  .refine(({ from, to }) => to === undefined || from !== undefined, {
    path: ["from"],
    message: '"to" needs "from".',
  })
  .refine(({ from, to }) => from === undefined || new Date(from) < (to ? new Date(to) : new Date()), {
    path: ["from"],
    message: '"from" must be before "to".',
  })
  .refine(
    ({ from, to }) =>
      from === undefined ||
      (to ? new Date(to) : new Date()).getTime() - new Date(from).getTime() <= MOST_DAYS * 86_400_000,
    { path: ["from"], message: `A period of at most ${MOST_DAYS} days.` },
  );
export type PaymentFiguresQuery = z.infer<typeof PaymentFiguresQuery>;

/** What became of attempts. What each count means stands in docs/admin/payments.md. */
export type AdminAttemptCounts = Readonly<{
  attempts: number;
  approved: number;
  declined: number;
  not_reached: number;
}>;

/** An amount in the currency's main unit, and of how many carts it is. */
export type AdminMoneyFigure = Readonly<{ currency_code: string; carts: number; amount: number }>;

/** `GET /admin/tender/payment-figures`; times are ISO 8601 in UTC, rates go from 0 to 1. */
export type AdminPaymentFigures = AdminAttemptCounts &
  Readonly<{
    /** Whole hours: `from` is in, `to` is not. */
    from: string;
    to: string;
    time_zone: string;
    /** Open findings, of whatever period. */
    open_findings: Readonly<{ high: number; medium: number; low: number }>;
    /** Null where nothing was decided. */
    approval_rate: number | null;
    approved_amounts: readonly AdminMoneyFigure[];
    recovered: readonly AdminMoneyFigure[];
    /** Right to within 5 %; null where nothing was paid. */
    time_to_pay: Readonly<{ carts: number; median_ms: number | null; p90_ms: number | null }>;
    declines: readonly Readonly<{
      category: DeclineCategory;
      count: number;
      /** The commonest ones. */
      codes: readonly Readonly<{ code: string; count: number }>[];
    }>[];
    providers: readonly (AdminAttemptCounts &
      Readonly<{
        provider_id: string;
        approval_rate: number | null;
        /** From the attempt's beginning to its approval. */
        median_ms: number | null;
      }>)[];
    series: Readonly<{
      unit: "hour" | "day";
      points: readonly (AdminAttemptCounts & Readonly<{ starts_at: string }>)[];
    }>;
  }>;

export type AdminPaymentFiguresResult = Readonly<{ payment_figures: AdminPaymentFigures }>;
