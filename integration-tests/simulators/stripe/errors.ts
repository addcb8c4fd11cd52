import type Stripe from "stripe";
import type { Decline } from "./cards/declines";

/** The fields of Stripe's error body (docs: Errors). */
export type ErrorBody = {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  param?: string;
  doc_url?: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
  network_advice_code?: string;
  charge?: string;
  payment_intent?: Stripe.PaymentIntent;
  payment_method?: Stripe.PaymentMethod;
  setup_intent?: Stripe.SetupIntent;
};

type Details = Partial<Omit<ErrorBody, "type" | "message">>;

/** An answer that refuses the request. */
export class StripeRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message);
    this.name = "StripeRefusal";
  }
}

/** 400: the request itself is wrong, or the object's state does not allow it. */
export function invalidRequest(message: string, details: Details = {}): StripeRefusal {
  return refusal(400, "invalid_request_error", message, details);
}

/** 404 `resource_missing`: unknown, or another account's. */
export function resourceMissing(object: string, id: string, param = "id"): StripeRefusal {
  return refusal(404, "invalid_request_error", `No such ${object}: '${id}'`, {
    code: "resource_missing",
    param,
  });
}

/** 402: the issuer or the payment method's provider refused. */
export function cardError(message: string, details: Details): StripeRefusal {
  return refusal(402, "card_error", message, details);
}

/** 402 with the codes of a decline. */
export function declineError({ message, ...codes }: Decline, more: Details = {}): StripeRefusal {
  return cardError(message, { ...codes, ...more });
}

export function refusal(
  status: number,
  type: ErrorBody["type"],
  message: string,
  details: Details = {},
): StripeRefusal {
  const { code } = details;
  const doc_url = code === undefined ? undefined : docUrl(code);
  return new StripeRefusal(status, { type, message, doc_url, ...details });
}

export function docUrl(code: string): string {
  return `https://docs.stripe.com/error-codes#${code.replaceAll("_", "-")}`;
}

const STATUSES_FOR: Readonly<Record<string, readonly string[]>> = {
  captured: ["requires_capture"],
  canceled: ["requires_payment_method", "requires_capture", "requires_confirmation", "requires_action"],
  confirmed: ["requires_payment_method", "requires_confirmation", "requires_action"],
  updated: ["requires_payment_method", "requires_confirmation", "requires_action"],
};

/** 400 `payment_intent_unexpected_state`, with the intent as it is. */
export function unexpectedState(
  intent: Stripe.PaymentIntent,
  verb: "captured" | "canceled" | "confirmed" | "updated",
): StripeRefusal {
  return invalidRequest(
    `This PaymentIntent could not be ${verb} because it has a status of ${intent.status}. Only a PaymentIntent with ` +
      `one of the following statuses may be ${verb}: ${(STATUSES_FOR[verb] ?? []).join(", ")}.`,
    { code: "payment_intent_unexpected_state", payment_intent: intent },
  );
}

export function mayBe(intent: Stripe.PaymentIntent, verb: keyof typeof STATUSES_FOR): boolean {
  return STATUSES_FOR[verb]?.includes(intent.status) ?? false;
}
