import type { PaymentOptionView } from "../client";
import { formOf } from "./forms";
import { findOption } from "./reducer";
import type { CheckoutState } from "./states";

/** Whether the shopper wants what this option is paid with to be kept for next time. */
export function isToBeSaved(state: CheckoutState, optionId: string): boolean {
  return state.savingIds.includes(optionId) && findOption(state, optionId)?.can_save === true;
}

/** True for details that name what was saved before: there is nothing to keep again. */
export function paysWithSaved(details: unknown): boolean {
  return typeof details === "object" && details !== null && "saved_method_id" in details;
}

/** The data of a confirmation with the wish to keep it: beside a card's number, or on its own for a gateway's own form. */
export function withSave(
  data: Record<string, unknown> | undefined,
  option: PaymentOptionView,
): Record<string, unknown> {
  const card = data?.["card"];
  if (formOf(option) === "card_fields" && typeof card === "object") {
    return { ...data, card: { ...card, save: true } };
  }
  return { ...data, save: true };
}
