import type { MedusaContainer } from "@medusajs/framework/types";
import { OPEN_STATUSES, sameMoney, type AttemptRecord, type GatewayPaymentProvider } from "../gateway";
import { optionId } from "../services";
import { toPastAttempt } from "./list-payment-options";
import { tenderModule, type PayableCart } from "./load-cart";
import { PaymentProblem } from "./payment-problem";
import { startAttempt } from "./start-attempt";
import type { RecoveryTally } from "./weigh-refusal";

export type ConfirmAttemptInput = Readonly<{
  cart_id: string;
  attempt_id: string;
  /** What the shopper's browser sent, card data included: handed on to the gateway, never stored or logged. */
  data?: Record<string, unknown>;
  customer_id: string | null;
  return_url: string;
  locale: string;
}>;

/** One confirm on its way; the cart is read again when the attempt was not free at once. */
export type ConfirmRun = {
  container: MedusaContainer;
  input: ConfirmAttemptInput;
  cart: PayableCart;
  tally: RecoveryTally;
};

/** An attempt is confirmed more than once only for 3-D Secure and the like; more than a few times is abuse. */
export async function assertTriesLeft(run: ConfirmRun, attempt: AttemptRecord): Promise<void> {
  const tender = tenderModule(run.container);
  const tries = await tender.listOperations(attempt.id, ["authorize"]);
  if (tries.length >= tender.options.attempts_per_cart) {
    throw new PaymentProblem(
      "attempts_used_up",
      "Too many payment attempts for this cart. Please contact the store.",
    );
  }
}

/** A card that must never be sent again is refused here, without asking anybody. */
export function refusedInstrument(
  run: ConfirmRun,
  attempt: AttemptRecord,
  provider: GatewayPaymentProvider,
  attempts: readonly AttemptRecord[],
): Pick<AttemptRecord, "decline" | "instrument"> | undefined {
  const fingerprint = provider.fingerprintOf(attempt.method, run.input.data);
  const before = tenderModule(run.container).payment_options.refusedBefore(
    attempts.map(toPastAttempt),
    fingerprint,
  );
  return before && fingerprint ? { decline: before.decline, instrument: { fingerprint } } : undefined;
}

/** The cart must be open and at the attempt's amount, the attempt usable. Paid carts answer with their order. */
export async function assertPayable(run: ConfirmRun, attempt: AttemptRecord): Promise<void> {
  const { cart } = run;
  if (attempt.order_id || attempt.status === "authorized" || attempt.status === "captured") {
    return;
  }
  if (cart.completed) {
    throw new PaymentProblem("cart_completed", "This cart has been paid already.");
  }
  if (
    !sameMoney(attempt.amount, cart.total) &&
    (OPEN_STATUSES.includes(attempt.status) || attempt.status === "released")
  ) {
    throw await freshAttempt(run, attempt);
  }
  if (["failed", "released", "canceled"].includes(attempt.status)) {
    throw closed(attempt);
  }
}

/** The 409 for a changed total, with an attempt at the present one so that the shopper can go on at once. */
export async function freshAttempt(run: ConfirmRun, attempt: AttemptRecord): Promise<PaymentProblem> {
  const { cart_id, customer_id, return_url, locale } = run.input;
  const option_id = optionId(attempt.provider_id, attempt.method);
  const fresh = await startAttempt(run.container, {
    cart_id,
    customer_id,
    return_url,
    locale,
    option_id,
    ignore_claim_of: attempt.id,
  });
  return new PaymentProblem(
    "cart_total_changed",
    "The cart's total has changed. Please confirm the new amount.",
    fresh,
  );
}

export function closed(attempt: AttemptRecord): PaymentProblem {
  return new PaymentProblem(
    "attempt_closed",
    "This payment attempt can no longer be used. Please start again.",
    attempt,
  );
}
