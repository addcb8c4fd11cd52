import type { PaymentAttemptView } from "../client";
import { gatewayFormOf } from "./forms";
import { findOption } from "./reducer";
import type { CheckoutStore } from "./store";

/** Does in this page what an attempt waits for, with the script of its gateway. */
export interface Actor {
  canAct(attempt: PaymentAttemptView): boolean;
  /** Whether the page draws it among its own states; the page then says when the shopper is through. */
  isInPage(attempt: PaymentAttemptView): boolean;
  /** Whether something of it may be shown when its order is placed. */
  mayFollow(attempt: PaymentAttemptView): boolean;
  /** Resolves when the shopper is through, or when it could not be done. What came of it only the store knows. */
  act(attempt: PaymentAttemptView): Promise<void>;
}

export function createActor(store: CheckoutStore, locale: () => string): Actor {
  function ownForm(attempt: PaymentAttemptView) {
    const state = store.getState();
    // Only the very option of the attempt has its gateway's keys: another provider's would not know the payment.
    const option = findOption(state, attempt.option_id);
    const form = option && gatewayFormOf(option, state.forms);
    return option && form ? { option, form } : undefined;
  }

  function partsOf(attempt: PaymentAttemptView) {
    const own = ownForm(attempt);
    return own?.form.actsOn(attempt) ? own : undefined;
  }

  return {
    canAct: (attempt) => attempt.next_action?.type === "confirm" && partsOf(attempt) !== undefined,
    isInPage: (attempt) => partsOf(attempt)?.form.actsInPage?.(attempt) === true,
    mayFollow: (attempt) => ownForm(attempt)?.form.afterOrder !== undefined,
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
