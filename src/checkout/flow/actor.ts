import type { PaymentAttemptView } from "../client";
import { gatewayFormOf } from "./forms";
import { findOption } from "./reducer";
import type { CheckoutStore } from "./store";

/** Does in this page what an attempt waits for, with the script of its gateway. */
export interface Actor {
  canAct(attempt: PaymentAttemptView): boolean;
  /** Resolves when the shopper is through, or when it could not be done. What came of it only the store knows. */
  act(attempt: PaymentAttemptView): Promise<void>;
}

export function createActor(store: CheckoutStore, locale: () => string): Actor {
  function partsOf(attempt: PaymentAttemptView) {
    const state = store.getState();
    // Only the very option of the attempt has its gateway's keys: another provider's would not know the payment.
    const option = findOption(state, attempt.option_id);
    const form = option && gatewayFormOf(option, state.forms);
    return option && form?.actsOn(attempt) ? { option, form } : undefined;
  }

  return {
    canAct: (attempt) => attempt.next_action?.type === "confirm" && partsOf(attempt) !== undefined,
    act: async (attempt) => {
      const parts = partsOf(attempt);
      if (!parts) return;
      try {
        const { act } = await parts.form.load();
        await act({ attempt, option: parts.option, locale: locale() });
      } catch {
        // A script that did not load or broke off says nothing about the payment; the store is asked next.
        return;
      }
    },
  };
}
