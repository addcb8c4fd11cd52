import { useEffect, useId, useRef, type FormEvent, type ReactElement, type ReactNode } from "react";
import { findOption, formOf, isExpress, listedOptions, type CheckoutState } from "../flow";
import type { PaymentOptionView } from "../client";
import { CardForm } from "./card-form";
import { ExpressButtons } from "./express-buttons";
import { Icon } from "./icon";
import { OptionList } from "./option-list";
import { PayButton } from "./pay-button";
import { Panel } from "./panel";
import type { CardDraftState } from "./use-card-draft";
import { WalletSheet } from "./wallet-sheet";
import { useWording } from "./wording-context";

type PaymentStepProps = Readonly<{
  state: CheckoutState;
  card: CardDraftState;
  /** The shopper comes from another state of the page, so the focus has to be put somewhere. */
  arrives: boolean;
  onSelect: (optionId: string) => void;
  onOpenSheet: () => void;
  onCloseSheet: () => void;
  onPay: (data?: Record<string, unknown>) => void;
}>;

/** Choosing how to pay, and paying: express buttons, the list, and the one primary button. */
export function PaymentStep(props: PaymentStepProps): ReactElement | null {
  const { state, card, arrives, onSelect, onOpenSheet, onCloseSheet, onPay } = props;
  const { t, money } = useWording();
  const section = useRef<HTMLElement>(null);
  const titleId = useId();
  const { cart } = state;

  useEffect(() => {
    if (!arrives || state.sheetOpen || card.focus) return;
    const target = section.current?.querySelector<HTMLElement>("[data-arrival], input:checked, button");
    target?.focus();
    // Only on arriving: later changes of the state must not pull the focus away.
  }, []);

  if (!cart) return null;
  const busy = state.phase === "paying";
  const listed = listedOptions(state);
  const express = listed.filter(isExpress);
  const rows = listed.filter((option) => !isExpress(option));
  const selected = findOption(state, state.selectedId);
  const total = money(cart.total, cart.currency_code);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (busy || !selected) return;
    const form = formOf(selected);
    if (form === "wallet_sheet") return onOpenSheet();
    if (form !== "card_fields") return onPay();
    const data = card.submit();
    if (data) onPay(data);
  }

  function inside(option: PaymentOptionView): ReactNode {
    switch (formOf(option)) {
      case "card_fields":
        return (
          <CardForm
            client={option.client}
            draft={card.draft}
            errors={card.errors}
            focus={card.focus}
            onChange={card.change}
            onLeave={card.leave}
          />
        );
      case "redirect":
        return <p className="tender-option__note">{t("options.redirect_help")}</p>;
      case "wallet_sheet":
        return <p className="tender-option__note">{t("options.sheet_help", { amount: total })}</p>;
      case "none":
        return null;
    }
  }

  if (listed.length === 0) {
    return (
      <Panel title={t("options.none.title")} icon="info">
        <p className="tender-panel__text">{t("options.none.body")}</p>
      </Panel>
    );
  }

  return (
    <section ref={section} className="tender-payment" aria-labelledby={titleId}>
      <h2 id={titleId} className="tender-payment__title">
        {t("options.title")}
      </h2>
      {state.notice && (
        <p className="tender-notice" tabIndex={-1} data-arrival>
          <Icon name="info" />
          <span>{t(`notice.${state.notice}`, { amount: total })}</span>
        </p>
      )}
      {express.length > 0 && (
        <ExpressButtons options={express} disabled={busy} followed={rows.length > 0} onSelect={onSelect} />
      )}
      {rows.length > 0 && (
        <form className="tender-form" noValidate onSubmit={submit}>
          <OptionList
            options={rows}
            selectedId={state.selectedId}
            disabled={busy}
            onSelect={onSelect}
            formOf={inside}
          />
          <PayButton
            amount={cart.total}
            currencyCode={cart.currency_code}
            busy={busy && !state.sheetOpen}
            paysNow={!selected || formOf(selected) !== "none"}
          />
          <p className="tender-safe">
            <Icon name="lock" />
            <span>{t("pay.safe")}</span>
          </p>
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
