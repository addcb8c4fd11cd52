import { z } from "@medusajs/framework/zod";
import { ATTEMPT_STATUSES } from "../gateway";
import { RECOVERY_ACTIONS } from "../services";

/**
 * The Store API in one place: requests are parsed with these schemas, responses are typed by them, and the
 * OpenAPI document is generated from them. Amounts are decimal numbers in the currency's main unit, as
 * everywhere in Medusa's API.
 */

export const NextActionSchema = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("confirm") }),
    z.object({
      type: z.literal("redirect"),
      url: z.string(),
      reason: z.enum(["three_d_secure", "bank_page"]),
    }),
    z.object({
      type: z.literal("wait"),
      settles_later: z
        .literal(true)
        .optional()
        .describe("The outcome comes in days (a bank debit); the order is placed before."),
    }),
  ])
  .describe("What the shopper has to do next.");

export const DeclineViewSchema = z
  .object({
    category: z.string().describe("What kind of refusal it is, e.g. funds_limit."),
    code: z.string().describe("The gateway's code; a generic one where the reason must not be shown."),
    message: z.string().describe("What happened, in the request's locale, safe to show."),
    recovery: z.enum(RECOVERY_ACTIONS).describe("What to do about it."),
  })
  .describe("Why a payment was refused and what helps.");

export const PaymentOptionSchema = z
  .object({
    id: z.string().describe("provider id and method, e.g. pp_stripe_main:card"),
    provider_id: z.string(),
    method: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    icon: z.string(),
    express: z.boolean(),
    position: z.number().int(),
    can_save: z
      .boolean()
      .describe(
        "True for a logged-in customer where the provider keeps the method for next time: start with " +
          "{data: {save: true}}, and send `save` with confirm too.",
      ),
    incentive: z
      .object({
        title: z.string().describe("What it brings, in the request's locale, e.g. Free shipping."),
      })
      .optional()
      .describe(
        "What paying with this option takes off the cart; it is applied when an attempt with it is started, and taken " +
          "off when one with another is.",
      ),
    client: z
      .record(z.string(), z.unknown())
      .describe("What the browser may know to show the method. `form` names the kind of form it needs."),
  })
  .describe("One way to pay this cart.");

export const DeclinedOptionSchema = PaymentOptionSchema.extend({
  another_instrument: z
    .boolean()
    .describe("True when the option may be tried once more with a different card or account."),
  decline: DeclineViewSchema,
}).describe("An option ruled out in this cart, and why.");

export const PaymentAttemptSchema = z
  .object({
    id: z.string(),
    option_id: z.string(),
    provider_id: z.string(),
    method: z.string(),
    status: z.enum(ATTEMPT_STATUSES),
    amount: z.number(),
    currency_code: z.string(),
    next_action: NextActionSchema.nullable(),
    fallback_of: z.string().nullable().describe("The attempt this one took over from."),
    decline: DeclineViewSchema.nullable(),
    client: z.record(z.string(), z.unknown()).describe("What the browser may know of the payment."),
    read_at: z
      .string()
      .describe("The store's own time, ISO 8601: tells how far off a moment in `client` is, on any clock."),
  })
  .describe("One try to pay a cart with one option.");

/** What a method needs, under names of its gateway's choosing. The gateway parses it; here it is only kept small. */
const MethodData = z
  .record(z.string().max(100), z.unknown())
  .refine((data) => Object.keys(data).length <= 50, "must not have more than 50 fields");

export const CreateAttemptBody = z
  .object({
    option_id: z.string().min(3).max(200),
    data: MethodData.optional().describe("What the method needs at this point, if anything."),
  })
  .strict();

export const ConfirmAttemptBody = z
  .object({
    data: MethodData.optional().describe(
      "What the method needs, e.g. {card: {number, exp_month, exp_year, cvc}} or {saved_method_id}.",
    ),
  })
  .strict();

export const PaymentOptionsResponse = z.object({
  payment_options: z.array(PaymentOptionSchema),
  declined_options: z.array(DeclinedOptionSchema),
});

export const SavedMethodSchema = z
  .object({
    id: z.string().describe("Confirm with it: {data: {saved_method_id}}."),
    provider_id: z.string(),
    option_id: z.string().describe("The option it pays with."),
    method: z.string(),
    brand: z.string().nullable(),
    last4: z.string().nullable(),
    exp_month: z.number().int().nullable(),
    exp_year: z.number().int().nullable(),
  })
  .describe("A method the customer has saved at a provider.");

export const SavedMethodsResponse = z.object({ saved_payment_methods: z.array(SavedMethodSchema) });

export const RemovedSavedMethodResponse = z.object({
  id: z.string(),
  object: z.literal("saved_payment_method"),
  deleted: z.literal(true),
});

export const PaymentAttemptResponse = z.object({ payment_attempt: PaymentAttemptSchema });

export const OrderSchema = z
  .looseObject({
    id: z.string(),
    display_id: z.number().int(),
    email: z.string().nullable(),
    currency_code: z.string(),
    total: z.number(),
  })
  .describe("Medusa's order.");

export const ConfirmResponse = z.discriminatedUnion("type", [
  z.object({ type: z.literal("order"), order: OrderSchema }),
  z.object({ type: z.literal("action_required"), payment_attempt: PaymentAttemptSchema }),
  z.object({ type: z.literal("pending"), payment_attempt: PaymentAttemptSchema }),
]);

export const DeclinedResponse = z.object({
  type: z.literal("declined"),
  payment_attempt: PaymentAttemptSchema,
  decline: DeclineViewSchema,
  payment_options: z.array(PaymentOptionSchema),
  declined_options: z.array(DeclinedOptionSchema),
});

/** Medusa's error shape; `payment_attempt` comes with 409 when the cart's total changed. */
export const ErrorResponse = z.object({
  type: z.string(),
  code: z.string().optional(),
  message: z.string(),
  payment_attempt: PaymentAttemptSchema.optional(),
  retry_after_s: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Seconds after which to try again, where a limit was reached."),
});

export type NextActionView = z.infer<typeof NextActionSchema>;
export type DeclineView = z.infer<typeof DeclineViewSchema>;
export type PaymentOptionView = z.infer<typeof PaymentOptionSchema>;
export type DeclinedOptionView = z.infer<typeof DeclinedOptionSchema>;
export type PaymentAttemptView = z.infer<typeof PaymentAttemptSchema>;
export type PaymentOptionsResult = z.infer<typeof PaymentOptionsResponse>;
export type SavedMethodView = z.infer<typeof SavedMethodSchema>;
export type SavedMethodsResult = z.infer<typeof SavedMethodsResponse>;
export type RemovedSavedMethodResult = z.infer<typeof RemovedSavedMethodResponse>;
export type PaymentAttemptResult = z.infer<typeof PaymentAttemptResponse>;
export type ConfirmResult = z.infer<typeof ConfirmResponse>;
export type DeclinedResult = z.infer<typeof DeclinedResponse>;
export type ErrorResult = z.infer<typeof ErrorResponse>;
export type CreateAttemptInput = z.infer<typeof CreateAttemptBody>;
export type ConfirmAttemptInput = z.infer<typeof ConfirmAttemptBody>;
