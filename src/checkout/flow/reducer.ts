import type { DeclinedOptionView, PaymentOptionView } from "../client";
import { asDrawn, formOf, isExpress } from "./forms";
import { likeliestFirst } from "./likeliest";
import { TRANSITIONS, type CheckoutEvent, type CheckoutState, type Offer } from "./states";

export const INITIAL_STATE: CheckoutState = {
  phase: "loading",
  cart: null,
  options: [],
  declinedOptions: [],
  selectedId: null,
  forms: [],
  unusableIds: [],
  savingIds: [],
  sheetOpen: false,
  attempt: null,
  waitingSince: null,
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
      // The attempt may be another one by the time its answer comes; what was read then is of the old one.
      const attempt = event.attempt?.id === state.attempt?.id ? event.attempt : state.attempt;
      const decline = attempt?.decline ?? state.decline;
      const next = withOffer({ ...state, cart: event.cart, attempt, decline }, event.offer);
      return withSelection(next, successorId(state, next));
    }
    case "selected":
      return select(state, event.optionId);
    case "sheet_opened":
      return { ...state, sheetOpen: true };
    case "sheet_closed":
      return withSelection({ ...state, sheetOpen: false }, state.selectedId ?? undefined);
    case "form_reported": {
      const others = state.unusableIds.filter((id) => id !== event.optionId);
      return { ...state, unusableIds: event.isUsable ? others : [...others, event.optionId] };
    }
    case "saving_chosen": {
      const others = state.savingIds.filter((id) => id !== event.optionId);
      return { ...state, savingIds: event.save ? [...others, event.optionId] : others };
    }
    case "pay_pressed":
      return { ...state, selectedId: event.optionId ?? state.selectedId, notice: null };
    case "started":
      return { ...state, attempt: event.attempt };
    case "step_up_required":
    case "acting":
    case "leaving":
      return { ...state, attempt: event.attempt, sheetOpen: false, notice: null };
    case "pending":
      return {
        ...state,
        attempt: event.attempt,
        waitingSince: event.since,
        sheetOpen: false,
        notice: null,
      };
    case "declined": {
      const { option_id } = event.attempt;
      const refused =
        findOption(state, option_id) ??
        event.offer.declinedOptions.find(({ id }) => id === option_id) ??
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
      return {
        ...state,
        order: event.order,
        attempt: event.attempt ?? state.attempt,
        sheetOpen: false,
        notice: null,
      };
    case "blocked":
      return { ...state, blocked: event.reason, retryAt: event.retryAt ?? null, sheetOpen: false };
    case "reopened":
      return { ...state, blocked: null, retryAt: null, notice: null, sheetOpen: false };
  }
}

/**
 * Whether the order only has to be placed: gift cards or discounts pay all of it. An empty cart is worth nothing
 * either, and is no order.
 */
export function owesNothing({ cart }: CheckoutState): boolean {
  return cart !== null && cart.items.length > 0 && cart.total <= 0;
}

/** The option with this id among those on offer, or one that was refused and may be tried with another card. */
export function findOption(state: CheckoutState, optionId: string | null): PaymentOptionView | undefined {
  const { options, declinedOptions, refused } = state;
  const known = [
    ...options,
    ...(refused ? [refused] : []),
    ...declinedOptions.filter(takesAnotherInstrument),
  ];
  return known.find((option) => option.id === optionId);
}

/** The options to list: those on offer, and refused ones where they may be tried again. Each method shows once. */
export function listedOptions(state: CheckoutState): readonly PaymentOptionView[] {
  const { options, declinedOptions, refused } = state;
  const again = [
    ...(refused && canRetryRefused(state) ? [refused] : []),
    ...declinedOptions.filter(takesAnotherInstrument),
  ];
  const added = again.filter(
    (option, at) =>
      !options.some(({ id, method }) => id === option.id || method === option.method) &&
      again.findIndex(({ method }) => method === option.method) === at,
  );
  if (added.length === 0) return options;
  return [...options, ...added].sort((one, other) => one.position - other.position);
}

/**
 * Whether the refused option may be tried again: it is still on offer, with corrected details or simply once more,
 * or it takes another card.
 */
export function canRetryRefused({ refused, decline, options, declinedOptions }: CheckoutState): boolean {
  if (!refused || !decline) return false;
  if (decline.recovery === "retry" || decline.recovery === "fix_details") return true;
  return (
    options.some(({ id }) => id === refused.id) ||
    declinedOptions.some((option) => option.method === refused.method && option.another_instrument)
  );
}

/**
 * The ways on from a refusal beside trying the refused option again, the likeliest first. What was refused before
 * it and takes another card comes last.
 */
export function alternativesOf(state: CheckoutState): readonly PaymentOptionView[] {
  const { options, refused, decline } = state;
  const others = listedOptions(state).filter(
    ({ id }) => id !== refused?.id && !state.unusableIds.includes(id),
  );
  if (!refused || !decline) return others;
  const isOnOffer = (option: PaymentOptionView): boolean => options.includes(option);
  return [
    ...likeliestFirst(others.filter(isOnOffer), refused, decline),
    ...others.filter((option) => !isOnOffer(option)),
  ];
}

function takesAnotherInstrument({ another_instrument }: DeclinedOptionView): boolean {
  return another_instrument;
}

function withOffer(state: CheckoutState, offer: Offer): CheckoutState {
  return {
    ...state,
    options: drawn(offer.options, state),
    declinedOptions: drawn(offer.declinedOptions, state),
  };
}

function drawn<Option extends PaymentOptionView>(
  options: readonly Option[],
  { forms }: CheckoutState,
): readonly Option[] {
  return options.flatMap((option) => asDrawn(option, forms) ?? []);
}

/**
 * Selects the wished option where it is on offer, else the first of the list, so that its form is open. An express
 * option is selected only while its sheet is open, having no row of its own.
 */
function withSelection(state: CheckoutState, wished: string | undefined): CheckoutState {
  const known = findOption(state, wished ?? null);
  if (known && (state.sheetOpen || !isExpress(known))) return { ...state, selectedId: known.id };
  const first = [...state.options, ...listedOptions(state)].find((option) => !isExpress(option));
  return { ...state, selectedId: first?.id ?? null };
}

/** The selected option, or the one that offers its method in its place, such as another provider's. */
function successorId(before: CheckoutState, { options }: CheckoutState): string | undefined {
  const selected = findOption(before, before.selectedId);
  const isThere = options.some(({ id }) => id === selected?.id);
  const successor = isThere ? undefined : options.find(({ method }) => method === selected?.method);
  return successor?.id ?? before.selectedId ?? undefined;
}

function select(state: CheckoutState, optionId: string): CheckoutState {
  const option = findOption(state, optionId);
  if (!option) return state;
  // A wallet's own button cannot be pressed for the shopper: it is only brought into sight.
  if (isExpress(option) && formOf(option) === "gateway") {
    return withSelection({ ...state, notice: null }, undefined);
  }
  return { ...state, selectedId: option.id, sheetOpen: isExpress(option), notice: null };
}
