import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError, PromotionActions } from "@medusajs/framework/utils";
import { updateCartPromotionsWorkflowId } from "@medusajs/medusa/core-flows";
import type { AttemptRecord } from "../../gateway";
import { incentiveOf, parseOptionId } from "../../services";
import { mayPass, runCoreWorkflow, type WorkflowFailure } from "../medusa/core-workflow";
import { loadCart, tenderModule, type PayableCart } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";
import { appliedCodes } from "./applied-codes";
import { listPromotions } from "./incentives";

/**
 * Applies the promotion that comes with the option, and takes off the one that came with another. Codes that the shopper
 * entered are left alone, those of an incentive too. A promotion that cannot be applied is none: the cart keeps its full
 * price. Throws `payment_in_progress` when Medusa cannot change the cart just now and its price is not the option's, or may
 * not hold. Answers the cart as it stands then.
 *
 * Call it while starts of the cart wait and its unpaid attempts are held: the cart's total changes here.
 */
export async function switchIncentive(
  container: MedusaContainer,
  cart: PayableCart,
  option_id: string,
): Promise<PayableCart> {
  const [before, wanted] = await Promise.all([
    tenderModule(container).brought_promotions.find(cart.id),
    codeOf(container, parseOptionId(option_id)),
  ]);
  if (before === undefined && wanted === undefined) {
    return cart;
  }
  const applied = await appliedCodes(container, cart.id);
  const takes_off = before !== undefined && before !== wanted;
  if (takes_off) {
    await takeOff(container, cart.id, before, applied);
  }
  const brings = wanted !== undefined && (wanted === before || !applied.has(wanted));
  if (brings) {
    await (wanted === before ? reckonAnew : bring)(container, cart.id, wanted);
  }
  return takes_off || brings ? reloaded(container, cart) : cart;
}

/** Takes off whatever an incentive brought. The cart as it stands then. */
export async function dropIncentive(container: MedusaContainer, cart: PayableCart): Promise<PayableCart> {
  const before = await tenderModule(container).brought_promotions.find(cart.id);
  if (before === undefined) {
    return cart;
  }
  await takeOff(container, cart.id, before, await appliedCodes(container, cart.id));
  return reloaded(container, cart);
}

/** Whether what an incentive brought may stay for a session with this option: it comes with it too, or there is none. */
export async function mayKeepIncentive(
  container: MedusaContainer,
  cart_id: string,
  option: Pick<AttemptRecord, "provider_id" | "method">,
): Promise<boolean> {
  const before = await tenderModule(container).brought_promotions.find(cart_id);
  return before === undefined || before === (await codeOf(container, option));
}

/** The code of the promotion that comes with the option; undefined without one that is active. */
async function codeOf(
  container: MedusaContainer,
  option: Pick<AttemptRecord, "provider_id" | "method"> | undefined,
): Promise<string | undefined> {
  const settings = await tenderModule(container).settings.list();
  const setting = settings.find(({ provider_id }) => provider_id === option?.provider_id);
  const promotion_id = incentiveOf(setting, option?.method ?? "");
  const [promotion] = promotion_id === undefined ? [] : await listPromotions(container, [promotion_id]);
  return promotion?.code;
}

async function takeOff(
  container: MedusaContainer,
  cart_id: string,
  code: string,
  applied: ReadonlySet<string>,
): Promise<void> {
  const failure = applied.has(code)
    ? await changePromotions(container, cart_id, code, PromotionActions.REMOVE)
    : undefined;
  if (failure) {
    throw mayPass(failure)
      ? new PaymentProblem("payment_in_progress")
      : new MedusaError(MedusaError.Types.UNEXPECTED_STATE, failure.message);
  }
  await tenderModule(container).brought_promotions.forget(cart_id);
}

async function bring(container: MedusaContainer, cart_id: string, code: string): Promise<void> {
  const { brought_promotions } = tenderModule(container);
  await brought_promotions.remember(cart_id, code);
  // Asked again once it is written down: a shopper who enters the code from here on finds it, and makes it theirs.
  const is_theirs = (await appliedCodes(container, cart_id)).has(code);
  const failure = is_theirs
    ? undefined
    : await changePromotions(container, cart_id, code, PromotionActions.ADD);
  if (is_theirs || !(await appliedCodes(container, cart_id)).has(code)) {
    // Else it would be taken for ours should the shopper enter it later.
    await brought_promotions.forget(cart_id);
  }
  if (failure) {
    goOnWithout(container, cart_id, code, failure);
  }
}

/**
 * For one that we brought before: it may have expired, or somebody else may have used it up. Where that cannot be told
 * now, its price must not be asked for, since no order might come of it.
 */
async function reckonAnew(container: MedusaContainer, cart_id: string, code: string): Promise<void> {
  const failure = await changePromotions(container, cart_id, code, PromotionActions.ADD);
  if (failure) {
    goOnWithout(container, cart_id, code, failure);
  }
  const applied = await appliedCodes(container, cart_id);
  if (failure || !applied.has(code)) {
    await takeOff(container, cart_id, code, applied);
  }
}

/** @throws PaymentProblem where Medusa may be able to apply it in a moment */
function goOnWithout(
  container: MedusaContainer,
  cart_id: string,
  code: string,
  failure: WorkflowFailure,
): void {
  if (mayPass(failure)) {
    throw new PaymentProblem("payment_in_progress");
  }
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  logger.warn(
    `Cart ${cart_id} goes on without the promotion ${code} of its payment option: ${failure.message}`,
  );
}

function changePromotions(
  container: MedusaContainer,
  cart_id: string,
  code: string,
  action: PromotionActions,
): Promise<WorkflowFailure | undefined> {
  return runCoreWorkflow(container, updateCartPromotionsWorkflowId, { cart_id, promo_codes: [code], action });
}

/** The payment collection is kept: an attempt is opened in the one that was found first. */
async function reloaded(
  container: MedusaContainer,
  { id, payment_collection_id }: PayableCart,
): Promise<PayableCart> {
  return { ...(await loadCart(container, id)), payment_collection_id };
}
