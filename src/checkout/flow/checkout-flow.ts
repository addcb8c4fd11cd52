import { TenderApiError, TenderConnectionError, type CartView, type PaymentAttemptView } from "../client";
import type { Collected } from "../gateway-form";
import { createActor } from "./actor";
import { createAttemptOpener } from "./attempt-opener";
import { blockedBy, createCheckoutReader, isKeyRefused, provesNothingHappened } from "./checkout-reader";
import { createOutcomes, type FlowParts } from "./outcomes";
import { beginningTurn, createOpenAttempt, PAYING, type Turn } from "./open-attempt";
import { findOption, owesNothing } from "./reducer";
import { bankPageUrl, entryFor } from "./resume";
import { isToBeSaved, paysWithSaved, withSave } from "./saving";
import { TRANSITIONS } from "./states";
import { OPEN_STATUSES } from "./watch-attempt";

export type CheckoutFlowConfig = Omit<FlowParts, "reader" | "opener" | "actor"> &
  Readonly<{
    /** The language the shopper reads now, for what a gateway's script shows; the default is English. */
    locale?: () => string;
  }>;

/** What to confirm with, or how to get it from the form once the button was pressed. */
export type PaymentDetails = Record<string, unknown> | (() => Promise<Collected>);

/** What the shopper can do. None of these throws; what goes wrong becomes a state. */
export interface CheckoutFlow {
  /** Reads the cart, its options and the attempt it was on, and goes where they say. */
  open(): Promise<void>;
  /**
   * Opens the page again, e.g. after the browser brought it back as it was when it was left. A payment under way or
   * an outcome waited for goes on by itself and is not disturbed.
   */
  reopen(): Promise<void>;
  /**
   * Pays with the selected option, or with that of an express button. The details go to the confirmation and nowhere
   * else. While a payment is under way it does nothing.
   */
  pay(details?: PaymentDetails, expressId?: string): Promise<void>;
  /**
   * Opens the attempt of an option, or gives the one that waits, for a form whose service needs the payment before the
   * shopper approves it. The shopper stays where they are; paying with the option then confirms that very attempt.
   * @returns null when it led elsewhere, which the page then shows, or the shopper moved on meanwhile
   */
  begin(optionId: string): Promise<PaymentAttemptView | null>;
  /** Places the order of a cart with nothing to pay. */
  placeOrder(): Promise<void>;
  /** The shopper is through with what a gateway's panel asked: asks the store what came of it. */
  acted(): Promise<void>;
  /** Leaves what a gateway's panel asked, which can come to nothing more, for a new payment with the same option. */
  payAgain(): Promise<void>;
  /** Goes to the bank's page that was announced. */
  goToBank(): void;
  /** The page is in sight again: looks what became of an attempt whose bank's page should have opened. */
  lookAgain(): Promise<void>;
  /** Stops waiting for an outcome; the server returns that payment should it still arrive. */
  payAnotherWay(): Promise<void>;
  /** Reads titles and messages again, e.g. in another language. */
  refresh(): Promise<void>;
  stop(): void;
}

/** The steps of a checkout: calls the client, tells the store what happened. */
export function createCheckoutFlow(config: CheckoutFlowConfig): CheckoutFlow {
  const { client, cartId, store, memory, navigate } = config;
  const { dispatch, getState } = store;
  const reader = createCheckoutReader(client, cartId);
  const canSave = (optionId: string): boolean => findOption(getState(), optionId)?.can_save === true;
  const opener = createAttemptOpener(client, cartId, canSave);
  const actor = createActor(store, config.locale ?? (() => "en"));
  const outcomes = createOutcomes({ ...config, reader, opener, actor, afterAction });
  const openAttempt = createOpenAttempt({ ...config, reader, opener, actor, outcomes });

  async function open(): Promise<void> {
    outcomes.stopWatching();
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

  async function reopen(): Promise<void> {
    if (TRANSITIONS[getState().phase].reopened === undefined) return;
    dispatch({ type: "reopened" });
    await open();
  }

  async function finishCompleted(cart: CartView, attempt: PaymentAttemptView | null): Promise<void> {
    dispatch({ type: "cart_loaded", cart, offer: { options: [], declinedOptions: [] } });
    const isPaidHere = attempt !== null && entryFor(attempt, false).go === "confirm";
    const outcome = isPaidHere ? await client.confirmAttempt(cartId, attempt.id) : null;
    dispatch({ type: "ordered", order: outcome?.type === "order" ? outcome.order : null, attempt });
  }

  async function resume(attempt: PaymentAttemptView | null, returned: boolean): Promise<void> {
    const entry = entryFor(attempt, returned, attempt !== null && actor.canAct(attempt));
    // What was refused or left at the bank's page no longer matters; what may have moved money still does.
    if (owesNothing(getState()) && !["watch", "confirm"].includes(entry.go)) {
      return dispatch({ type: "loaded", attempt: null });
    }
    switch (entry.go) {
      case "choose":
        if (attempt && OPEN_STATUSES.includes(attempt.status)) opener.keep(attempt);
        return dispatch({ type: "loaded", attempt });
      case "step_up":
        return dispatch({ type: "step_up_required", attempt: entry.attempt });
      case "act":
        return await outcomes.act(entry.attempt);
      case "watch":
        return outcomes.watch(entry.attempt);
      case "declined":
        return void (await outcomes.showDecline(entry.attempt));
      case "confirm":
        return await confirmFound(entry.attempt, returned);
    }
  }

  /** Confirms an attempt that has its details. A refusal of the store says that nothing came of it. */
  async function confirmFound(attempt: PaymentAttemptView, returned: boolean): Promise<void> {
    try {
      await confirm(attempt, undefined, returned);
    } catch (error) {
      if (!(error instanceof TenderApiError) || isKeyRefused(error)) throw error;
      outcomes.interrupt("payment_failed");
    }
  }

  /** @param returned whether what is still waited for then was given up by the shopper */
  async function afterAction(attempt: PaymentAttemptView, returned = true): Promise<void> {
    try {
      await confirmFound(attempt, returned);
    } catch (error) {
      dispatch(blockedBy(error));
    }
  }

  async function acted(): Promise<void> {
    const { attempt, phase } = getState();
    if (phase === "acting" && attempt) await afterAction(attempt, false);
  }

  async function payAgain(): Promise<void> {
    const { attempt, phase } = getState();
    if (phase !== "acting" || !attempt) return;
    dispatch({ type: "interrupted", notice: null, attempt: null });
    opener.forget();
    await pay({}, attempt.option_id);
  }

  async function pay(details?: PaymentDetails, expressId?: string): Promise<void> {
    const optionId = expressId ?? getState().selectedId;
    if (getState().phase !== "choosing" || optionId === null) return;
    dispatch({ type: "pay_pressed", optionId });
    const save = isToBeSaved(getState(), optionId) && !paysWithSaved(details);
    await explained(PAYING, async () => {
      const data = typeof details === "function" ? await collect(details, optionId) : details;
      if (data === null) return;
      // What the shopper approved in a form is paid, whatever was ticked after it was handed out.
      const approved = typeof details === "function" ? opener.handedOut(optionId) : null;
      const attempt = approved ?? (await openAttempt({ optionId, save }, PAYING));
      const option = findOption(getState(), optionId);
      if (attempt) await confirm(attempt, save && option ? withSave(data, option) : data, false);
    });
  }

  async function begin(optionId: string): Promise<PaymentAttemptView | null> {
    if (!["choosing", "paying"].includes(getState().phase)) return null;
    const turn = beginningTurn(store, optionId);
    const wanted = { optionId, save: isToBeSaved(getState(), optionId) };
    const attempt = (await explained(turn, () => openAttempt(wanted, turn))) ?? null;
    if (attempt) opener.handOut(attempt);
    return attempt;
  }

  /** Does what may fail before anything was confirmed; back to the options then, with the reason. */
  async function explained<Result>(turn: Turn, work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!turn.isOn()) return undefined;
      turn.leave();
      if (error instanceof TenderConnectionError) outcomes.interrupt("unreachable_nothing_charged");
      else if (error instanceof TenderApiError && !isKeyRefused(error))
        await outcomes.interruptWithNewOffer("payment_failed");
      else dispatch(blockedBy(error));
      return undefined;
    }
  }

  /** What a gateway's form made of the details, or null after going back to the options. */
  async function collect(
    from: () => Promise<Collected>,
    optionId: string,
  ): Promise<Record<string, unknown> | null> {
    const collected = await from().catch((): Collected => ({ type: "failed" }));
    // Beginning the payment led elsewhere already.
    if (getState().phase !== "paying") return null;
    if (collected.type === "data") return collected.data;
    const begun = opener.handedOut(optionId);
    if (collected.type === "failed" && begun)
      await untilKnown(begun, () => outcomes.askAfterForm(begun, "form_failed"));
    else outcomes.interrupt(collected.type === "failed" ? "form_failed" : null);
    return null;
  }

  async function placeOrder(): Promise<void> {
    if (getState().phase !== "choosing" || !owesNothing(getState())) return;
    dispatch({ type: "pay_pressed" });
    try {
      await outcomes.settle(await client.placeOrder(cartId));
    } catch (error) {
      // The order may be placed all the same; placing it again then answers with it.
      if (error instanceof TenderConnectionError) return outcomes.interrupt("order_not_answered");
      dispatch(blockedBy(error));
    }
  }

  async function confirm(
    attempt: PaymentAttemptView,
    data: Record<string, unknown> | undefined,
    returned: boolean,
  ): Promise<void> {
    await untilKnown(attempt, async () => {
      const outcome = await client.confirmAttempt(cartId, attempt.id, data === undefined ? {} : { data });
      opener.forget();
      // Back from the bank's page and still something to do there: it was closed. Sending the shopper straight
      // back would trap them, so the options come back instead.
      if (returned && outcome.type === "action_required") return outcomes.interrupt("step_up_unfinished");
      await outcomes.settle(outcome);
    });
  }

  /** Confirms. Where no answer comes the confirmation may have arrived all the same: only looking tells. */
  async function untilKnown(attempt: PaymentAttemptView, confirming: () => Promise<void>): Promise<void> {
    try {
      await confirming();
    } catch (error) {
      if (!provesNothingHappened(error)) return outcomes.watch(attempt);
      opener.forget();
      throw error;
    }
  }

  return {
    open,
    reopen,
    pay,
    begin,
    placeOrder,
    acted,
    payAgain,
    lookAgain: outcomes.lookAgain,
    refresh: outcomes.refresh,
    goToBank: () => {
      const { attempt, phase } = getState();
      const url = attempt && bankPageUrl(attempt);
      if (phase !== "stepping_up" || !url) return;
      dispatch({ type: "leaving", attempt });
      navigate(url);
    },
    payAnotherWay: async () => {
      if (getState().phase !== "checking") return;
      outcomes.stopWatching();
      opener.forget();
      memory.forget();
      await outcomes.interruptWithNewOffer("first_payment_returned");
    },
    stop: outcomes.stopWatching,
  };
}
