import type { BigNumberInput, MedusaContainer, PaymentSessionDTO } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { moneyFromDecimal, sameMoney } from "../../gateway";
import { loadCart } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";
import { mayKeepIncentive } from "./switch-incentive";
import { closeSessions, paymentModule } from "../medusa/payment-session";

/**
 * Throws `cart_total_changed` when a payment session of the cart is for another amount than the cart's total, or that
 * total is the price of another provider's option,
 * after closing the sessions so that the next one is made at the right amount. Carts unknown or paid are left
 * to Medusa.
 */
export async function assertSessionsMatchTotal(container: MedusaContainer, cart_id: string): Promise<void> {
  const cart = await loadCart(container, cart_id).catch((error: unknown) => {
    if (MedusaError.isMedusaError(error) && error.type === MedusaError.Types.NOT_FOUND) {
      return undefined;
    }
    throw error;
  });
  if (!cart?.payment_collection_id || cart.completed) {
    return;
  }
  const sessions = await paymentModule(container).listPaymentSessions(
    { payment_collection_id: cart.payment_collection_id },
    { select: ["id", "provider_id", "amount", "raw_amount", "currency_code"] },
  );
  const matches = sessions.every((session) =>
    sameMoney(moneyFromDecimal(exactAmount(session), session.currency_code), cart.total),
  );
  // A start that came between the check of Medusa's session route and its session leaves its discount to another provider.
  const [session] = sessions;
  if (!matches || (session && !(await mayKeepIncentive(container, cart.id, session.provider_id)))) {
    await closeSessions(container, cart.payment_collection_id);
    throw new PaymentProblem("cart_total_changed");
  }
}

/** The decimal Medusa keeps beside `amount`, which went through a float. Its types do not mention it. */
function exactAmount(session: PaymentSessionDTO & { raw_amount?: BigNumberInput }): BigNumberInput {
  return session.raw_amount ?? (session.amount as BigNumberInput);
}
