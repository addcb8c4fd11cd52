import { useId, useRef, type FormEvent, type ReactElement, type ReactNode } from "react";
import {
  findOption,
  formOf,
  isExpress,
  isToBeSaved,
  listedOptions,
  type CheckoutState,
  type PaymentDetails,
} from "../flow";
import type { PaymentAttemptView, PaymentOptionView } from "../client";
import { CardForm } from "./card-form";
import { ExpressButtons } from "./express-buttons";
import { Icon } from "./icon";
import { NoticeBox } from "./notice-box";
import { OptionList } from "./option-list";
import { PayButton } from "./pay-button";
import { Panel } from "./panel";
import { StoreLink } from "./store-link";
import { SaveBox } from "./save-box";
import { SavedMethodsList } from "./saved-methods";
import type { CardDraftState } from "./use-card-draft";
import { useOwnForms } from "./use-own-forms";
import type { SavedMethods } from "./use-saved-methods";
import { useStepFocus } from "./use-step-focus";
import { WalletSheet } from "./wallet-sheet";
import { useWording } from "./wording-context";

type PaymentStepProps = Readonly<{
  state: CheckoutState;
  card: CardDraftState;
  /** What the customer has saved; nothing where it is left out. */
  saved?: SavedMethods;
  /** The shopper comes from another state of the page, so the focus has to be put somewhere. */
  arrives: boolean;
  /** The store's own site, for what can only be mended there. */
  storeUrl?: string | undefined;
  onSelect: (optionId: string) => void;
  onOpenSheet: () => void;
  onCloseSheet: () => void;
  /** `expressId`: of a gateway's own express button, which the shopper pressed without selecting it. */
  onPay: (details?: PaymentDetails, expressId?: string) => void;
  /** A gateway's own form needs its payment before the shopper approves it. */
  onBegin?: (optionId: string) => Promise<PaymentAttemptView | null>;
  /** Whether a gateway's own form can be used. */
  onReport?: (optionId: string, isUsable: boolean) => void;
  /** The shopper wants an option's details kept for next time, or no more; without it nobody is asked. */
  onSave?: (optionId: string, save: boolean) => void;
}>;

/** Choosing how to pay, and paying: express buttons, the list, and the one primary button. */
export function PaymentStep(props: PaymentStepProps): ReactElement | null {
  const { state, card, saved, arrives, storeUrl, onSelect, onOpenSheet, onCloseSheet, onPay } = props;
  const { t, money } = useWording();
  const section = useRef<HTMLElement>(null);
  const titleId = useId();
  const { cart } = state;
  const total = cart ? money(cart.total, cart.currency_code) : "";
  const { onBegin, onReport, onSave } = props;
  const own = useOwnForms({ state, amount: total, storeUrl, onPay, onBegin, onReport, saveBox });

  useStepFocus(section, { state, arrives, isFieldWanted: card.focus !== null });

  if (!cart) return null;
  const busy = state.phase === "paying";
  const listed = listedOptions(state);
  const express = listed.filter((option) => isExpress(option) && !own.isUnusable(option));
  const rows = listed.filter((option) => !isExpress(option));
  const selected = findOption(state, state.selectedId);
  /** The option whose own form is to be filled in. */
  const open = selected && !saved?.chosen(selected) ? selected : undefined;

  const isUnknown = (option: PaymentOptionView): boolean =>
    saved?.isKnown === false && asksForDetails(option);

  const isTypedInto = (option: PaymentOptionView): boolean =>
    asksForDetails(option) && own.asksForDetails(option) && !own.isUnusable(option) && !own.isButton(option);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (busy || !selected || isUnknown(selected)) return;
    const kept = saved?.chosen(selected);
    if (kept) return onPay({ saved_method_id: kept.id });
    const form = formOf(selected);
    if (form === "wallet_sheet") return onOpenSheet();
    if (form === "gateway") return own.pay(selected);
    if (form !== "card_fields") return onPay();
    const data = card.submit();
    if (data) onPay(data);
  }

  function inside(option: PaymentOptionView): ReactNode {
    if (isUnknown(option)) return null;
    const form = formFor(option);
    const methods = saved?.of(option) ?? [];
    if (!saved || (form === null && methods.length === 0)) return form;
    return (
      <SavedMethodsList
        option={option}
        saved={methods}
        isLate={saved.isLate}
        chosen={saved.chosen(option)}
        disabled={busy}
        onChoose={(id) => saved.choose(option, id)}
      >
        {form}
      </SavedMethodsList>
    );
  }

  function saveBox(option: PaymentOptionView): ReactNode {
    if (!option.can_save || !onSave) return null;
    return (
      <SaveBox
        option={option}
        checked={isToBeSaved(state, option.id)}
        disabled={state.phase === "paying"}
        onChange={(save) => onSave(option.id, save)}
      />
    );
  }

  function formFor(option: PaymentOptionView): ReactNode {
    switch (formOf(option)) {
      case "card_fields":
        return (
          <>
            <CardForm
              client={option.client}
              draft={card.draft}
              errors={card.errors}
              focus={card.focus}
              onChange={card.change}
              onLeave={card.leave}
            />
            {saveBox(option)}
          </>
        );
      case "redirect":
        return <p className="tender-option__note">{t("options.redirect_help")}</p>;
      case "wallet_sheet":
        return <p className="tender-option__note">{t("options.sheet_help", { amount: total })}</p>;
      case "gateway":
        return own.draw(option);
      case "none":
        return null;
    }
  }

  if (listed.length === 0) {
    return (
      <Panel title={t("options.none.title")} icon="info">
        {/* A notice takes the place of "nothing was charged", which may not be so then. */}
        <p className="tender-panel__text">
          {state.notice ? t(`notice.${state.notice}`, { amount: total }) : t("options.none.body")}
        </p>
        <StoreLink url={storeUrl} />
      </Panel>
    );
  }

  return (
    <section ref={section} className="tender-payment" aria-labelledby={titleId}>
      <h2 id={titleId} className="tender-payment__title">
        {t("options.title")}
      </h2>
      {state.notice && <NoticeBox notice={state.notice} amount={total} storeUrl={storeUrl} />}
      {express.length > 0 && (
        <ExpressButtons
          options={express}
          disabled={busy}
          followed={rows.length > 0}
          onSelect={onSelect}
          ownButton={(option) => (formOf(option) === "gateway" ? own.draw(option) : undefined)}
        />
      )}
      {rows.length > 0 && (
        <form className="tender-form" noValidate onSubmit={submit}>
          <OptionList
            options={rows}
            selectedId={state.selectedId}
            disabled={busy}
            onSelect={onSelect}
            formOf={inside}
            isKept={own.isKept}
          />
          {/* A form that cannot be used has a button of its own, to try again; some have one to pay with. */}
          {!(open && (own.isUnusable(open) || own.paysByItself(open))) && (
            <PayButton
              amount={cart.total}
              currencyCode={cart.currency_code}
              busy={busy && !state.sheetOpen}
              disabled={open !== undefined && (isUnknown(open) || own.isWaiting(open))}
              paysNow={!selected || formOf(selected) !== "none"}
            />
          )}
          {/* Other ways ask for no details here that could be kept. */}
          {open && isTypedInto(open) && (
            <p className="tender-safe">
              <Icon name="lock" />
              <span>{t(isToBeSaved(state, open.id) ? "pay.safe_saved" : "pay.safe")}</span>
            </p>
          )}
        </form>
      )}
      {state.sheetOpen && selected && (
        <WalletSheet
          option={selected}
          amount={cart.total}
          currencyCode={cart.currency_code}
          busy={busy}
          onPay={() => onPay({ wallet: {} })}
          onCancel={onCloseSheet}
        />
      )}
    </section>
  );
}

function asksForDetails(option: PaymentOptionView): boolean {
  return ["card_fields", "gateway"].includes(formOf(option));
}
