import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError, generateEntityId } from "@medusajs/framework/utils";
import {
  InvalidMoney,
  OPEN_STATUSES,
  permitsFallback,
  type AttemptRecord,
  type OrderDetails,
} from "../../gateway";
import { parseOptionId } from "../../services";
import { loadPayingCustomer } from "./account-holder";
import { tenderModule, type PayableCart } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";
import { findProvider } from "../medusa/payment-providers";
import { returnReleased } from "../settle/return-money";
import { closeSessions, ensurePaymentCollection, openSession } from "../medusa/payment-session";

export type OpenAttemptInput = Readonly<{
  cart: PayableCart;
  option_id: string;
  /** The providers to ask, in this order. */
  provider_ids: readonly string[];
  data?: Record<string, unknown>;
  request_key?: string;
  customer_id: string | null;
  return_url: string;
  locale: string;
  fallback_of?: string;
  /** Unpaid attempts whose claims the caller holds; none of them stays open. */
  leaving?: readonly AttemptRecord[];
}>;

/**
 * Opens an attempt with the first of the providers that can be reached, in place of the cart's former session. Each
 * one passed over leaves its own failed attempt, and the next says so in `fallback_of`. Throws `PaymentProblem`
 * when none can be reached.
 */
export async function openAttempt(
  container: MedusaContainer,
  input: OpenAttemptInput,
): Promise<AttemptRecord> {
  const tender = tenderModule(container);
  const payment_collection_id = await ensurePaymentCollection(container, input.cart);
  await closeSessions(container, payment_collection_id);
  await Promise.all((input.leaving ?? []).map(({ id }) => leave(container, id)));
  let { fallback_of } = input;
  for (const provider_id of input.provider_ids) {
    const attempt_id = generateEntityId(undefined, "payatt");
    const opening = { ...input, payment_collection_id, attempt_id, provider_id, fallback_of };
    try {
      return await (findProvider(container, provider_id) === "foreign"
        ? openForeign(container, opening)
        : openOwn(container, opening));
    } catch (error) {
      if (!permitsFallback(error)) {
        throw error;
      }
      await reportPassedOver(container, provider_id, attempt_id, error);
      if (!(await tender.findAttempt({ id: attempt_id }))) {
        // It failed before its payment was asked for, as where the provider does not take the amount.
        await recordAttempt(container, opening);
        await tender.changeAttempt(attempt_id, "failed");
      }
      fallback_of = attempt_id;
      await tender.attempts.dropRequestKey(attempt_id);
    }
  }
  throw unreachable();
}

/**
 * Closing its session releases an attempt, unless the server stopped before Medusa had written into the session which
 * attempt it is for.
 */
async function leave(container: MedusaContainer, id: string): Promise<void> {
  const tender = tenderModule(container);
  const attempt = await tender.findAttempt({ id });
  if (attempt && OPEN_STATUSES.includes(attempt.status)) {
    await tender.changeAttempt(id, attempt.gateway_reference ? "released" : "canceled");
  }
}

type Opening = OpenAttemptInput &
  Readonly<{ payment_collection_id: string; attempt_id: string; provider_id: string }>;

/** Through the adapter, which writes the attempt down itself. What the shopper sent is handed to it unstored. */
async function openOwn(container: MedusaContainer, opening: Opening): Promise<AttemptRecord> {
  const { attempt_id, payment_collection_id, provider_id, cart } = opening;
  const tender = tenderModule(container);
  const customer = await loadPayingCustomer(container, opening);
  const context = {
    ...customer,
    tender: {
      cart_id: cart.id,
      region_id: cart.region_id,
      payment_collection_id,
      attempt_id,
      method: methodOf(opening),
      fallback_of: opening.fallback_of,
      request_key: opening.request_key,
      return_url: opening.return_url.replaceAll("{attempt_id}", attempt_id),
      locale: opening.locale,
    },
  };
  await tender.withStartData(attempt_id, { data: opening.data, order: detailsOf(container, cart) }, () =>
    openSession(container, cart, { payment_collection_id, provider_id, context, data: {} }),
  );
  const attempt = await tender.findAttempt({ id: attempt_id });
  if (!attempt) {
    throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, `${provider_id} recorded no attempt.`);
  }
  return attempt;
}

/** What the cart is for, as far as it can be told: a line that does not add up must not keep anybody from paying. */
function detailsOf(container: MedusaContainer, cart: PayableCart): OrderDetails | undefined {
  try {
    return cart.order_details();
  } catch (error) {
    if (!(error instanceof InvalidMoney)) {
      throw error;
    }
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    logger.warn(`Gateways are not told what cart ${cart.id} is for: ${error.message}`);
    return undefined;
  }
}

/** Another plugin's provider: the attempt is recorded from what Medusa tells, its errors tell nothing. */
async function openForeign(container: MedusaContainer, opening: Opening): Promise<AttemptRecord> {
  const { attempt_id, payment_collection_id, provider_id, cart } = opening;
  const tender = tenderModule(container);
  await recordAttempt(container, opening);
  try {
    const context = await loadPayingCustomer(container, opening);
    const data = opening.data ?? {};
    const session = await openSession(container, cart, { payment_collection_id, provider_id, context, data });
    const ready = await tender.changeAttempt(attempt_id, "ready", {
      payment_session_id: session.id,
      next_action: { type: "confirm" },
    });
    if (ready) {
      return ready;
    }
  } catch (error) {
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    logger.error(
      `${provider_id} could not open a payment session for attempt ${attempt_id}: ${String(error)}`,
    );
  }
  await tender.changeAttempt(attempt_id, "failed");
  throw unreachable();
}

/** Writes an attempt down that no adapter of ours records. */
async function recordAttempt(container: MedusaContainer, opening: Opening): Promise<void> {
  await tenderModule(container).openAttempt({
    id: opening.attempt_id,
    payment_collection_id: opening.payment_collection_id,
    payment_session_id: null,
    cart_id: opening.cart.id,
    customer_id: opening.customer_id,
    region_id: opening.cart.region_id,
    provider_id: opening.provider_id,
    method: methodOf(opening),
    amount: opening.cart.total,
    fallback_of: opening.fallback_of,
    request_key: opening.request_key,
  });
}

function methodOf({ option_id }: OpenAttemptInput): string {
  return parseOptionId(option_id)?.method ?? option_id;
}

function unreachable(): PaymentProblem {
  return new PaymentProblem("method_unavailable");
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
      attempt_id,
      provider_id,
      detail: error.message,
    });
  }
}

/**
 * Payments that the new attempt did not take over are voided, which nobody needs to wait for; what fails is left to the
 * sweep.
 */
export async function voidLeftBehind(
  container: MedusaContainer,
  { payment_collection_id }: AttemptRecord,
): Promise<void> {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  try {
    const released = payment_collection_id
      ? await tenderModule(container).findReleased(payment_collection_id)
      : [];
    await Promise.all(released.map((attempt) => returnReleased(container, attempt)));
  } catch (error) {
    logger.warn(`A payment left behind could not be voided yet and is left to the sweep: ${String(error)}`);
  }
}
