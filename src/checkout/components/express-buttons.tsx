import type { ReactElement, ReactNode } from "react";
import type { PaymentOptionView } from "../client";
import { Icon } from "./icon";
import { useWording } from "./wording-context";

type ExpressButtonsProps = Readonly<{
  options: readonly PaymentOptionView[];
  disabled: boolean;
  /** Whether a list of other ways follows, to be told apart by "or". */
  followed: boolean;
  onSelect: (optionId: string) => void;
  /** The button a gateway draws by itself for an option; undefined where this page draws it. */
  ownButton?: (option: PaymentOptionView) => ReactNode;
}>;

/** The wallets above the list: one press opens the wallet's sheet, where the shopper still has to approve. */
export function ExpressButtons(props: ExpressButtonsProps): ReactElement {
  const { options, disabled, followed, onSelect, ownButton = () => undefined } = props;
  const { t } = useWording();
  return (
    <div className="tender-express" role="group" aria-label={t("options.express")}>
      <div className="tender-express__buttons">
        {options.map((option) => {
          const own = ownButton(option);
          if (own !== undefined) {
            return (
              <div key={option.id} className="tender-express__own">
                {own}
              </div>
            );
          }
          return (
            <button
              key={option.id}
              type="button"
              className="tender-button tender-button--express"
              aria-haspopup="dialog"
              aria-disabled={disabled}
              onClick={() => !disabled && onSelect(option.id)}
            >
              <Icon name={option.icon} />
              <span>{option.title}</span>
            </button>
          );
        })}
      </div>
      {followed && (
        <p className="tender-express__or">
          <span>{t("options.or_pay_another_way")}</span>
        </p>
      )}
    </div>
  );
}
