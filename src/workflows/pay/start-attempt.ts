import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { OPEN_STATUSES, sameMoney, type AttemptRecord, type Money } from "../../gateway";
import { parseOptionId } from "../../services";
import { assertWithinBudget } from "./attempt-budget";
import { clearFormerAttempts } from "./clear-former-attempts";
import { holdingUnpaid } from "./holding-attempts";
import { loadOptionsInput } from "./list-payment-options";
import { listAttempts, loadCart, tenderModule, type PayableCart } from "../medusa/load-cart";
import { openAttempt, voidLeftBehind } from "./open-attempt";
import { PaymentProblem } from "../payment-problem";
import { startsInTurn } from "./starts-in-turn";
import { dropIncentive, switchIncentive } from "./switch-incentive";
import { beforeIncentives } from "./tied-promotions";

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
  return startsInTurn(container, input.cart_id, () => startAlone(container, input));
}

async function startAlone(container: MedusaContainer, input: StartAttemptInput): Promise<AttemptRecord> {
  const cart = await loadCart(container, input.cart_id);
  const made_before = await repeatedRequest(container, input);
  if (made_before) {
    return made_before;
  }
  if (cart.completed) {
    throw new PaymentProblem("cart_completed");
  }
  if (cart.total.amount_minor <= 0n) {
    throw new PaymentProblem("nothing_to_pay");
  }
  if (cart.is_empty) {
    throw new PaymentProblem("cart_incomplete");
  }
  const tender = tenderModule(container);
  const [attempts] = await Promise.all([listAttempts(container, cart), tender.recovery.refresh()]);
  assertWithinBudget(attempts, cart.total, tender.attempts_per_cart);
  const others = attempts.filter(({ id }) => id !== input.ignore_claim_of);
  await clearFormerAttempts(container, cart, others);
  const { total } = await beforeIncentives(container, cart);
  const provider_ids = await routeOption(container, { ...cart, total }, input, attempts);
  const unpaid = others.filter(({ status }) => OPEN_STATUSES.includes(status));
  const attempt = await holdingUnpaid(container, unpaid, async () => {
    const priced = await pricedFor(container, cart, input, attempts, { total, provider_ids });
    return openAttempt(container, { ...input, ...priced, leaving: unpaid });
  });
  void voidLeftBehind(container, attempt);
  return attempt;
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
    throw new PaymentProblem("idempotency_mismatch");
  }
  return made_before ?? undefined;
}

type Priced = Readonly<{ cart: PayableCart; provider_ids: readonly string[] }>;

/**
 * The cart at the option's own price, and who takes that amount. Where nobody would, since what the option brings puts it
 * below a limit, the cart keeps the price at which the option was offered.
 */
async function pricedFor(
  container: MedusaContainer,
  cart: PayableCart,
  input: StartAttemptInput,
  attempts: readonly AttemptRecord[],
  offered: Readonly<{ total: Money; provider_ids: readonly string[] }>,
): Promise<Priced> {
  const switched = await switchIncentive(container, cart, input.option_id);
  if (sameMoney(switched.total, offered.total)) {
    return { cart: switched, provider_ids: offered.provider_ids };
  }
  const provider_ids = await route(container, switched, input, attempts);
  if (switched.total.amount_minor > 0n && provider_ids.length > 0) {
    return { cart: switched, provider_ids };
  }
  const full = await dropIncentive(container, switched);
  return { cart: full, provider_ids: await routeOption(container, full, input, attempts) };
}

async function route(
  container: MedusaContainer,
  cart: PayableCart,
  { option_id, locale }: StartAttemptInput,
  attempts: readonly AttemptRecord[],
): Promise<readonly string[]> {
  const facts = await loadOptionsInput(container, cart, locale, attempts);
  return tenderModule(container).payment_options.routeMethod(option_id, facts);
}

/** Whom to ask. Throws 404 where the option is not offered. */
async function routeOption(
  container: MedusaContainer,
  cart: PayableCart,
  input: StartAttemptInput,
  attempts: readonly AttemptRecord[],
): Promise<readonly string[]> {
  const provider_ids = await route(container, cart, input, attempts);
  if (provider_ids.length === 0) {
    throw notOffered(input);
  }
  return provider_ids;
}

function notOffered({ option_id }: StartAttemptInput): MedusaError {
  return new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `Payment option ${option_id} is not offered to this cart.`,
  );
}
