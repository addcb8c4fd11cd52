import type { ILockingModule, MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";
import { PaymentProblem } from "../payment-problem";

/** Longer than passing over two hanging providers takes. */
const QUEUE_TIMEOUT_SECONDS = 15;

/** Does the work while no other start of the cart is at work. Throws `payment_in_progress` after waiting in vain. */
export async function startsInTurn<T>(
  container: MedusaContainer,
  cart_id: string,
  work: () => Promise<T>,
): Promise<T> {
  const locking = container.resolve<ILockingModule>(Modules.LOCKING);
  let started = false;
  try {
    return await locking.execute(
      [`tender-start:${cart_id}`],
      () => {
        started = true;
        return work();
      },
      { timeout: QUEUE_TIMEOUT_SECONDS },
    );
  } catch (error) {
    throw !started && isLockTimeout(error) ? new PaymentProblem("payment_in_progress") : error;
  }
}

/** Medusa's locking providers all say so in these words, and give no code. */
function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Timed-out acquiring lock");
}
