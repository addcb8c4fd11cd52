import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { messageOf, type AttemptRecord } from "../../gateway";
import { COUNTS_AS_REFUSAL } from "../../services";
import { tenderModule } from "../medusa/load-cart";
import { watchForCardTesting } from "./watch-card-testing";

/**
 * Tells the limits what came of an attempt whose shopper did not come back for the answer: paid tries are taken back,
 * refused ones count as refusals. One that was canceled stays counted until its time is over: whoever tries cards knows
 * from the bank's page alone that a card is alive. Never throws, as the limits must not keep money from being settled.
 */
export async function endTry(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const state = stateOf(attempt);
  if (!state) {
    return;
  }
  const { tries } = tenderModule(container);
  try {
    const moved = await tries.settle(attempt.id, state);
    if (moved && state === "refused") {
      watchForCardTesting(container, (await tries.peek([])).tightened_left_ms);
    }
  } catch (error) {
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(`What came of attempt ${attempt.id} could not be told to the limits: ${messageOf(error)}`);
  }
}

function stateOf({ order_id, status, decline }: AttemptRecord): "paid" | "refused" | "freed" | undefined {
  if (order_id) {
    return "paid";
  }
  if (status !== "declined") {
    return undefined;
  }
  return !decline || COUNTS_AS_REFUSAL[decline.category] ? "refused" : "freed";
}
