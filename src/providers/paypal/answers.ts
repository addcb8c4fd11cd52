import { z } from "@medusajs/framework/zod";

/** What is read of PayPal's answers, in the SDK's names, parsed before anything is believed. */

const Id = z.string().min(1).max(100);

const ApiMoney = z.object({
  currencyCode: z.string().regex(/^[A-Z]{3}$/),
  value: z.string().regex(/^\d{1,32}(\.\d{1,10})?$/),
});

const Links = z.array(z.object({ href: z.string(), rel: z.string() })).default([]);

const Processor = z.object({ responseCode: z.string().optional(), paymentAdviceCode: z.string().optional() });

const Time = z.string().optional();

const Reason = z.object({ reason: z.string().optional() });

const Authorization = z.object({
  id: Id,
  status: z.string(),
  statusDetails: Reason.optional(),
  amount: ApiMoney,
  createTime: Time,
  expirationTime: Time,
  processorResponse: Processor.optional(),
});
export type AuthorizationAnswer = z.output<typeof Authorization>;

const Capture = z.object({
  id: Id,
  status: z.string(),
  statusDetails: Reason.optional(),
  amount: ApiMoney,
  createTime: Time,
  links: Links,
  processorResponse: Processor.optional(),
});
export type CaptureAnswer = z.output<typeof Capture>;

const Refund = z.object({
  id: Id,
  status: z.string(),
  amount: ApiMoney,
  customId: z.string().optional(),
  links: Links,
});
export type RefundAnswer = z.output<typeof Refund>;

const PurchaseUnit = z.object({
  referenceId: z.string().default("default"),
  amount: ApiMoney,
  customId: z.string().optional(),
  /** Of what the order was told beside its amount, only whether it is there is of interest. */
  items: z.array(z.unknown()).nullish(),
  shipping: z.object({ address: z.unknown(), name: z.unknown() }).partial().nullish(),
  payments: z
    .object({
      authorizations: z.array(Authorization).default([]),
      captures: z.array(Capture).default([]),
      refunds: z.array(Refund).default([]),
    })
    .default({ authorizations: [], captures: [], refunds: [] }),
});

const Card = z.object({
  brand: z.string().optional(),
  lastDigits: z.string().optional(),
  authenticationResult: z
    .object({
      liabilityShift: z.string().optional(),
      threeDSecure: z
        .object({ authenticationStatus: z.string().optional(), enrollmentStatus: z.string().optional() })
        .optional(),
    })
    .optional(),
});
export type CardAnswer = z.output<typeof Card>;

const WalletWithCard = z.object({ card: Card.optional() });

export const OrderAnswer = z.object({
  id: Id,
  status: z.enum(["CREATED", "SAVED", "APPROVED", "VOIDED", "COMPLETED", "PAYER_ACTION_REQUIRED"]),
  intent: z.enum(["AUTHORIZE", "CAPTURE"]),
  purchaseUnits: z.array(PurchaseUnit).length(1),
  paymentSource: z
    .object({
      paypal: z.object({}).optional(),
      venmo: z.object({}).optional(),
      card: Card.optional(),
      applePay: WalletWithCard.optional(),
      googlePay: WalletWithCard.optional(),
    })
    .optional(),
  links: Links,
});
export type OrderAnswer = z.output<typeof OrderAnswer>;
export type PurchaseUnitAnswer = z.output<typeof PurchaseUnit>;

/** A capture, authorization or refund by itself, and the order it belongs to. */
export const MovedAnswer = z.object({
  id: Id,
  status: z.string(),
  statusDetails: Reason.optional(),
  processorResponse: Processor.optional(),
  supplementaryData: z
    .object({ relatedIds: z.object({ orderId: z.string().optional() }).optional() })
    .optional(),
});
export type MovedAnswer = z.output<typeof MovedAnswer>;

/** A call that answers nothing. */
export const NothingAnswer = z.unknown().transform(() => undefined);

const Token = z.object({
  id: Id,
  customer: z.object({ id: Id.optional() }).optional(),
  paymentSource: z
    .object({
      card: z
        .object({
          brand: z.string().optional(),
          lastDigits: z.string().optional(),
          expiry: z.string().optional(),
        })
        .optional(),
      paypal: z.object({}).optional(),
      venmo: z.object({}).optional(),
    })
    .default({}),
});
export const PaymentTokenAnswer = Token;
export type PaymentTokenAnswer = z.output<typeof Token>;
export const PaymentTokensAnswer = z.object({ paymentTokens: z.array(Token).default([]) });
export const SetupTokenAnswer = z.object({ customer: z.object({ id: Id }) });

/** Of interfaces the SDK does not have; in PayPal's names. */
export const DisputesAnswer = z.object({ items: z.array(z.object({ dispute_id: Id })).default([]) });
const DisputeMoney = z.object({ currency_code: z.string(), value: z.string() });
export const DisputeAnswer = z.object({
  dispute_id: Id,
  reason: z.string().optional(),
  status: z.string(),
  dispute_amount: DisputeMoney,
  dispute_outcome: z
    .object({ outcome_code: z.string().optional(), amount_refunded: DisputeMoney.optional() })
    .optional(),
  seller_response_due_date: z.string().optional(),
});
export type DisputeAnswer = z.output<typeof DisputeAnswer>;
export const VerificationAnswer = z.object({ verification_status: z.string() });
