import type { MedusaContainer } from "@medusajs/framework/types";
import { OPEN_STATUSES, PAID_OR_MAY_BE, type AttemptRecord } from "../../gateway";
import { assertSessionOffered, optionOf, type SessionWish } from "./assert-offered";
import { clearFormerAttempts } from "./clear-former-attempts";
import { findCartOf } from "../medusa/find-attempt-cart";
import { listAttempts, loadCart, tenderModule, type PayableCart } from "../medusa/load-cart";
import { closeSessions, ensurePaymentCollection } from "../medusa/payment-session";
import { holdingUnpaid } from "./holding-attempts";
import { listRegionProviders } from "./list-payment-options";
import { startsInTurn } from "./starts-in-turn";
import { dropIncentive, mayKeepIncentive } from "./switch-incentive";
import { beforeIncentives } from "./tied-promotions";
import { PaymentProblem } from "../payment-problem";

/**
 * For a new session made without us: throws `cart_completed` when the payment collection belongs to a cart that has its
 * order, and whatever {@link clearFormerAttempts} throws while an earlier attempt of the cart may still take money. What
 * came with another way to pay is taken off. Collections of no cart are left to Medusa.
 * @param session what the session will be with, where that is known: it has to be offered to the cart
 */
export async function clearCollection(
  container: MedusaContainer,
  payment_collection_id: string,
  session?: SessionWish,
): Promise<void> {
  const cart_id = await findCartOf(container, { cart_id: null, payment_collection_id });
  if (cart_id === undefined) {
    return;
  }
  const cart = await loadOpenCart(container, cart_id);
  const attempts = await listAttempts(container, cart);
  await clearFormerAttempts(container, cart, attempts);
  if (!session) {
    return;
  }
  const keeps = await mayKeepIncentive(container, cart_id, optionOf(container, session));
  await assertSessionOffered(container, keeps ? cart : await beforeIncentives(container, cart), session);
  // Medusa refuses a provider that the region does not enable: the cart keeps its price then.
  if (!keeps && (await listRegionProviders(container, cart.region_id)).includes(session.provider_id)) {
    await startsInTurn(container, cart_id, () => takeOffAlone(container, cart_id, attempts));
  }
}

/**
 * After the session was made: throws `payment_in_progress`, and closes it again, where a start came between and brought
 * what does not come with the session's option. Nobody has been told of the session yet, so that nobody has paid with it.
 */
export async function assertSessionPrice(
  container: MedusaContainer,
  payment_collection_id: string,
  session: SessionWish,
): Promise<void> {
  const cart_id = await findCartOf(container, { cart_id: null, payment_collection_id });
  if (cart_id === undefined || (await mayKeepIncentive(container, cart_id, optionOf(container, session)))) {
    return;
  }
  await closeSessions(
    container,
    payment_collection_id,
    async ({ id, provider_id }) => provider_id === session.provider_id && !(await isOfStart(container, id)),
  );
  throw new PaymentProblem("payment_in_progress");
}

/** Attempts made through Medusa's own route know their payment collection only. */
async function isOfStart(container: MedusaContainer, payment_session_id: string): Promise<boolean> {
  const attempt = await tenderModule(container).findAttempt({ payment_session_id });
  return attempt !== null && attempt.cart_id !== null;
}

async function loadOpenCart(container: MedusaContainer, cart_id: string): Promise<PayableCart> {
  const cart = await loadCart(container, cart_id);
  if (cart.completed) {
    throw new PaymentProblem("cart_completed");
  }
  return cart;
}

/**
 * Takes off what an option brought, while no start is at work and nobody confirms. No gateway is called here.
 * @param cleared the cart's attempts as they were when none could take money any more
 */
async function takeOffAlone(
  container: MedusaContainer,
  cart_id: string,
  cleared: readonly AttemptRecord[],
): Promise<void> {
  const cart = await loadOpenCart(container, cart_id);
  const attempts = await listAttempts(container, cart);
  const paid_since = attempts.find(
    (attempt) => PAID_OR_MAY_BE.includes(attempt.status) && !cleared.some((one) => isSame(one, attempt)),
  );
  if (paid_since) {
    throw new PaymentProblem("payment_in_progress", paid_since);
  }
  const unpaid = attempts.filter(({ status }) => OPEN_STATUSES.includes(status));
  await holdingUnpaid(container, unpaid, async () => {
    await ensurePaymentCollection(container, await dropIncentive(container, cart));
  });
}

function isSame(one: AttemptRecord, other: AttemptRecord): boolean {
  return one.id === other.id && one.status === other.status;
}
