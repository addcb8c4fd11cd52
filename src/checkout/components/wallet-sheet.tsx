import { useId, useLayoutEffect, useRef, type ReactElement } from "react";
import type { PaymentOptionView } from "../client";
import { Icon } from "./icon";
import { PayButton } from "./pay-button";
import { useWording } from "./wording-context";

type WalletSheetProps = Readonly<{
  option: PaymentOptionView;
  amount: number;
  currencyCode: string;
  busy: boolean;
  onPay: () => void;
  onCancel: () => void;
}>;

/** A stand-in for a wallet's own sheet, labelled as such: nothing is charged until its button is pressed. */
export function WalletSheet({
  option,
  amount,
  currencyCode,
  busy,
  onPay,
  onCancel,
}: WalletSheetProps): ReactElement {
  const { t, money } = useWording();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // A layout effect is undone while the dialog is still in the page: only then does closing give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className="tender-sheet"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!busy) onCancel();
      }}
    >
      <p className="tender-sheet__badge">
        <Icon name="info" />
        <span>{t("sheet.simulated")}</span>
      </p>
      <h2 id={titleId} className="tender-sheet__title">
        <Icon name={option.icon} />
        <span>{option.title}</span>
      </h2>
      <p className="tender-sheet__explain">{t("sheet.explain", { wallet: option.title })}</p>
      <dl className="tender-facts">
        <div>
          <dt>{t("sheet.account")}</dt>
          <dd>{t("sheet.account_value")}</dd>
        </div>
        <div className="tender-facts__total">
          <dt>{t("sheet.total")}</dt>
          <dd>{money(amount, currencyCode)}</dd>
        </div>
      </dl>
      <PayButton type="button" amount={amount} currencyCode={currencyCode} busy={busy} onClick={onPay} />
      <button
        type="button"
        className="tender-button tender-button--quiet"
        aria-disabled={busy}
        onClick={() => !busy && onCancel()}
      >
        {t("sheet.cancel")}
      </button>
    </dialog>
  );
}
