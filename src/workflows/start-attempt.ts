import type { ILockingModule, Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError, Modules, generateEntityId } from "@medusajs/framework/utils";
import { GatewayUnavailable, permitsFallback, sameMoney, type AttemptRecord } from "../gateway";
import { parseOptionId } from "../services";
import { loadPayingCustomer } from "./account-holder";
import { clearFormerAttempts } from "./clear-former-attempts";
import { loadOptionsInput } from "./list-payment-options";
import { listAttempts, loadCart, tenderModule, type PayableCart } from "./load-cart";
import { PaymentProblem } from "./payment-problem";
import { findGateway, findProvider } from "./payment-providers";
import { closeSessions, ensurePaymentCollection, openSession } from "./payment-session";

/** Longer than passing over two hanging providers takes. */
const QUEUE_TIMEOUT_SECONDS = 15;

export type StartAttemptInput = Readonly<{
  cart_id: string;
  option_id: string;
  /** What the shopper's browser sent; parsed by the gateway. */
  data?: Record<string, unknown>;
  /** The request's Idempotency-Key. */
  request_key?: string;
  /** The logged-in customer, from the request's authentication only. */
  customer_id: string | null;
  /** Where the shopper returns to; `{attempt_id}` is filled in. */
  return_url: string;
  locale: string;
  /** The attempt this request itself holds the claim of, when a confirm finds the total changed. */
  ignore_claim_of?: string;
}>;

/**
 * Opens an attempt with the option, closing what was there before. A provider that is certainly down is passed
 * over for the next one of the same method. Throws 404 for an unknown cart or option and `PaymentProblem`.
 *
 * Starts of one cart come one after the other: two tabs at once would close each other's sessions.
 */
export async function startAttempt(
  container: MedusaContainer,
  input: StartAttemptInput,
): Promise<AttemptRecord> {
  const locking = container.resolve<ILockingModule>(Modules.LOCKING);
  let started = false;
  try {
    return await locking.execute(
      [`tender-start:${input.cart_id}`],
      () => {
        started = true;
        return startAlone(container, input);
      },
      { timeout: QUEUE_TIMEOUT_SECONDS },
    );
  } catch (error) {
    throw started
      ? error
      : new PaymentProblem(
          "payment_in_progress",
          "Another payment for this cart is being started. Please try again.",
        );
  }
}

async function startAlone(container: MedusaContainer, input: StartAttemptInput): Promise<AttemptRecord> {
  const cart = await loadCart(container, input.cart_id);
  const made_before = await repeatedRequest(container, input);
  if (made_before) {
    return made_before;
  }
  if (cart.completed) {
    throw new PaymentProblem("cart_completed", "This cart has been paid already.");
  }
  const attempts = await listAttempts(container, cart);
  if (countTries(attempts, cart) >= tenderModule(container).options.attempts_per_cart) {
    throw new PaymentProblem(
      "attempts_used_up",
      "Too many payment attempts for this cart. Please contact the store.",
    );
  }
  const others = attempts.filter(({ id }) => id !== input.ignore_claim_of);
  await clearFormerAttempts(container, cart, others);
  const provider_ids = await routeOption(container, cart, input, attempts);
  return openWithFirstAvailable(container, { ...input, cart, provider_ids });
}

/** The attempt the same request made before. The same key for another method is a mistake of the caller's. */
async function repeatedRequest(
  container: MedusaContainer,
  { cart_id, request_key, option_id }: StartAttemptInput,
): Promise<AttemptRecord | undefined> {
  if (!request_key) {
    return undefined;
  }
  const made_before = await tenderModule(container).attempts.findByRequestKey(cart_id, request_key);
  if (made_before && made_before.method !== parseOptionId(option_id)?.method) {
    throw new PaymentProblem(
      "idempotency_mismatch",
      "This Idempotency-Key was used for another option before.",
    );
  }
  return made_before ?? undefined;
}

/** Tries that count against the cart's budget: not those that only a changed total made worthless. */
function countTries(attempts: readonly AttemptRecord[], cart: PayableCart): number {
  return attempts.filter((attempt) => attempt.decline !== null || sameMoney(attempt.amount, cart.total))
    .length;
}

type Opening = StartAttemptInput & {
  cart: PayableCart;
  provider_ids: readonly string[];
  fallback_of?: string;
};

/**
 * Opens an attempt with the first of the providers that can be reached. Each one passed over leaves its own
 * failed attempt, and the next says so in `fallback_of`.
 */
export async function openWithFirstAvailable(
  container: MedusaContainer,
  opening: Opening,
): Promise<AttemptRecord> {
  const { cart } = opening;
  const method = parseOptionId(opening.option_id)?.method ?? opening.option_id;
  const payment_collection_id = await ensurePaymentCollection(container, cart);
  await closeSessions(container, payment_collection_id);
  let fallback_of = opening.fallback_of;
  for (const provider_id of opening.provider_ids) {
    const attempt_id = generateEntityId(undefined, "payatt");
    const tender = {
      cart_id: cart.id,
      payment_collection_id,
      attempt_id,
      method,
      fallback_of,
      request_key: opening.request_key,
      return_url: opening.return_url.replaceAll("{attempt_id}", attempt_id),
      data: opening.data,
    };
    try {
      const customer = await loadPayingCustomer(container, opening.customer_id, provider_id);
      if (findProvider(container, provider_id) === "foreign") {
        await recordForeignAttempt(container, opening, provider_id, { ...tender });
      }
      const session = await openSession(container, cart, {
        payment_collection_id,
        provider_id,
        context: { tender, ...customer },
        // Our gateways get it through the context, which is not stored; others know only `data`.
        data: findProvider(container, provider_id) === "foreign" ? (opening.data ?? {}) : {},
      });
      const attempt = await attachSession(container, attempt_id, session.id, provider_id);
      void voidLeftBehind(container, payment_collection_id);
      return attempt;
    } catch (error) {
      if (!permitsFallback(error)) {
        throw error;
      }
      await reportPassedOver(container, provider_id, attempt_id, error);
      fallback_of = attempt_id;
      // The key stays with the failed attempt in the log, so the next one must not carry it again.
      await tenderModule(container).attempts.dropRequestKey(attempt_id);
    }
  }
  throw new PaymentProblem(
    "method_unavailable",
    "This way to pay cannot be reached right now. Nothing was charged. Please choose another.",
  );
}

async function routeOption(
  container: MedusaContainer,
  cart: PayableCart,
  input: StartAttemptInput,
  attempts: readonly AttemptRecord[],
): Promise<readonly string[]> {
  const facts = await loadOptionsInput(container, cart, input.locale, attempts);
  const provider_ids = tenderModule(container).payment_options.routeMethod(input.option_id, facts);
  if (provider_ids.length === 0) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `Payment option ${input.option_id} is not offered to this cart.`,
    );
  }
  return provider_ids;
}

/** Attempts of other plugins' providers are recorded from what Medusa tells. */
async function recordForeignAttempt(
  container: MedusaContainer,
  { cart, customer_id }: Opening,
  provider_id: string,
  tender: {
    attempt_id: string;
    payment_collection_id: string;
    method: string;
    fallback_of?: string;
    request_key?: string;
  },
): Promise<void> {
  await tenderModule(container).openAttempt({
    id: tender.attempt_id,
    payment_collection_id: tender.payment_collection_id,
    payment_session_id: null,
    cart_id: cart.id,
    customer_id,
    provider_id,
    method: tender.method,
    amount: cart.total,
    fallback_of: tender.fallback_of,
    request_key: tender.request_key,
  });
}

async function attachSession(
  container: MedusaContainer,
  attempt_id: string,
  payment_session_id: string,
  provider_id: string,
): Promise<AttemptRecord> {
  const tender = tenderModule(container);
  const change = { payment_session_id, next_action: { type: "confirm" } as const };
  const foreign = findProvider(container, provider_id) === "foreign";
  const attempt = foreign
    ? await tender.changeAttempt(attempt_id, "ready", change)
    : await tender.findAttempt({ id: attempt_id });
  if (!attempt) {
    throw new GatewayUnavailable("The attempt was replaced by another one meanwhile.");
  }
  return attempt;
}

async function reportPassedOver(
  container: MedusaContainer,
  provider_id: string,
  attempt_id: string,
  error: { kind: string; message: string },
): Promise<void> {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  logger.warn(`${provider_id} is passed over for attempt ${attempt_id} (${error.kind}): ${error.message}`);
  if (error.kind === "misconfigured") {
    await tenderModule(container).openFinding({
      kind: "provider_misconfigured",
      severity: "high",
      attempt_id,
      provider_id,
      detail: error.message,
    });
  }
}

/** Payments that the new attempt did not take over are voided at once; what fails is left to the sweep. */
async function voidLeftBehind(container: MedusaContainer, payment_collection_id: string): Promise<void> {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  try {
    const released = await tenderModule(container).findReleased(payment_collection_id);
    await Promise.all(
      released.map((attempt) => findGateway(container, attempt.provider_id)?.returnMoney(attempt)),
    );
  } catch (error) {
    logger.warn(`A payment left behind could not be voided yet and is left to the sweep: ${String(error)}`);
  }
}
