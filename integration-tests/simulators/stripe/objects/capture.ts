import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, mayBe, unexpectedState } from "../errors";
import { mergedMetadata } from "../metadata";
import { bookCharge } from "./balance";
import { latestCharge } from "./charges";
import { disputeAtOnce } from "./disputes";
import { releaseRest } from "./release";

/**
 * Takes what is reserved, or a part of it. What is left over is released, unless `final_capture` is false and the card
 * lets more captures follow (docs: Capture a payment multiple times).
 * @throws StripeRefusal 400 in another state or above what is reserved
 */
export function captureIntent(
  account: Account,
  { id, ...params }: Stripe.PaymentIntentCaptureParams & { id: string },
): Stripe.PaymentIntent {
  const { object: intent } = account.paymentIntent(id);
  const charge = latestCharge(account, intent);
  if (!mayBe(intent, "captured") || !charge) {
    throw unexpectedState(intent, "captured");
  }
  const amount = params.amount_to_capture ?? intent.amount_capturable;
  const final = params.final_capture ?? true;
  // Nothing more is taken and the rest released, once something was captured.
  const least = final && charge.amount_captured > 0 ? 0 : 1;
  if (amount < least) {
    throw invalidRequest("Invalid positive integer", {
      code: "parameter_invalid_integer",
      param: "amount_to_capture",
    });
  }
  if (amount > intent.amount_capturable) {
    throw invalidRequest(
      `The amount_to_capture (${amount}) must be less than or equal to the PaymentIntent's amount_capturable ` +
        `(${intent.amount_capturable}).`,
      { code: "amount_too_large", param: "amount_to_capture" },
    );
  }
  if (!final && charge.payment_method_details?.card?.multicapture?.status !== "available") {
    throw invalidRequest(
      "This PaymentIntent is not eligible for multicapture; `final_capture` must be true.",
      {
        code: "payment_intent_invalid_parameter",
        param: "final_capture",
      },
    );
  }
  intent.metadata = mergedMetadata(intent.metadata, params.metadata);
  intent.amount_received += amount;
  intent.amount_capturable -= amount;
  charge.amount_captured += amount;
  account.note(intent.id, "capture", amount);
  if (!final && intent.amount_capturable > 0) {
    bookCharge(account, charge, amount);
    account.emit("charge.captured", charge);
    account.emit("payment_intent.amount_capturable_updated", intent);
    return intent;
  }
  // Stripe books the whole charge and gives the rest back.
  bookCharge(account, charge, amount + intent.amount_capturable);
  intent.amount_capturable = 0;
  charge.captured = true;
  releaseRest(account, charge, null, true);
  intent.status = "succeeded";
  account.emit("charge.captured", charge);
  account.emit("payment_intent.succeeded", intent);
  const method = account.payment_methods.get(charge.payment_method ?? "");
  if (method) {
    disputeAtOnce(account, charge, method);
  }
  return intent;
}
