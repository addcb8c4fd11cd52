import type { ReactElement } from "react";
import { useWording } from "./wording-context";

type PayButtonProps = Readonly<{
  amount: number;
  currencyCode: string;
  busy: boolean;
  /** False for a way to pay that moves no money now, such as paying on delivery. */
  paysNow?: boolean;
  type?: "submit" | "button";
  onClick?: () => void;
}>;

/** The one primary button. It says what happens, shows progress in itself, and is deaf while busy. */
export function PayButton({
  amount,
  currencyCode,
  busy,
  paysNow = true,
  type = "submit",
  onClick,
}: PayButtonProps): ReactElement {
  const { t, money } = useWording();
  return (
    <button
      type={type}
      className="tender-button tender-button--primary"
      aria-disabled={busy}
      aria-busy={busy}
      onClick={(event) => {
        // Not the `disabled` attribute: it would take the focus away while the payment runs.
        if (busy) event.preventDefault();
        else onClick?.();
      }}
    >
      {busy ? (
        <>
          <span className="tender-spinner" aria-hidden="true" />
          <span>{t("pay.working")}</span>
        </>
      ) : (
        <span>{t(paysNow ? "pay.button" : "pay.place_order", { amount: money(amount, currencyCode) })}</span>
      )}
    </button>
  );
}
