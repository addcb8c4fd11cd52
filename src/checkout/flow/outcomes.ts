import type { ConfirmOutcome, PaymentAttemptView, PlaceOutcome, StartOutcome, TenderClient } from "../client";
import type { Actor } from "./actor";
import type { AttemptMemory } from "./attempt-memory";
import type { AttemptOpener } from "./attempt-opener";
import { limitedFor, type CheckoutReader } from "./checkout-reader";
import { bankPageUrl, entryFor } from "./resume";
import type { Notice } from "./states";
import type { CheckoutStore } from "./store";
import { OPEN_STATUSES, watchAttempt } from "./watch-attempt";

/** What the steps of one checkout work with. */
export type FlowParts = Readonly<{
  client: TenderClient;
  cartId: string;
  store: CheckoutStore;
  memory: AttemptMemory;
  reader: CheckoutReader;
  opener: AttemptOpener;
  actor: Actor;
  /** Opens a page in place of this one. */
  navigate: (url: string) => void;
}>;

export type OutcomesParts = FlowParts &
  Readonly<{
    /** The shopper is through with what the gateway's script asked: asks the store what came of it. */
    afterAction: (attempt: PaymentAttemptView) => Promise<void>;
  }>;

/** Where the page goes once something has come of an attempt. */
export interface Outcomes {
  /** Goes where the answer to a start, a confirmation or the placing of an order says. */
  settle(outcome: StartOutcome | ConfirmOutcome | PlaceOutcome): Promise<void>;
  /** Does in this page what the attempt waits for, then asks the store; or leaves it to the panel that the page draws. */
  act(attempt: PaymentAttemptView): Promise<void>;
  /**
   * Asks the store what became of an attempt that a form had to be approved in, and of which the form only knows that
   * something went wrong: it may have been approved all the same. `ifNot` is said where it was not.
   */
  askAfterForm(attempt: PaymentAttemptView, ifNot: Notice): Promise<void>;
  /** Looks at an attempt until its outcome is known. */
  watch(attempt: PaymentAttemptView): void;
  stopWatching(): void;
  /** Looks once at the attempt whose bank's page should have opened, for the page came back into sight instead. */
  lookAgain(): Promise<void>;
  /** False when the attempt carries no reason to show. */
  showDecline(attempt: PaymentAttemptView): Promise<boolean>;
  /** Back to the options, with something to tell above them or nothing. */
  interrupt(notice: Notice | null): void;
  /** Back to the options after reading them and the total again; with the old ones where that fails. */
  interruptWithNewOffer(notice: Notice): Promise<void>;
  /** Reads what the page shows again, e.g. in another language. */
  refresh(): Promise<void>;
}

export function createOutcomes(parts: OutcomesParts): Outcomes {
  const { client, cartId, memory, navigate, opener, reader, actor, afterAction } = parts;
  const { dispatch, getState } = parts.store;
  let stopWatching = (): void => undefined;
  let actions = 0;

  async function settle(outcome: StartOutcome | ConfirmOutcome | PlaceOutcome): Promise<void> {
    switch (outcome.type) {
      case "order":
        return dispatch({ type: "ordered", order: outcome.order, attempt: await attemptOfOrder() });
      case "action_required":
        return await stepUp(outcome.payment_attempt);
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
      case "cart_unfit":
        opener.forget();
        return await interruptWithNewOffer(outcome.reason);
      case "returned":
        return await interruptWithNewOffer("payment_returned");
      case "option_gone":
        return await interruptWithNewOffer("option_gone");
      case "not_placed":
        return await interruptWithNewOffer("order_not_placed");
      case "limited":
        return dispatch(limitedFor(outcome.retry_after_s));
      case "completed":
        // Paid in another tab: the cart says so, and the page of a completed cart shows the order.
        return dispatch({ type: "ordered", order: null });
      case "started":
        return;
    }
  }

  /** The attempt of an order just placed, as it stands now where something of it may be shown. */
  async function attemptOfOrder(): Promise<PaymentAttemptView | null> {
    const { attempt } = getState();
    if (!attempt || !actor.mayFollow(attempt)) return attempt;
    // The order is placed whether it can be read or not.
    return await client.getAttempt(cartId, attempt.id).catch(() => attempt);
  }

  async function stepUp(attempt: PaymentAttemptView): Promise<void> {
    memory.write(attempt.id);
    const url = bankPageUrl(attempt);
    // It waits for details that were not sent, not for a bank.
    if (url === null && OPEN_STATUSES.includes(attempt.status)) return interrupt("payment_failed");
    if (url === null) return actor.canAct(attempt) ? await act(attempt) : watch(attempt);
    if (attempt.next_action?.type !== "redirect" || attempt.next_action.reason === "three_d_secure") {
      return dispatch({ type: "step_up_required", attempt });
    }
    // A bank's page was announced beside its option before the button was pressed.
    dispatch({ type: "leaving", attempt });
    navigate(url);
  }

  async function act(attempt: PaymentAttemptView): Promise<void> {
    memory.write(attempt.id);
    dispatch({ type: "acting", attempt });
    if (actor.isInPage(attempt)) return;
    const action = ++actions;
    await actor.act(attempt);
    // The shopper may have gone back meanwhile, and be paying another way.
    if (getState().phase === "acting" && action === actions) await afterAction(attempt);
  }

  function watch(attempt: PaymentAttemptView): void {
    stopWatching();
    memory.write(attempt.id);
    memory.makeLinkable(attempt.id);
    const since = memory.waitingSince(attempt.id);
    dispatch({ type: "pending", attempt, since });
    stopWatching = watchAttempt({
      look: () => client.getAttempt(cartId, attempt.id),
      isWanted: () => getState().phase === "checking",
      onPending: (seen) => dispatch({ type: "pending", attempt: seen, since }),
      onSettled: afterWatching,
    });
  }

  async function afterWatching(seen: PaymentAttemptView): Promise<"again" | "enough"> {
    const entry = entryFor(seen, false, actor.canAct(seen));
    switch (entry.go) {
      case "choose":
        if (wasHandedOut(seen)) await askAfterForm(seen, "lost_nothing_charged");
        else await giveBack(seen, "lost_nothing_charged");
        return "enough";
      case "act":
      case "step_up":
        // Not waited for: the shopper may take minutes, and the looking has come to its end.
        void stepUp(seen);
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

  function wasHandedOut({ id, option_id, status }: PaymentAttemptView): boolean {
    return OPEN_STATUSES.includes(status) && opener.handedOut(option_id)?.id === id;
  }

  async function askAfterForm(attempt: PaymentAttemptView, ifNot: Notice): Promise<void> {
    const outcome = await client.confirmAttempt(cartId, attempt.id, { data: {} });
    if (outcome.type !== "action_required") {
      opener.forget();
      return await settle(outcome);
    }
    opener.keep(outcome.payment_attempt);
    await interruptWithNewOffer(ifNot);
  }

  async function lookAgain(): Promise<void> {
    const { phase, attempt } = getState();
    if (phase !== "leaving" || !attempt) return;
    try {
      const seen = await client.getAttempt(cartId, attempt.id);
      // Meanwhile the shopper may have gone back, or the bank's page have opened and been left again.
      if (getState().phase !== "leaving") return;
      switch (entryFor(seen, false).go) {
        case "act":
        case "step_up":
          return;
        case "choose":
          return await giveBack(seen, "step_up_unfinished");
        case "declined":
          return void (await showDecline(seen));
        case "watch":
        case "confirm":
          return watch(seen);
      }
    } catch {
      // The ways on that this state shows do not need the answer.
      return;
    }
  }

  /** Back to the options after an attempt that came to nothing; `ifOpen` is said of one that can still be used. */
  async function giveBack(attempt: PaymentAttemptView, ifOpen: Notice): Promise<void> {
    const isOpen = OPEN_STATUSES.includes(attempt.status);
    opener.keep(isOpen ? attempt : null);
    await interruptWithNewOffer(isOpen ? ifOpen : "payment_failed");
  }

  async function showDecline(attempt: PaymentAttemptView): Promise<boolean> {
    if (!attempt.decline) return false;
    dispatch({ type: "declined", attempt, decline: attempt.decline, offer: await reader.offer() });
    return true;
  }

  function interrupt(notice: Notice | null): void {
    dispatch({ type: "interrupted", notice, attempt: getState().attempt });
  }

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
    settle,
    act,
    askAfterForm,
    watch,
    stopWatching: () => stopWatching(),
    lookAgain,
    showDecline,
    interrupt,
    interruptWithNewOffer,
    refresh,
  };
}
