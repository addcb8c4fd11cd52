import { useEffect, useMemo, useRef, type ReactElement } from "react";
import { fieldInNeed } from "../card/card-draft";
import type { PaymentOptionView } from "../client";
import {
  alternativesOf,
  bankPageUrl,
  canRetryRefused,
  findOption,
  formOf,
  listedOptions,
  owesNothing,
  type CheckoutState,
  type Phase,
} from "../flow";
import { toLocale, wordingOf, type Digits, type Texts, type Wording } from "../locales";
import { DeclinePanel } from "./decline-panel";
import type { DoneOrder } from "./done-panel";
import { InPageAction } from "./in-page-action";
import { NothingToPay } from "./nothing-to-pay";
import { OrderSummary } from "./order-summary";
import { OrderedPanel } from "./ordered-panel";
import { PaymentStep } from "./payment-step";
import { BlockedPanel, CheckingPanel, LeavingPanel, StepUpPanel, WaitPanel } from "./status-panels";
import { useCardDraft, type CardDraftState } from "./use-card-draft";
import { useCheckout, type Checkout, type CheckoutSource } from "./use-checkout";
import { useSavedMethods, type SavedMethods } from "./use-saved-methods";
import { WordingProvider } from "./wording-context";

/** After this long without an outcome another way to pay is offered: the plugin's own default of `unknown_blocks_ms`. */
const DEFAULT_ANOTHER_WAY_AFTER_S = 60;

export type TenderCheckoutProps = CheckoutSource &
  Readonly<{
    /** The digits of amounts in Arabic. */
    digits?: Digits;
    /** The store's own texts, by key. */
    texts?: Partial<Texts>;
    /** The plugin's option `unknown_blocks_ms` in seconds: until then the server refuses another way. */
    anotherWayAfter_s?: number;
    /** The store's own site; the page links to it from the order, and from wherever nothing can be paid. */
    storeUrl?: string | undefined;
    /** The order, once there is one. */
    onOrder?: (order: DoneOrder) => void;
  }>;

/**
 * A whole checkout of one cart: the ways to pay, what comes of paying, and what to do about it. Give it a
 * `key` of the cart's id where one page shows several carts.
 */
export function TenderCheckout(props: TenderCheckoutProps): ReactElement {
  const { locale, digits, texts, anotherWayAfter_s = DEFAULT_ANOTHER_WAY_AFTER_S } = props;
  const { storeUrl, onOrder } = props;
  const wording = useMemo(() => wordingOf(toLocale(locale), digits, texts), [locale, digits, texts]);
  const checkout = useCheckout(props);
  const card = useCardDraft();
  const saved = useSavedMethods(checkout.client, props.cartId);
  const { state } = checkout;

  useEffect(() => {
    if (state.phase === "declined") card.forgetCvc();
    if (state.phase === "done") card.forgetAll();
    // `card` is new on every render; what matters is the phase.
  }, [state.phase]);

  useEffect(() => {
    if (state.order) onOrder?.(state.order);
    // A new function from the store's page is no new order.
  }, [state.order]);

  return (
    <WordingProvider value={wording}>
      <div className="tender" dir={wording.dir} lang={wording.locale} data-phase={state.phase}>
        <p className="tender-hidden" role="status">
          {announcement(state, card, saved, wording)}
        </p>
        <div className="tender__main">
          <Ways {...{ checkout, card, saved, storeUrl }} />
          <Stage {...{ checkout, card, saved, wording, anotherWayAfter_s, storeUrl }} />
        </div>
        {state.cart && <OrderSummary cart={state.cart} />}
      </div>
    </WordingProvider>
  );
}

type StageProps = Readonly<{
  checkout: Checkout;
  card: CardDraftState;
  saved: SavedMethods;
  wording: Wording;
  anotherWayAfter_s: number;
  storeUrl: string | undefined;
}>;

/** The one thing the shopper has to do now, but for choosing and paying. */
function Stage(props: StageProps): ReactElement | null {
  const { checkout, card, saved, wording, anotherWayAfter_s, storeUrl } = props;
  const { state, dispatch, flow, reopen } = checkout;

  function chooseAfterDecline(optionId: string): void {
    const option = findOption(state, optionId);
    const isCard = option && formOf(option) === "card_fields";
    card.focusOn(isCard ? fieldToFocus(state, card, optionId) : null);
    // What was just refused is not the first choice for another try.
    if (option && optionId === state.refused?.id) saved.choose(option, null);
    dispatch({ type: "selected", optionId });
  }

  switch (state.phase) {
    case "loading":
      return <Skeleton label={wording.t("page.loading")} />;
    case "choosing":
    case "paying":
      if (owesNothing(state)) {
        return <NothingToPay state={state} storeUrl={storeUrl} onPlace={() => void flow.placeOrder()} />;
      }
      return null;
    case "stepping_up":
      return (
        <StepUpPanel
          amount={state.attempt ? wording.money(state.attempt.amount, state.attempt.currency_code) : ""}
          onContinue={flow.goToBank}
          onBack={() => dispatch({ type: "went_back" })}
        />
      );
    case "acting":
      return <InPageAction checkout={checkout} />;
    case "leaving":
      return (
        <LeavingPanel
          url={state.attempt && bankPageUrl(state.attempt)}
          onBack={() => dispatch({ type: "went_back" })}
        />
      );
    case "declined":
      return state.decline ? (
        <DeclinePanel
          decline={state.decline}
          alternatives={alternativesOf(state)}
          again={canRetryRefused(state) ? state.refused : null}
          storeUrl={storeUrl}
          onChoose={chooseAfterDecline}
          onLookAgain={reopen}
        />
      ) : (
        <Skeleton label={wording.t("page.loading")} />
      );
    case "checking":
      return (
        <CheckingPanel
          since={state.waitingSince ?? Date.now()}
          anotherWayAfter_s={anotherWayAfter_s}
          onAnotherWay={() => void flow.payAnotherWay()}
        />
      );
    case "done":
      return <DoneStage checkout={checkout} storeUrl={storeUrl} />;
    case "blocked": {
      const reason = state.blocked ?? "failed";
      if (reason === "wait") {
        return <WaitPanel retryAt={state.retryAt ?? 0} storeUrl={storeUrl} onRetry={reopen} />;
      }
      const onRetry = reason === "unreachable" ? reopen : null;
      return <BlockedPanel reason={reason} storeUrl={storeUrl} onRetry={onRetry} />;
    }
  }
}

/** While a panel is shown in their place, forms of gateways' own stay: what was typed into them is nowhere else. */
const KEEPS_FORMS: readonly Phase[] = ["declined", "acting"];

/** The ways to pay, in sight while there is something to choose. */
function Ways(props: Pick<StageProps, "checkout" | "card" | "saved" | "storeUrl">): ReactElement | null {
  const { checkout, card, saved, storeUrl } = props;
  const { state, dispatch, flow, report } = checkout;
  const before = usePhaseBefore(state.phase);
  const isShown = (state.phase === "choosing" || state.phase === "paying") && !owesNothing(state);
  const isKept =
    KEEPS_FORMS.includes(state.phase) && listedOptions(state).some((option) => formOf(option) === "gateway");
  if (!isShown && !isKept) return null;
  return (
    <div hidden={!isShown}>
      <PaymentStep
        state={state}
        card={card}
        saved={saved}
        arrives={before !== "loading"}
        storeUrl={storeUrl}
        onSelect={(optionId) => {
          card.focusOn(null);
          dispatch({ type: "selected", optionId });
        }}
        onOpenSheet={() => dispatch({ type: "sheet_opened" })}
        onCloseSheet={() => dispatch({ type: "sheet_closed" })}
        onPay={(details, expressId) => void flow.pay(details, expressId)}
        onBegin={flow.begin}
        onReport={report}
        onSave={(optionId, save) => dispatch({ type: "saving_chosen", optionId, save })}
      />
    </div>
  );
}

function DoneStage({ checkout, storeUrl }: Pick<StageProps, "checkout" | "storeUrl">): ReactElement {
  const { state, look } = checkout;
  const option = optionPaidWith(state);
  const isPaid = option !== undefined && formOf(option) !== "none";
  return (
    <OrderedPanel
      order={state.order}
      paidWith={option?.title ?? null}
      isPaid={isPaid}
      storeUrl={storeUrl}
      attempt={state.attempt}
      forms={state.forms}
      look={look}
    />
  );
}

/** The page's shape while the cart is read. */
function Skeleton({ label }: Readonly<{ label: string }>): ReactElement {
  return (
    <div className="tender-skeleton">
      <p className="tender-hidden">{label}</p>
      <span className="tender-skeleton__title" />
      <span className="tender-skeleton__row" />
      <span className="tender-skeleton__row" />
      <span className="tender-skeleton__row" />
    </div>
  );
}

function usePhaseBefore(phase: Phase): Phase {
  const phases = useRef<{ now: Phase; before: Phase }>({ now: phase, before: phase });
  if (phases.current.now !== phase) phases.current = { now: phase, before: phases.current.now };
  return phases.current.before;
}

/** Where a card needs a hand after a refusal: the field it is about, or the number when another card is wanted. */
function fieldToFocus(
  state: CheckoutState,
  card: CardDraftState,
  optionId: string,
): "number" | "expiry" | "cvc" {
  const isAgain = optionId === state.refused?.id;
  if (card.draft.number === "" || !isAgain || !state.decline) return "number";
  if (state.decline.recovery === "fix_details") return fieldInNeed(state.decline.code);
  // The same card once more: its security code is all that was forgotten.
  return ["retry", "authenticate"].includes(state.decline.recovery) ? "cvc" : "number";
}

/** The option the order was paid with, by its method: another provider of it may have taken over. */
function optionPaidWith({ attempt, options, refused }: CheckoutState): PaymentOptionView | undefined {
  if (!attempt) return undefined;
  const known = refused ? [...options, refused] : options;
  return known.find(({ method }) => method === attempt.method);
}

/** What a screen reader hears without the focus moving. Panels are read because their heading takes the focus. */
function announcement(
  state: CheckoutState,
  card: CardDraftState,
  saved: SavedMethods,
  { t, money }: Wording,
): string {
  if (state.phase === "loading") return t("page.loading");
  if (state.phase === "paying") return t(owesNothing(state) ? "announce.placing" : "announce.paying");
  if (state.phase !== "choosing") return "";
  const error = card.errors.number ?? card.errors.expiry ?? card.errors.cvc;
  if (error) return t(error.key, { count: error.count ?? 0 });
  const amount = state.cart ? money(state.cart.total, state.cart.currency_code) : "";
  if (state.notice) return t(`notice.${state.notice}`, { amount });
  const selected = findOption(state, state.selectedId);
  const hasComeLate = saved.isLate && selected && saved.of(selected).length > 0;
  return hasComeLate ? t("saved.late_announced") : "";
}
