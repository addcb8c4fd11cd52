import { useId, type ReactElement } from "react";
import type { PaymentOptionView } from "../client";
import { useWording } from "./wording-context";

type SaveBoxProps = Readonly<{
  option: PaymentOptionView;
  checked: boolean;
  disabled: boolean;
  onChange: (save: boolean) => void;
}>;

/** Asks a logged-in customer whether what they pay with is to be kept for next time, and says where it is kept. */
export function SaveBox({ option, checked, disabled, onChange }: SaveBoxProps): ReactElement {
  const { t } = useWording();
  const helpId = useId();
  const isCard = option.method === "card";
  return (
    <div className="tender-save">
      <label className="tender-save__row">
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          aria-describedby={helpId}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span>{isCard ? t("save.card") : t("save.account", { method: option.title })}</span>
      </label>
      <p id={helpId} className="tender-save__help">
        {t(isCard ? "save.card_help" : "save.account_help")}
      </p>
    </div>
  );
}
