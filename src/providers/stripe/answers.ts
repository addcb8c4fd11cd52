import { z } from "@medusajs/framework/zod";
import { InvalidPaymentData, OutcomeUnknown } from "../../gateway/errors";
import type { Money } from "../../gateway/money";

/** What is read of Stripe's answers, parsed before anything is believed. Amounts are in the API's units. */

const Amount = z.number().int().nonnegative();
const Currency = z.string().regex(/^[a-z]{3}$/);
/** An id, or the whole object where it was asked for. */
const IdOf = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);

const Card = z.object({
  brand: z.string().nullish(),
  last4: z.string().nullish(),
  fingerprint: z.string().nullish(),
  wallet: z.object({ type: z.string() }).nullish(),
});

const PaymentError = z.object({
  code: z.string().optional(),
  decline_code: z.string().optional(),
  advice_code: z.string().optional(),
  network_advice_code: z.string().optional(),
  network_decline_code: z.string().optional(),
  payment_method: z.object({ type: z.string(), card: Card.optional() }).optional(),
});

const RefundAnswer = z.object({
  id: z.string(),
  object: z.literal("refund"),
  amount: Amount,
  currency: Currency,
  status: z.string().nullable(),
  failure_reason: z.string().optional(),
});

const Charge = z.object({
  id: z.string(),
  amount: Amount,
  amount_captured: Amount,
  amount_refunded: Amount,
  currency: Currency,
  disputed: z.boolean(),
  payment_method_details: z
    .object({
      type: z.string(),
      card: Card.extend({
        capture_before: z.number().int().optional(),
        multicapture: z.object({ status: z.string() }).optional(),
      }).optional(),
    })
    .nullable(),
});
export type ChargeAnswer = z.output<typeof Charge>;

export const IntentAnswer = z.object({
  id: z.string().min(1),
  object: z.literal("payment_intent"),
  status: z.enum([
    "requires_payment_method",
    "requires_confirmation",
    "requires_action",
    "processing",
    "requires_capture",
    "succeeded",
    "canceled",
  ]),
  amount: Amount,
  amount_capturable: Amount,
  amount_received: Amount,
  currency: Currency,
  client_secret: z.string().nullable(),
  payment_method_types: z.array(z.string()),
  next_action: z.looseObject({ type: z.string() }).nullable(),
  last_payment_error: PaymentError.nullable(),
  latest_charge: z.union([z.string(), Charge]).nullable(),
  metadata: z.record(z.string(), z.string()).optional(),
});
export type IntentAnswer = z.output<typeof IntentAnswer>;

/** A refund with its payment as it is afterwards. */
export const RefundedAnswer = RefundAnswer.extend({ payment_intent: IntentAnswer });

export const DisputeAnswer = z.object({
  id: z.string(),
  amount: Amount,
  currency: Currency,
  reason: z.string(),
  status: z.string(),
  evidence_details: z.object({ due_by: z.number().int().nullish() }).nullish(),
});
export type DisputeAnswer = z.output<typeof DisputeAnswer>;
export const DisputesAnswer = z.object({ data: z.array(DisputeAnswer) });

export const ListAnswer = z.object({ object: z.literal("list") });

export const CustomerAnswer = z.object({ id: z.string(), object: z.literal("customer") });
export const CustomersAnswer = z.object({
  data: z.array(z.object({ id: z.string(), metadata: z.record(z.string(), z.string()) })),
});
export const DefaultMethodAnswer = z.object({
  deleted: z.boolean().optional(),
  invoice_settings: z.object({ default_payment_method: IdOf.nullable() }).optional(),
});

export const PaymentMethodAnswer = z.object({
  id: z.string(),
  type: z.string(),
  card: Card.extend({
    exp_month: z.number().int().optional(),
    exp_year: z.number().int().optional(),
  }).optional(),
});
export type PaymentMethodAnswer = z.output<typeof PaymentMethodAnswer>;
export const PaymentMethodsAnswer = z.object({ data: z.array(PaymentMethodAnswer) });

export const SetupIntentAnswer = z.object({
  id: z.string(),
  object: z.literal("setup_intent"),
  status: z.string(),
  client_secret: z.string().nullable(),
});
export type SetupIntentAnswer = z.output<typeof SetupIntentAnswer>;

/** An answer about another payment than the one asked for is no answer. */
export function about(reference: string, intent: IntentAnswer): IntentAnswer {
  if (intent.id !== reference) {
    throw new OutcomeUnknown("Stripe answered about another payment.");
  }
  return intent;
}

/** @throws InvalidPaymentData for an amount in another currency than the payment's */
export function sameCurrency(intent: IntentAnswer, { currency }: Money): void {
  if (intent.currency !== currency.toLowerCase()) {
    throw new InvalidPaymentData(`The payment is in ${intent.currency.toUpperCase()}, not in ${currency}.`);
  }
}
