import { INITIAL_STATE, reduce } from "./reducer";
import type { CheckoutEvent, CheckoutState } from "./states";

/**
 * Holds the state outside React, where an event takes effect at once: the second of two clicks in one frame
 * already finds the phase changed.
 */
export interface CheckoutStore {
  getState(): CheckoutState;
  dispatch(event: CheckoutEvent): void;
  subscribe(listener: () => void): () => void;
}

/** A store in its initial state, or in the one given, e.g. with the forms that draw gateways' own. */
export function createCheckoutStore(initial: CheckoutState = INITIAL_STATE): CheckoutStore {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    dispatch: (event) => {
      const next = reduce(state, event);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
