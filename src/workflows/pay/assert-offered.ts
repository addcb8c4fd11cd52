import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord } from "../../gateway";
import { isRefusedByOperator } from "../../services";
import { tenderModule, type PayableCart } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";
import { loadCartFacts } from "./cart-facts";

/**
 * Before money is asked for: throws `attempt_closed` where the operator no longer offers what the attempt is with, since
 * a rule changed, or the cart did. A provider without a setting costs nothing but looking for one.
 */
export async function assertOffered(
  container: MedusaContainer,
  cart: PayableCart,
  attempt: AttemptRecord,
): Promise<void> {
  const settings = await tenderModule(container).settings.list();
  const setting = settings.find(({ provider_id }) => provider_id === attempt.provider_id);
  if (!setting) {
    return;
  }
  const facts = await loadCartFacts(container, cart, [], [setting]);
  const method_setting = setting.methods?.[attempt.method];
  if (isRefusedByOperator({ cart: facts, setting, method_setting })) {
    throw new PaymentProblem("attempt_closed", attempt);
  }
}
