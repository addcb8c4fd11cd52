import type { ReactElement } from "react";
import { BusyButton } from "./busy-button";
import { useWording } from "./wording-context";

type PayButtonProps = Readonly<{
  amount: number;
  currencyCode: string;
  busy: boolean;
  /** What is to be paid with is not ready yet. */
  disabled?: boolean;
  /** False for a way to pay that moves no money now, such as paying on delivery. */
  paysNow?: boolean;
  type?: "submit" | "button";
  onClick?: () => void;
}>;

/** The button that pays, and says how much. */
export function PayButton({
  amount,
  currencyCode,
  busy,
  disabled = false,
  paysNow = true,
  type = "submit",
  onClick,
}: PayButtonProps): ReactElement {
  const { t, money } = useWording();
  const label = t(paysNow ? "pay.button" : "pay.place_order", { amount: money(amount, currencyCode) });
  const shared = { type, label, busy, disabled, onClick };
  return <BusyButton {...shared} busyLabel={t("pay.working")} />;
}
