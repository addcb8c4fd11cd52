import { useId, type ReactElement, type ReactNode } from "react";
import type { PaymentOptionView } from "../client";
import { OptionMarks } from "./mark";
import { useWording } from "./wording-context";

type OptionListProps = Readonly<{
  options: readonly PaymentOptionView[];
  selectedId: string | null;
  disabled: boolean;
  onSelect: (optionId: string) => void;
  /** What the chosen option opens in place; null when it needs nothing. */
  formOf: (option: PaymentOptionView) => ReactNode;
  /** Forms that stay in the page, out of sight, once they were open: what was typed into them is nowhere else. */
  isKept?: (option: PaymentOptionView) => boolean;
}>;

/** The ways to pay as one group of radio buttons; the chosen one opens in place. */
export function OptionList({
  options,
  selectedId,
  disabled,
  onSelect,
  formOf,
  isKept = () => false,
}: OptionListProps): ReactElement {
  const { t } = useWording();
  const name = useId();
  return (
    <fieldset className="tender-options" disabled={disabled}>
      <legend className="tender-hidden">{t("options.legend")}</legend>
      {options.map((option) => {
        const isSelected = option.id === selectedId;
        const help = option.incentive?.title ?? option.description;
        const form = isSelected || isKept(option) ? formOf(option) : null;
        return (
          <div key={option.id} className="tender-option" data-selected={isSelected}>
            <label className="tender-option__row">
              <input
                type="radio"
                name={name}
                value={option.id}
                checked={isSelected}
                onChange={() => onSelect(option.id)}
                aria-describedby={help ? `${name}-${option.id}` : undefined}
              />
              <span className="tender-option__text">
                <span className="tender-option__title">{option.title}</span>
                {help && (
                  <span id={`${name}-${option.id}`} className="tender-option__help">
                    {help}
                  </span>
                )}
              </span>
              <OptionMarks option={option} />
            </label>
            {form && (
              <div className="tender-option__form" hidden={!isSelected}>
                {form}
              </div>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
