import { isForTotal, type PaymentAttemptView, type StartOutcome } from "../client";
import type { Wanted } from "./attempt-opener";
import { formOf } from "./forms";
import type { FlowParts, Outcomes } from "./outcomes";
import { findOption } from "./reducer";
import { entryFor } from "./resume";
import type { CheckoutStore } from "./store";
import { OPEN_STATUSES } from "./watch-attempt";

/** Whose doing the opening of an attempt is, and whether the page may still be led anywhere by it. */
export type Turn = Readonly<{
  /** False once the shopper went on with something else: what comes of the opening matters no more then. */
  isOn(): boolean;
  /** Called before the page is led elsewhere than to the confirmation. */
  leave(): void;
}>;

/** Of paying: the page has left the options already, and nothing else can be done meanwhile. */
export const PAYING: Turn = { isOn: () => true, leave: () => undefined };

/** Of a form that begins its payment where the shopper is; the page leaves the options only when it must. */
export function beginningTurn({ dispatch, getState }: CheckoutStore, optionId: string): Turn {
  const { phase } = getState();
  let hasLeft = false;
  return {
    isOn: () => hasLeft || getState().phase === phase,
    leave: () => {
      hasLeft = true;
      dispatch({ type: "pay_pressed", optionId });
    },
  };
}

/** Opens the attempt to confirm for what is wanted; null when that already led elsewhere, or its turn is over. */
export type OpenAttempt = (wanted: Wanted, turn: Turn) => Promise<PaymentAttemptView | null>;

/** Nobody has agreed to anything in these. */
const UNPAID: readonly PaymentAttemptView["status"][] = [...OPEN_STATUSES, "action_required"];

type OpeningParts = Pick<FlowParts, "store" | "memory" | "opener" | "actor" | "reader"> &
  Readonly<{ outcomes: Outcomes }>;

export function createOpenAttempt(parts: OpeningParts): OpenAttempt {
  const { store, memory, opener, actor, reader, outcomes } = parts;
  const { dispatch, getState } = store;

  async function open(wanted: Wanted, turn: Turn): Promise<PaymentAttemptView | null> {
    const left = await leftInPanel(wanted);
    if (left) return await elsewhere(turn, () => outcomes.act(left));
    const option = findOption(getState(), wanted.optionId);
    const waiting = opener.waiting(wanted);
    const attempt = waiting && isShown(waiting) ? waiting : await start(wanted, turn);
    // Another provider took over; what this one's form made of the details means nothing to it.
    if (attempt && option && formOf(option) === "gateway" && attempt.option_id !== wanted.optionId) {
      opener.keep(attempt, { ...wanted, optionId: attempt.option_id });
      turn.leave();
      await outcomes.interruptWithNewOffer("details_again");
      return null;
    }
    return attempt;
  }

  /** The payment that the shopper left in its panel, if it still waits there: they may have made it meanwhile. */
  async function leftInPanel({ optionId }: Wanted): Promise<PaymentAttemptView | null> {
    const { attempt } = getState();
    if (attempt?.option_id !== optionId || !actor.isInPage(attempt)) return null;
    const found = await reader.attempt(attempt.id);
    return found && actor.canAct(found) && actor.isInPage(found) && isShown(found) ? found : null;
  }

  async function start(wanted: Wanted, turn: Turn): Promise<PaymentAttemptView | null> {
    const outcome = await opener.start(wanted);
    if (!turn.isOn()) return null;
    return outcome.type === "started"
      ? await afterStart(wanted, outcome, turn)
      : await elsewhere(turn, () => outcomes.settle(outcome));
  }

  async function afterStart(
    wanted: Wanted,
    { payment_attempt: attempt }: Extract<StartOutcome, { type: "started" }>,
    turn: Turn,
  ): Promise<PaymentAttemptView | null> {
    memory.write(attempt.id);
    dispatch({ type: "started", attempt });
    const { go } = entryFor(attempt, false, actor.canAct(attempt));
    if (go === "choose" && !OPEN_STATUSES.includes(attempt.status)) {
      return await elsewhere(turn, () => outcomes.interruptWithNewOffer("payment_failed"));
    }
    if (go === "choose" || go === "confirm") opener.keep(attempt, wanted);
    if (UNPAID.includes(attempt.status) && !isShown(attempt)) {
      return await elsewhere(turn, () => outcomes.interruptWithNewOffer("total_changed"));
    }
    if (go === "choose" || go === "confirm") return attempt;
    return await elsewhere(turn, async () =>
      outcomes.settle(
        go === "step_up" || go === "act"
          ? { type: "action_required", payment_attempt: attempt }
          : await reader.asOutcome(attempt),
      ),
    );
  }

  /** What the shopper saw is what they agree to pay; the cart may have changed in another tab since the page read it. */
  function isShown(attempt: PaymentAttemptView): boolean {
    const { cart } = getState();
    return cart !== null && isForTotal(attempt, cart);
  }

  async function elsewhere(turn: Turn, go: () => Promise<void>): Promise<null> {
    turn.leave();
    await go();
    return null;
  }

  return open;
}
