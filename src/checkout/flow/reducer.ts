import type { DeclinedOptionView, PaymentOptionView } from "../client";
import { isExpress } from "./forms";
import { TRANSITIONS, type CheckoutEvent, type CheckoutState, type Offer } from "./states";

export const INITIAL_STATE: CheckoutState = {
  phase: "loading",
  cart: null,
  options: [],
  declinedOptions: [],
  selectedId: null,
  sheetOpen: false,
  attempt: null,
  refused: null,
  decline: null,
  order: null,
  notice: null,
  blocked: null,
  retryAt: null,
};

/** The next state; the same object when the event has no row in `TRANSITIONS` for the current phase. */
export function reduce(state: CheckoutState, event: CheckoutEvent): CheckoutState {
  const phase = TRANSITIONS[state.phase][event.type];
  if (phase === undefined) return state;
  return { ...apply(state, event), phase };
}

function apply(state: CheckoutState, event: CheckoutEvent): CheckoutState {
  switch (event.type) {
    case "cart_loaded":
      return withOffer({ ...state, cart: event.cart }, event.offer);
    case "loaded":
      return withSelection({ ...state, attempt: event.attempt }, event.attempt?.option_id);
    case "refreshed": {
      const decline = event.attempt?.decline ?? state.decline;
      const next = withOffer({ ...state, cart: event.cart, attempt: event.attempt, decline }, event.offer);
      return withSelection(next, state.selectedId ?? undefined);
    }
    case "selected":
      return select(state, event.optionId);
    case "sheet_opened":
      return { ...state, sheetOpen: true };
    case "sheet_closed":
      return withSelection({ ...state, sheetOpen: false }, state.selectedId ?? undefined);
    case "pay_pressed":
      return { ...state, notice: null };
    case "started":
      return { ...state, attempt: event.attempt };
    case "step_up_required":
    case "leaving":
    case "pending":
      return { ...state, attempt: event.attempt, sheetOpen: false, notice: null };
    case "declined": {
      const { option_id } = event.attempt;
      const refused =
        findOption(state, option_id) ??
        declinedOption(event.offer, option_id) ??
        // Another provider of the method took over, and its option was never on offer by itself.
        findOption(state, state.selectedId);
      const next = { ...state, attempt: event.attempt, decline: event.decline, refused: refused ?? null };
      return withOffer({ ...next, sheetOpen: false, notice: null }, event.offer);
    }
    case "interrupted":
      return withSelection(
        { ...state, attempt: event.attempt, notice: event.notice, sheetOpen: false },
        state.selectedId ?? event.attempt?.option_id,
      );
    case "went_back":
      return withSelection({ ...state, notice: null }, state.selectedId ?? state.attempt?.option_id);
    case "ordered":
      return { ...state, order: event.order, sheetOpen: false, notice: null };
    case "blocked":
      return { ...state, blocked: event.reason, retryAt: event.retryAt ?? null, sheetOpen: false };
    case "reopened":
      return { ...state, blocked: null, retryAt: null, notice: null, sheetOpen: false };
  }
}

/** The option with this id among those on offer, or the refused one, which may be tried with another card. */
export function findOption(state: CheckoutState, optionId: string | null): PaymentOptionView | undefined {
  if (optionId === null) return undefined;
  const known = state.refused ? [...state.options, state.refused] : state.options;
  return known.find((option) => option.id === optionId);
}

/** The options to list: those on offer, and the refused one where it may be tried again. Each method shows once. */
export function listedOptions(state: CheckoutState): readonly PaymentOptionView[] {
  const { options, refused } = state;
  if (!refused || !canRetryRefused(state)) return options;
  if (options.some(({ id, method }) => id === refused.id || method === refused.method)) return options;
  return [...options, refused].sort((one, other) => one.position - other.position);
}

/** Whether the refused option may be tried again: with corrected details, another card, or simply once more. */
export function canRetryRefused({ refused, decline, declinedOptions }: CheckoutState): boolean {
  if (!refused || !decline) return false;
  if (decline.recovery === "retry" || decline.recovery === "fix_details") return true;
  return declinedOptions.some(
    ({ method, another_instrument }) => method === refused.method && another_instrument,
  );
}

/** The refused option as the list of refused ones has it, which may say less of it than was on offer. */
function declinedOption(offer: Offer, optionId: string): PaymentOptionView | undefined {
  const found: (DeclinedOptionView & Partial<PaymentOptionView>) | undefined = offer.declinedOptions.find(
    ({ id }) => id === optionId,
  );
  if (!found?.client) return undefined;
  const { id, provider_id, method, title, client } = found;
  const { description = null, icon = "generic", express = false, position = 0 } = found;
  return { id, provider_id, method, title, description, icon, express, position, client };
}

function withOffer(state: CheckoutState, offer: Offer): CheckoutState {
  return { ...state, options: offer.options, declinedOptions: offer.declinedOptions };
}

/**
 * Selects the wished option where it is on offer, else the first of the list, so that its form is open. An express
 * option is selected only while its sheet is open, having no row of its own.
 */
function withSelection(state: CheckoutState, wished: string | undefined): CheckoutState {
  const known = findOption(state, wished ?? null);
  if (known && (state.sheetOpen || !isExpress(known))) return { ...state, selectedId: known.id };
  const first = state.options.find((option) => !isExpress(option));
  return { ...state, selectedId: first?.id ?? null };
}

function select(state: CheckoutState, optionId: string): CheckoutState {
  const option = findOption(state, optionId);
  if (!option) return state;
  return { ...state, selectedId: option.id, sheetOpen: isExpress(option), notice: null };
}
