import type { MedusaContainer } from "@medusajs/framework/types";
import {
  OPEN_STATUSES,
  isGatewayError,
  sameMoney,
  type AttemptRecord,
  type GatewayPaymentProvider,
} from "../../gateway";
import { settlesLater } from "../../gateway/session-answers";
import { optionId, spentBudget } from "../../services";
import { triesUsedUp } from "../limits/tries-used-up";
import { assertCartCompletable } from "../medusa/assert-cart-completable";
import { assertOffered } from "./assert-offered";
import { toPastAttempt } from "./list-payment-options";
import { tenderModule, type PayableCart } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";
import { startAttempt } from "./start-attempt";

export type ConfirmAttemptInput = Readonly<{
  cart_id: string;
  attempt_id: string;
  /** What the shopper's browser sent, card data included: handed on to the gateway, never stored or logged. */
  data?: Record<string, unknown>;
  customer_id: string | null;
  return_url: string;
  locale: string;
  /** All that the shopper asked for, for titles that are in further languages. */
  asked_locales?: string;
}>;

/** One confirm on its way; the cart is read again when the attempt was not free at once. */
export type ConfirmRun = {
  container: MedusaContainer;
  input: ConfirmAttemptInput;
  cart: PayableCart;
  /** True when the shopper did 3-D Secure before. */
  authenticated: boolean;
  /** Set once the approval is taken that was given beyond the last try: nobody is sent off any more. */
  sends_nobody_off?: true;
};

/** Whether the shopper did 3-D Secure before. */
export function authenticatedBefore({ next_action }: AttemptRecord): boolean {
  return next_action?.type === "redirect" && next_action.reason === "three_d_secure";
}

/** Throws where this confirm has the gateway authorize, and it was asked too often already. */
export async function assertMayAsk(
  run: ConfirmRun,
  attempt: AttemptRecord,
  provider: GatewayPaymentProvider,
): Promise<void> {
  if (asksAgain(run, attempt)) {
    await assertTriesLeft(run, attempt, () => hasAgreed(run, attempt, provider));
  }
}

/** Throws where the approval that the payer would be sent off for could not be taken any more. */
export function assertMaySendOff({ sends_nobody_off }: ConfirmRun): void {
  if (sends_nobody_off) {
    throw new PaymentProblem("attempts_used_up");
  }
}

/** True when this confirm has the gateway authorize: not where money moved already, or back from the bank's page. */
function asksAgain({ input }: ConfirmRun, { status }: AttemptRecord): boolean {
  return OPEN_STATUSES.includes(status) && (status !== "action_required" || input.data !== undefined);
}

/**
 * Throws where the gateway was asked too often already, unless what the payer was sent off for waits to be taken.
 * @param hasAgreed asked only where the tries are used up
 */
async function assertTriesLeft(
  run: ConfirmRun,
  attempt: AttemptRecord,
  hasAgreed: () => Promise<boolean>,
): Promise<void> {
  if (!(await triesUsedUp(run.container, attempt, { agreed: false }))) {
    return;
  }
  if (!(await hasAgreed()) || (await triesUsedUp(run.container, attempt, { agreed: true }))) {
    throw new PaymentProblem("attempts_used_up");
  }
  run.sends_nobody_off = true;
}

/** Whether the gateway says that the payer agreed, where nothing was sent that would be asked for instead. */
async function hasAgreed(
  { input }: ConfirmRun,
  attempt: AttemptRecord,
  { attempts }: GatewayPaymentProvider,
): Promise<boolean> {
  if (input.data !== undefined) {
    return false;
  }
  try {
    return (await attempts.observe(attempt)).snapshot?.agreed ?? false;
  } catch (error) {
    if (isGatewayError(error)) {
      return false;
    }
    throw error;
  }
}

/**
 * What {@link assertPayable} cannot ask of a payer who comes back from the service's page, since their money may be taken
 * there already: for one whose money is still to be taken from here.
 */
export async function assertTakeable(
  run: ConfirmRun,
  attempt: AttemptRecord,
  agreed: boolean,
): Promise<void> {
  await assertCartCompletable(run.container, run.cart.id);
  await assertTriesLeft(run, attempt, async () => agreed);
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

/**
 * Whether the shopper was told what to do about a refused attempt. Not while its payment is to be read; nor when what
 * was decided is another try that we made, since then the refusal is that try's.
 */
export async function wasAnswered(run: ConfirmRun, attempt: AttemptRecord): Promise<boolean> {
  const { id, decline, recovery } = attempt;
  if (recovery === null || recovery === "reconcile") {
    return false;
  }
  if (recovery !== "retry" && recovery !== "authenticate") {
    return true;
  }
  const tries = await tenderModule(run.container).listOperations(id, ["authorize"]);
  const authorizations = tries.map(({ status }) => status);
  return spentBudget([{ id, decline, recovery, authorizations }], id).retries === 0;
}

/**
 * Whether the gateway has to ask the payer to authenticate: a card of this method was refused in this cart for want of
 * it.
 */
export function needsAuthentication(attempt: AttemptRecord, attempts: readonly AttemptRecord[]): boolean {
  return attempts.some(
    ({ method, recovery, decline }) =>
      method === attempt.method && (recovery === "authenticate" || decline?.category === "authenticate"),
  );
}

/** The cart must be open and at the attempt's amount, the attempt usable. Paid carts answer with their order. */
export async function assertPayable(run: ConfirmRun, attempt: AttemptRecord): Promise<void> {
  const { cart } = run;
  if (
    attempt.order_id ||
    attempt.status === "authorized" ||
    attempt.status === "captured" ||
    settlesLater(attempt)
  ) {
    return;
  }
  if (cart.completed) {
    throw new PaymentProblem("cart_completed");
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
  const may_be_approved = attempt.status === "action_required" && run.input.data === undefined;
  if (OPEN_STATUSES.includes(attempt.status) && !may_be_approved) {
    await Promise.all([
      assertCartCompletable(run.container, cart.id),
      assertOffered(run.container, cart, attempt),
    ]);
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
  return new PaymentProblem("cart_total_changed", fresh);
}

export function closed(attempt: AttemptRecord): PaymentProblem {
  return new PaymentProblem("attempt_closed", attempt);
}
