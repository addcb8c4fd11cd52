import type { MedusaContainer } from "@medusajs/framework/types";
import {
  permitsFallback,
  type AttemptRecord,
  type Decline,
  type GatewayPaymentProvider,
} from "../../gateway";
import { settlesLater } from "../../gateway/session-answers";
import { optionId, type OptionsList, type RecoveryDecision } from "../../services";
import { authorizeForeign } from "./authorize-foreign";
import {
  assertMayAsk,
  assertMaySendOff,
  assertPayable,
  assertTakeable,
  authenticatedBefore,
  closed,
  freshAttempt,
  needsAuthentication,
  refusedInstrument,
  wasAnswered,
  type ConfirmAttemptInput,
  type ConfirmRun,
} from "./confirm-guards";
import { findOrder } from "../medusa/find-order";
import { loadListingInput, toPastAttempt } from "./list-payment-options";
import { listAttempts, loadAttempt, loadCart, tenderModule } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";
import { findProvider } from "../medusa/payment-providers";
import { readRefused } from "./read-refused";
import { settlePayment } from "../settle/settle-payment";
import { openAttempt, voidLeftBehind } from "./open-attempt";
import { assertOwnSavedMethod } from "./own-saved-method";
import { UNTOLD, weighRefusal } from "./weigh-refusal";

export type { ConfirmAttemptInput } from "./confirm-guards";

export type Confirmed =
  | Readonly<{ type: "order"; order_id: string }>
  | Readonly<{ type: "action_required"; attempt: AttemptRecord }>
  | Readonly<{ type: "pending"; attempt: AttemptRecord }>
  | Readonly<{
      type: "declined";
      attempt: AttemptRecord;
      decline: Decline;
      decision: RecoveryDecision;
      options: OptionsList;
    }>;

/**
 * Pays the cart with the attempt: authorizes first, then lets Medusa place the order, so that a refusal burns no
 * order number. However often and by however many it is called, the shopper pays once and everybody gets the
 * same answer. A refusal brings the alternatives with it.
 *
 * This is a function and not a Medusa workflow on purpose: a workflow engine keeps the input of its steps, and
 * what a shopper types must not be kept.
 */
export async function confirmAttempt(
  container: MedusaContainer,
  input: ConfirmAttemptInput,
): Promise<Confirmed> {
  const [cart] = await Promise.all([
    loadCart(container, input.cart_id),
    tenderModule(container).recovery.refresh(),
  ]);
  const attempt = await loadAttempt(container, cart, input.attempt_id);
  const provider = findProvider(container, attempt.provider_id);
  if (!provider) {
    throw new PaymentProblem("attempt_closed");
  }
  const run: ConfirmRun = {
    container,
    input,
    cart,
    authenticated: authenticatedBefore(attempt),
  };
  return provider === "foreign" ? confirmForeign(run, attempt) : confirmOwn(run, attempt, provider);
}

/** A cart read longer ago than this is read again once the attempt is free. */
const STALE_AFTER_MS = 200;

async function confirmOwn(
  run: ConfirmRun,
  attempt: AttemptRecord,
  provider: GatewayPaymentProvider,
): Promise<Confirmed> {
  assertOwnSavedMethod(provider.gateway, attempt, run.input);
  const asked_at = Date.now();
  const answer = await provider.attempts.whenFree(attempt.id, async (current) => {
    if (Date.now() - asked_at > STALE_AFTER_MS) {
      run.cart = await loadCart(run.container, run.cart.id);
    }
    return confirmClaimed(run, current, provider);
  });
  return "type" in answer ? answer : { type: "pending", attempt: answer };
}

async function confirmClaimed(
  run: ConfirmRun,
  attempt: AttemptRecord,
  provider: GatewayPaymentProvider,
): Promise<Confirmed> {
  const successor = await switchedTo(run, attempt);
  if (successor) {
    return successor;
  }
  await assertPayable(run, attempt);
  if (attempt.status === "declined") {
    return (await wasAnswered(run, attempt))
      ? declinedBefore(run, attempt)
      : answerTrouble(run, attempt, provider);
  }
  await assertMayAsk(run, attempt, provider);
  const attempts = await listAttempts(run.container, run.cart);
  const refused = refusedInstrument(run, attempt, provider, attempts);
  if (refused) {
    await tenderModule(run.container).changeAttempt(attempt.id, "declined", refused);
    return answerTrouble(run, { ...attempt, ...refused, status: "declined" }, provider);
  }
  let confirmed: AttemptRecord;
  try {
    confirmed = await provider.attempts.confirmClaimed(
      attempt,
      {
        data: run.input.data,
        return_url: run.input.return_url.replaceAll("{attempt_id}", attempt.id),
        locale: run.input.locale,
        ...(needsAuthentication(attempt, attempts) && { authenticate: true }),
      },
      (returned, agreed) => assertTakeable(run, returned, agreed),
    );
  } catch (error) {
    if (!permitsFallback(error)) {
      throw error;
    }
    const failed = await tenderModule(run.container).annotateAttempt(attempt.id, {
      decline: UNREACHABLE[error.kind],
    });
    return answerTrouble(run, failed, provider, { error_kind: error.kind });
  }
  return answer(run, confirmed, provider);
}

/** A provider that could not be asked reads like a refusal that is nobody's fault: nothing was charged. */
const UNREACHABLE = {
  unavailable: { category: "provider_transient", code: "provider_unavailable" },
  misconfigured: { category: "merchant_config", code: "provider_misconfigured" },
} as const satisfies Record<string, Decline>;

async function answer(
  run: ConfirmRun,
  attempt: AttemptRecord,
  provider: GatewayPaymentProvider,
): Promise<Confirmed> {
  switch (attempt.status) {
    case "authorized":
    case "captured":
      return placeOrder(run, attempt);
    case "ready":
    case "action_required":
      assertMaySendOff(run);
      return { type: "action_required", attempt };
    case "declined":
      return answerTrouble(run, attempt, provider);
    case "pending":
      return settlesLater(attempt) ? placeOrder(run, attempt) : { type: "pending", attempt };
    case "created":
    case "unknown":
      return { type: "pending", attempt };
    default:
      throw closed(attempt);
  }
}

async function placeOrder(run: ConfirmRun, attempt: AttemptRecord): Promise<Confirmed> {
  const settled = await settlePayment(run.container, run.cart.id, attempt);
  switch (settled.type) {
    case "order":
      return settled;
    case "cart_changed":
      throw await freshAttempt(run, attempt);
    case "order_not_placed":
      throw new PaymentProblem("order_not_placed", attempt);
    case "unpaid":
      return { type: "pending", attempt };
    case "undecided":
      return { type: "pending", attempt: { ...attempt, next_action: { type: "wait" } } };
  }
}

/** What is known of a trouble beside the attempt. */
type Trouble = { error_kind?: "unavailable" | "misconfigured"; payment_read?: boolean };

/** Retries or switches where that is safe and in budget, else tells the shopper what happened and what is left. */
async function answerTrouble(
  run: ConfirmRun,
  attempt: AttemptRecord,
  provider: GatewayPaymentProvider,
  { error_kind, payment_read = false }: Trouble = {},
): Promise<Confirmed> {
  const { container, input, cart } = run;
  const { decline, decision, next_provider_ids, options } = await weighRefusal(container, {
    cart,
    attempt,
    error_kind,
    authenticated: run.authenticated,
    payment_read,
    credential_in_hand: input.data !== undefined,
    gateway: provider.gateway,
    locale: input.asked_locales ?? input.locale,
  });
  if (decision.action === "reconcile") {
    return answerRead(run, attempt, provider);
  }
  if (decision.silent && SAME_AGAIN.has(decision.action) && attempt.status === "declined") {
    const again = await tenderModule(container).changeAttempt(attempt.id, "ready", { decline: null });
    if (again) {
      return confirmClaimed(run, again, provider);
    }
  }
  if (decision.silent && decision.action === "switch_provider") {
    const next = await switchProvider(run, attempt, next_provider_ids);
    if (next) {
      return next;
    }
  }
  return { type: "declined", attempt, decline, decision, options };
}

/** Steps that send what is in hand to the same provider once more; that of 3-D Secure is remembered by the attempt. */
const SAME_AGAIN: ReadonlySet<RecoveryDecision["action"]> = new Set(["retry", "authenticate"]);

/** For a refusal that says the payment may have been made already: what the payment says itself is the answer. */
async function answerRead(
  run: ConfirmRun,
  attempt: AttemptRecord,
  provider: GatewayPaymentProvider,
): Promise<Confirmed> {
  const read = await readRefused(run.container, attempt, provider);
  return read.status === "declined" || read.status === "canceled"
    ? answerTrouble(run, read, provider, { payment_read: true })
    : answer(run, read, provider);
}

/** The answer given before, for a confirm that comes again: nothing is tried twice. */
async function declinedBefore(run: ConfirmRun, attempt: AttemptRecord): Promise<Confirmed> {
  const tender = tenderModule(run.container);
  const decline = attempt.decline ?? UNTOLD;
  const decision = tender.recovery.recall({ decline, recovery: toPastAttempt(attempt).recovery });
  if (!decision) {
    throw closed(attempt);
  }
  const facts = await loadListingInput(run.container, run.cart, run.input.locale);
  return { type: "declined", attempt, decline, decision, options: tender.payment_options.listOptions(facts) };
}

/** Charges the same credential at the next provider of the method. Undefined when none could be reached. */
async function switchProvider(
  run: ConfirmRun,
  attempt: AttemptRecord,
  provider_ids: readonly string[],
): Promise<Confirmed | undefined> {
  let next: AttemptRecord;
  try {
    next = await openAttempt(run.container, {
      ...run.input,
      option_id: optionId(attempt.provider_id, attempt.method),
      cart: { ...run.cart, payment_collection_id: attempt.payment_collection_id },
      provider_ids,
      fallback_of: attempt.id,
      data: undefined,
    });
  } catch (error) {
    if (error instanceof PaymentProblem) {
      return undefined;
    }
    throw error;
  }
  void voidLeftBehind(run.container, next);
  const provider = findProvider(run.container, next.provider_id);
  return provider === "foreign" || !provider ? undefined : confirmOwn(run, next, provider);
}

/** For a confirm that comes again after a switch: the answer is that of the attempt that took over. */
async function switchedTo(run: ConfirmRun, attempt: AttemptRecord): Promise<Confirmed | undefined> {
  if (attempt.recovery !== "switch_provider") {
    return undefined;
  }
  const attempts = await listAttempts(run.container, run.cart);
  const next = attempts.find(({ fallback_of }) => fallback_of === attempt.id);
  const provider = next && findProvider(run.container, next.provider_id);
  return !provider || provider === "foreign" ? undefined : confirmOwn(run, next, provider);
}

/** Another plugin's provider: Medusa authorizes it, and what it says is recorded. */
async function confirmForeign(run: ConfirmRun, attempt: AttemptRecord): Promise<Confirmed> {
  const { container, cart } = run;
  const order_id = attempt.order_id ?? (cart.completed ? await findOrder(container, cart.id) : undefined);
  if (order_id) {
    return { type: "order", order_id };
  }
  await assertPayable(run, attempt);
  const authorized = await authorizeForeign(container, cart.id, attempt);
  if (authorized.status === "declined") {
    return declinedBefore(run, authorized);
  }
  if (authorized.status === "canceled") {
    throw closed(authorized);
  }
  return authorized.status === "authorized" || authorized.status === "captured"
    ? placeOrder(run, authorized)
    : { type: authorized.status === "action_required" ? "action_required" : "pending", attempt: authorized };
}
