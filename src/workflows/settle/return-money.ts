import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { messageOf, type AttemptRecord, type GatewayPaymentProvider } from "../../gateway";
import { isDefinite } from "../../gateway/lost-calls";
import { withCartLock } from "../medusa/cart-lock";
import { findCartOf } from "../medusa/find-attempt-cart";
import { findPaidOrder } from "../medusa/find-order";
import { tenderModule } from "../medusa/load-cart";
import { findGateway, findProvider } from "../medusa/payment-providers";
import { cancelPaymentRecord } from "../medusa/payment-record";
import { paymentModule } from "../medusa/payment-session";

/**
 * Gives back what an attempt took: refunds what is captured, voids what is reserved, and closes Medusa's record of it.
 * The caller holds the attempt's claim. What cannot be returned now becomes a finding, and the error goes on to the
 * caller.
 */
export async function returnMoney(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  await reportingFailure(container, attempt, async () => {
    const provider = findProvider(container, attempt.provider_id);
    if (!provider) {
      throw new Error(`${attempt.provider_id} is not installed.`);
    }
    if (provider === "foreign") {
      await cancelForeign(container, attempt);
    } else {
      await provider.money.giveBack(attempt);
      await cancelPaymentRecord(container, attempt);
    }
  });
}

/**
 * Gives back what a released attempt holds, if nobody took it over: a changed cart or another choice left it behind.
 * Money that was there leaves a finding, and so does money that cannot be returned now; the error goes on to the caller.
 */
export async function returnReleased(container: MedusaContainer, found: AttemptRecord): Promise<void> {
  const tender = tenderModule(container);
  await reportingFailure(container, found, async () => {
    const gateway = findGateway(container, found.provider_id);
    if (!gateway) {
      throw new Error(`${found.provider_id} is not installed.`);
    }
    const returned = await gateway.attempts.claims.ifFree(found.id, async (attempt) => {
      const unchanged =
        attempt.status === "released" && attempt.gateway_reference === found.gateway_reference;
      if (!unchanged || (await wasPaidWith(container, gateway, attempt))) {
        return undefined;
      }
      const had_money = await gateway.money.giveBack(attempt);
      await cancelPaymentRecord(container, attempt);
      if (gateway.gateway.notices) {
        // What came of it that is no whole payment is told by the next look.
        await tender.lookWithin(attempt.id, 0);
      }
      return had_money;
    });
    if (returned) {
      await tender.openFinding({
        kind: "late_money_returned",
        attempt_id: found.id,
        provider_id: found.provider_id,
        detail: "The payment had been left for another one and turned out approved. It was given back.",
      });
    }
    if (returned !== undefined) {
      await tender.closeFinding("money_without_order", found.id, "The money was given back.");
    }
  });
}

/** True for a payment that paid an order after all: whoever left it did not know. The attempt says so then. */
async function wasPaidWith(
  container: MedusaContainer,
  gateway: GatewayPaymentProvider,
  attempt: AttemptRecord,
): Promise<boolean> {
  const cart_id = await findCartOf(container, attempt);
  const order_id =
    attempt.order_id ??
    (cart_id &&
      // A completion under way has placed its order by then, or failed.
      (await withCartLock(container, cart_id, () => findPaidOrder(container, cart_id, attempt))));
  if (!order_id) {
    return false;
  }
  await tenderModule(container).annotateAttempt(attempt.id, { order_id });
  await gateway.attempts.refresh(attempt);
  return true;
}

async function reportingFailure(
  container: MedusaContainer,
  attempt: AttemptRecord,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await reportUnreturned(container, attempt, error);
    throw error;
  }
}

/** Only an attempt that was not just refused can hold money; voiding any other can wait for the sweep. */
export async function reportUnreturned(
  container: MedusaContainer,
  attempt: AttemptRecord,
  error: unknown,
): Promise<void> {
  const tender = tenderModule(container);
  const tries = await tender.listOperations(attempt.id, ["authorize"]);
  if (tries.some((operation) => operation.status === "succeeded" || !isDefinite(operation))) {
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
  const decision = await withCartLock(container, cart_id, async () => {
    const order_id = await findPaidOrder(container, cart_id, attempt);
    return {
      order_id,
      given_up: order_id ? null : await releaseAttempt(container, attempt.id),
    };
  });
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
