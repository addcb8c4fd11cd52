import type { BigNumberInput, MedusaContainer, PaymentSessionDTO } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { moneyFromDecimal, sameMoney } from "../../gateway";
import { loadCart } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";
import { closeSessions, paymentModule } from "../medusa/payment-session";

/**
 * Throws `cart_total_changed` when a payment session of the cart is for another amount than the cart's total, after
 * closing the sessions so that the next one is made at the right amount. Carts unknown or paid are left to Medusa.
 *
 * Whose discount is in the total is not asked: the money may be reserved at the gateway already, and the right amount is
 * not given back for a discount.
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
    { select: ["id", "amount", "raw_amount", "currency_code"] },
  );
  const matches = sessions.every((session) =>
    sameMoney(moneyFromDecimal(exactAmount(session), session.currency_code), cart.total),
  );
  if (!matches) {
    await closeSessions(container, cart.payment_collection_id);
    throw new PaymentProblem("cart_total_changed");
  }
}

/** The decimal Medusa keeps beside `amount`, which went through a float. Its types do not mention it. */
function exactAmount(session: PaymentSessionDTO & { raw_amount?: BigNumberInput }): BigNumberInput {
  return session.raw_amount ?? (session.amount as BigNumberInput);
}
