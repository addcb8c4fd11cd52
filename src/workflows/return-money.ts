import type { ILockingModule, Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { messageOf, type AttemptRecord } from "../gateway";
import { tenderModule } from "./load-cart";
import { findPaidOrder } from "./find-order";
import { findGateway, findProvider } from "./payment-providers";
import { paymentModule } from "./payment-session";

/** Longer than Medusa's own completion waits for the cart, so that we never overtake one. */
const LOCK_TIMEOUT_SECONDS = 40;

/**
 * Gives back what an attempt took: refunds what is captured, voids what is reserved. The caller holds the attempt's
 * claim. What cannot be returned now becomes a finding, and the error goes on to the caller.
 */
export async function returnMoney(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  try {
    const provider = findProvider(container, attempt.provider_id);
    if (!provider) {
      throw new Error(`${attempt.provider_id} is not installed.`);
    }
    await (provider === "foreign" ? cancelForeign(container, attempt) : provider.returnMoney(attempt));
  } catch (error) {
    await reportUnreturned(container, attempt, error);
    throw error;
  }
}

/**
 * Gives back what a released attempt holds, if nobody took it over: a changed cart or another choice left it behind.
 * Money that was there leaves a finding, and so does money that cannot be returned now; the error goes on to the caller.
 */
export async function returnReleased(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const tender = tenderModule(container);
  try {
    const gateway = findGateway(container, attempt.provider_id);
    if (!gateway) {
      throw new Error(`${attempt.provider_id} is not installed.`);
    }
    const returned = await gateway.returnReleased(attempt);
    if (returned) {
      await tender.openFinding({
        kind: "late_money_returned",
        attempt_id: attempt.id,
        provider_id: attempt.provider_id,
        detail: "The payment had been left for another one and turned out approved. It was given back.",
      });
    }
    if (returned !== undefined) {
      await tender.closeFinding("money_without_order", attempt.id, "The money was given back.");
    }
  } catch (error) {
    await reportUnreturned(container, attempt, error);
    throw error;
  }
}

/** Only an attempt that was confirmed once can hold money; voiding any other can wait for the sweep. */
export async function reportUnreturned(
  container: MedusaContainer,
  attempt: AttemptRecord,
  error: unknown,
): Promise<void> {
  const tender = tenderModule(container);
  if ((await tender.listOperations(attempt.id, ["authorize"])).length > 0) {
    await tender.openFinding({
      kind: "money_without_order",
      attempt_id: attempt.id,
      provider_id: attempt.provider_id,
      detail: `The payment could not be returned: ${messageOf(error)}`,
    });
  }
}

/**
 * Gives up an approved attempt that got no order, unless somebody made one with it meanwhile: then that order's
 * id is returned. Whether to give up is decided under the cart's lock, the gateway is called after it.
 */
export async function giveUpUnlessOrdered(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<string | undefined> {
  const locking = container.resolve<ILockingModule>(Modules.LOCKING);
  const decision = await locking.execute(
    [cart_id],
    async () => {
      const order_id = await findPaidOrder(container, cart_id, attempt);
      return {
        order_id,
        given_up: order_id ? null : await releaseAttempt(container, attempt.id),
      };
    },
    { timeout: LOCK_TIMEOUT_SECONDS },
  );
  if (decision.given_up) {
    try {
      await returnMoney(container, decision.given_up);
      await tenderModule(container).closeFinding(
        "money_without_order",
        attempt.id,
        "The money was given back.",
      );
    } catch (error) {
      const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
      logger.error(
        `Attempt ${attempt.id} is returned by the sweep; it could not be at once: ${messageOf(error)}`,
      );
    }
  }
  return decision.order_id;
}

/** The attempt once it is released, whoever did that: Medusa may just have deleted its session. */
async function releaseAttempt(container: MedusaContainer, attempt_id: string): Promise<AttemptRecord | null> {
  const tender = tenderModule(container);
  const released = await tender.changeAttempt(attempt_id, "released");
  if (released) {
    return released;
  }
  const current = await tender.findAttempt({ id: attempt_id });
  return current?.status === "released" ? current : null;
}

/** Another plugin's payment is canceled through Medusa, which knows of it once it is authorized. */
async function cancelForeign(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const payment = paymentModule(container);
  const payments = attempt.payment_session_id
    ? await payment.listPayments({ payment_session_id: attempt.payment_session_id })
    : [];
  for (const { id, canceled_at } of payments) {
    if (!canceled_at) {
      await payment.cancelPayment(id);
    }
  }
  await tenderModule(container).changeAttempt(attempt.id, "canceled");
}
