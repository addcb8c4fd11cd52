import type Stripe from "stripe";
import type { Account, MethodRecord } from "../account";
import { declineError, invalidRequest } from "../errors";
import { mergedMetadata } from "../metadata";
import { billingDetails } from "./new-method";

/** @throws StripeRefusal when the issuer refuses, or the method cannot be saved any more */
export function attach(account: Account, record: MethodRecord, customer: string): void {
  account.customer(customer);
  const { object, card } = record;
  if (object.customer !== null && object.customer !== customer) {
    throw invalidRequest("The payment method you provided has already been attached to a customer.");
  }
  if (record.spent) {
    throw spentError();
  }
  const answer = card && !card.attaches && card.authentication === undefined ? card.decline : undefined;
  if (answer !== undefined) {
    throw declineError(answer, { payment_method: object });
  }
  record.object.customer = customer;
  account.emit("payment_method.attached", object);
}

export function detach(account: Account, record: MethodRecord): void {
  if (record.object.customer === null) {
    throw invalidRequest(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
    );
  }
  const previous = { customer: record.object.customer };
  record.object.customer = null;
  record.spent = true;
  account.emit("payment_method.detached", record.object, previous);
}

/**
 * What forbids charging this method for this customer.
 * @throws StripeRefusal 400
 */
export function checkUsable(record: MethodRecord, customer: string | null): void {
  const owner = record.object.customer;
  if (record.spent) {
    throw spentError();
  }
  if (owner !== null && customer === null) {
    throw invalidRequest(
      "The PaymentMethod supplied belongs to a Customer. Please include the Customer in the `customer` parameter.",
      { code: "payment_intent_invalid_parameter", param: "payment_method" },
    );
  }
  if (owner !== null && owner !== customer) {
    throw invalidRequest("The payment method supplied belongs to a different Customer.", {
      code: "payment_intent_invalid_parameter",
      param: "payment_method",
    });
  }
}

export function updateMethod(
  account: Account,
  { object }: MethodRecord,
  { billing_details, metadata, allow_redisplay, card }: Stripe.PaymentMethodUpdateParams,
): void {
  object.metadata = mergedMetadata(object.metadata, metadata);
  object.billing_details = billingDetails(billing_details, object.billing_details);
  object.allow_redisplay = allow_redisplay ?? object.allow_redisplay;
  if (object.card && card) {
    object.card.exp_month = card.exp_month ?? object.card.exp_month;
    object.card.exp_year = card.exp_year ?? object.card.exp_year;
  }
  account.emit("payment_method.updated", object);
}

function spentError(): ReturnType<typeof invalidRequest> {
  return invalidRequest(
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or was " +
      "detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it " +
      "to a Customer first.",
    { param: "payment_method" },
  );
}
