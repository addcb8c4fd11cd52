import {
  TenderApiError,
  TenderConnectionError,
  type CartView,
  type ConfirmOutcome,
  type PaymentAttemptView,
  type StartOutcome,
  type TenderClient,
} from "../client";
import type { AttemptMemory } from "./attempt-memory";
import { createAttemptOpener } from "./attempt-opener";
import {
  blockedBy,
  createCheckoutReader,
  isKeyRefused,
  limitedFor,
  provesNothingHappened,
} from "./checkout-reader";
import { bankPageUrl, entryFor } from "./resume";
import type { Notice } from "./states";
import type { CheckoutStore } from "./store";
import { OPEN_STATUSES, watchAttempt } from "./watch-attempt";

export type CheckoutFlowConfig = Readonly<{
  client: TenderClient;
  cartId: string;
  store: CheckoutStore;
  memory: AttemptMemory;
  /** Opens a page in place of this one. */
  navigate: (url: string) => void;
}>;

/** What the shopper can do. None of these throws; what goes wrong becomes a state. */
export interface CheckoutFlow {
  /** Reads the cart, its options and the attempt it was on, and goes where they say. */
  open(): Promise<void>;
  /** Pays with the selected option. `data` goes to the confirmation and nowhere else. */
  pay(data?: Record<string, unknown>): Promise<void>;
  /** Goes to the bank's page that was announced. */
  goToBank(): void;
  /** Stops waiting for an outcome; the server returns that payment should it still arrive. */
  payAnotherWay(): Promise<void>;
  /** Reads titles and messages again, e.g. in another language. */
  refresh(): Promise<void>;
  stop(): void;
}

/** The steps of a checkout: calls the client, tells the store what happened. */
export function createCheckoutFlow({
  client,
  cartId,
  store,
  memory,
  navigate,
}: CheckoutFlowConfig): CheckoutFlow {
  const { dispatch, getState } = store;
  const reader = createCheckoutReader(client, cartId);
  const opener = createAttemptOpener(client, cartId);
  let stopWatching = (): void => undefined;

  async function openCheckout(): Promise<void> {
    stopWatching();
    try {
      const { attemptId, returned } = memory.read();
      const [cart, attempt] = await Promise.all([client.getCart(cartId), reader.attempt(attemptId)]);
      if (cart.completed_at !== null) return await finishCompleted(cart, attempt);
      dispatch({ type: "cart_loaded", cart, offer: await reader.offer() });
      if (returned) {
        memory.settleReturn();
        if (attempt) memory.write(attempt.id);
      }
      await resume(attempt, returned);
    } catch (error) {
      dispatch(blockedBy(error));
    }
  }

  async function finishCompleted(cart: CartView, attempt: PaymentAttemptView | null): Promise<void> {
    dispatch({ type: "cart_loaded", cart, offer: { options: [], declinedOptions: [] } });
    const isPaidHere = attempt?.status === "authorized" || attempt?.status === "captured";
    const outcome = isPaidHere ? await client.confirmAttempt(cartId, attempt.id) : null;
    dispatch({ type: "ordered", order: outcome?.type === "order" ? outcome.order : null });
  }

  async function resume(attempt: PaymentAttemptView | null, returned: boolean): Promise<void> {
    const entry = entryFor(attempt, returned);
    switch (entry.go) {
      case "choose":
        if (attempt && OPEN_STATUSES.includes(attempt.status)) opener.keep(attempt);
        return dispatch({ type: "loaded", attempt });
      case "step_up":
        return dispatch({ type: "step_up_required", attempt: entry.attempt });
      case "watch":
        return watch(entry.attempt);
      case "declined":
        return void (await showDecline(entry.attempt));
      case "confirm":
        try {
          return await confirm(entry.attempt, undefined, returned);
        } catch (error) {
          if (!(error instanceof TenderApiError) || isKeyRefused(error)) throw error;
          return interrupt("payment_failed");
        }
    }
  }

  async function pay(data?: Record<string, unknown>): Promise<void> {
    const optionId = getState().selectedId;
    if (getState().phase !== "choosing" || optionId === null) return;
    dispatch({ type: "pay_pressed" });
    try {
      const attempt = await openAttempt(optionId);
      if (attempt) await confirm(attempt, data, false);
    } catch (error) {
      if (error instanceof TenderConnectionError) return interrupt("unreachable_nothing_charged");
      if (error instanceof TenderApiError && !isKeyRefused(error))
        return await interruptWithNewOffer("payment_failed");
      dispatch(blockedBy(error));
    }
  }

  /** The attempt to confirm now, or null when starting it already led elsewhere. */
  async function openAttempt(optionId: string): Promise<PaymentAttemptView | null> {
    return opener.waiting(optionId) ?? (await afterStart(optionId, await opener.start(optionId)));
  }

  async function afterStart(optionId: string, outcome: StartOutcome): Promise<PaymentAttemptView | null> {
    if (outcome.type !== "started") {
      await settle(outcome);
      return null;
    }
    const attempt = outcome.payment_attempt;
    memory.write(attempt.id);
    dispatch({ type: "started", attempt });
    const entry = entryFor(attempt, false);
    if (entry.go === "choose" && !OPEN_STATUSES.includes(attempt.status)) {
      await interruptWithNewOffer("payment_failed");
      return null;
    }
    if (entry.go === "choose" || entry.go === "confirm") {
      opener.keep(attempt, optionId);
      return attempt;
    }
    await settle(
      entry.go === "step_up"
        ? { type: "action_required", payment_attempt: attempt }
        : await reader.asOutcome(attempt),
    );
    return null;
  }

  async function confirm(
    attempt: PaymentAttemptView,
    data: Record<string, unknown> | undefined,
    returned: boolean,
  ): Promise<void> {
    try {
      const outcome = await client.confirmAttempt(cartId, attempt.id, data === undefined ? {} : { data });
      opener.forget();
      // Back from the bank's page and still something to do there: it was closed. Sending the shopper straight
      // back would trap them, so the options come back instead.
      if (returned && outcome.type === "action_required") return interrupt("step_up_unfinished");
      await settle(outcome);
    } catch (error) {
      // The confirmation may have arrived all the same: only looking tells.
      if (!provesNothingHappened(error)) return watch(attempt);
      opener.forget();
      throw error;
    }
  }

  async function settle(outcome: StartOutcome | ConfirmOutcome): Promise<void> {
    switch (outcome.type) {
      case "order":
        return dispatch({ type: "ordered", order: outcome.order });
      case "action_required":
        return stepUp(outcome.payment_attempt);
      case "pending":
        return watch(outcome.payment_attempt);
      case "declined": {
        const offer = { options: outcome.payment_options, declinedOptions: outcome.declined_options };
        return dispatch({
          type: "declined",
          attempt: outcome.payment_attempt,
          decline: outcome.decline,
          offer,
        });
      }
      case "changed": {
        const fresh = outcome.payment_attempt;
        opener.keep(fresh);
        if (fresh) memory.write(fresh.id);
        return await interruptWithNewOffer("total_changed");
      }
      case "closed":
        return await interruptWithNewOffer("payment_failed");
      case "returned":
        return await interruptWithNewOffer("payment_returned");
      case "option_gone":
        return await interruptWithNewOffer("option_gone");
      case "limited":
        return dispatch(limitedFor(outcome.retry_after_s));
      case "completed":
        // Paid in another tab: the cart says so, and the page of a completed cart shows the order.
        return dispatch({ type: "ordered", order: null });
      case "started":
        return;
    }
  }

  function stepUp(attempt: PaymentAttemptView): void {
    memory.write(attempt.id);
    const url = bankPageUrl(attempt);
    // It waits for details that were not sent, not for a bank.
    if (url === null && OPEN_STATUSES.includes(attempt.status)) return interrupt("payment_failed");
    if (url === null) return watch(attempt);
    if (attempt.next_action?.type !== "redirect" || attempt.next_action.reason === "three_d_secure") {
      return dispatch({ type: "step_up_required", attempt });
    }
    // A bank's page was announced beside its option before the button was pressed.
    dispatch({ type: "leaving", attempt });
    navigate(url);
  }

  function watch(attempt: PaymentAttemptView): void {
    stopWatching();
    memory.write(attempt.id);
    memory.makeLinkable(attempt.id);
    dispatch({ type: "pending", attempt });
    stopWatching = watchAttempt({
      look: () => client.getAttempt(cartId, attempt.id),
      isWanted: () => getState().phase === "checking",
      onPending: (seen) => dispatch({ type: "pending", attempt: seen }),
      onSettled: afterWatching,
    });
  }

  async function afterWatching(seen: PaymentAttemptView): Promise<"again" | "enough"> {
    const entry = entryFor(seen, false);
    switch (entry.go) {
      case "choose": {
        const isOpen = OPEN_STATUSES.includes(seen.status);
        opener.keep(isOpen ? seen : null);
        await interruptWithNewOffer(isOpen ? "lost_nothing_charged" : "payment_failed");
        return "enough";
      }
      case "step_up":
        stepUp(seen);
        return "enough";
      case "declined":
        return (await showDecline(seen)) ? "enough" : "again";
      case "watch":
        return "again";
      case "confirm": {
        const outcome = await client.confirmAttempt(cartId, seen.id);
        if (outcome.type === "pending") return "again";
        await settle(outcome);
        return "enough";
      }
    }
  }

  /** False when the attempt carries no reason to show. */
  async function showDecline(attempt: PaymentAttemptView): Promise<boolean> {
    if (!attempt.decline) return false;
    dispatch({ type: "declined", attempt, decline: attempt.decline, offer: await reader.offer() });
    return true;
  }

  function interrupt(notice: Notice): void {
    dispatch({ type: "interrupted", notice, attempt: getState().attempt });
  }

  /** Back to the options after reading them and the total again; with the old ones where that fails. */
  async function interruptWithNewOffer(notice: Notice): Promise<void> {
    await refresh();
    interrupt(notice);
  }

  async function refresh(): Promise<void> {
    const attemptId = getState().attempt?.id ?? null;
    try {
      dispatch({ type: "refreshed", ...(await reader.all(attemptId)) });
    } catch {
      // What is on the page is still true enough to go on with; paying checks everything again.
      return;
    }
  }

  return {
    open: openCheckout,
    pay,
    refresh,
    goToBank: () => {
      const { attempt, phase } = getState();
      const url = attempt && bankPageUrl(attempt);
      if (phase !== "stepping_up" || !url) return;
      dispatch({ type: "leaving", attempt });
      navigate(url);
    },
    payAnotherWay: async () => {
      if (getState().phase !== "checking") return;
      stopWatching();
      opener.forget();
      memory.settleReturn();
      await interruptWithNewOffer("first_payment_returned");
    },
    stop: () => stopWatching(),
  };
}
