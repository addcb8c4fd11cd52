import { useId, useRef, useState, type ReactElement, type ReactNode } from "react";
import { brandName } from "../card/card-number";
import type { PaymentOptionView, SavedMethodView } from "../client";
import { Mark } from "./mark";
import { useWording } from "./wording-context";

type SavedMethodsListProps = Readonly<{
  option: PaymentOptionView;
  saved: readonly SavedMethodView[];
  /** Told after the form was shown. */
  isLate: boolean;
  /** Undefined: other details, which `children` asks for. */
  chosen: SavedMethodView | undefined;
  disabled: boolean;
  onChoose: (id: string | null) => void;
  children: ReactNode;
}>;

/**
 * What the customer has saved, above the form for anything else. A late list is folded into one line, so that the form the
 * shopper is at hardly moves. Drawn where nothing is saved too: the form keeps its place, and with it what was typed.
 */
export function SavedMethodsList(props: SavedMethodsListProps): ReactElement {
  const { saved, isLate, chosen, children } = props;
  const { t } = useWording();
  const [isUnfolded, setIsUnfolded] = useState(chosen !== undefined);
  const wasOpen = useRef(false);
  wasOpen.current ||= chosen === undefined;
  return (
    <>
      {saved.length > 0 &&
        (isLate ? (
          <details
            className="tender-saved-late"
            open={isUnfolded}
            onToggle={({ currentTarget }) => setIsUnfolded(currentTarget.open)}
          >
            <summary>{t("saved.late")}</summary>
            <SavedMethodRows {...props} />
          </details>
        ) : (
          <SavedMethodRows {...props} />
        ))}
      {/* Once it was open it stays: what was typed into it is nowhere else. */}
      <div hidden={chosen !== undefined}>{wasOpen.current && children}</div>
    </>
  );
}

function SavedMethodRows(props: SavedMethodsListProps): ReactElement {
  const { option, saved, chosen, disabled, onChoose } = props;
  const { t } = useWording();
  const name = useId();
  return (
    <fieldset className="tender-saved" disabled={disabled}>
      <legend className="tender-hidden">{t("saved.legend")}</legend>
      {saved.map((method) => (
        <label key={method.id} className="tender-saved__row">
          <input
            type="radio"
            name={name}
            checked={method.id === chosen?.id}
            onChange={() => onChoose(method.id)}
          />
          <span className="tender-saved__name">
            <SavedMethodName option={option} method={method} />
          </span>
          {method.brand && <Mark name={method.brand} />}
        </label>
      ))}
      <label className="tender-saved__row">
        <input type="radio" name={name} checked={chosen === undefined} onChange={() => onChoose(null)} />
        <span className="tender-saved__name">{t("saved.another")}</span>
      </label>
    </fieldset>
  );
}

type SavedMethodNameProps = Readonly<{ option: PaymentOptionView; method: SavedMethodView }>;

/** A card by its brand; an account, of which nothing is told that could be shown, by its service. */
function SavedMethodName({ option, method }: SavedMethodNameProps): ReactElement {
  const { brand, last4, exp_month, exp_year } = method;
  const { t } = useWording();
  const title =
    (brand && brandName(brand)) ||
    (option.method === "card" ? t("saved.card") : t("saved.account", { method: option.title }));
  const date = `${String(exp_month).padStart(2, "0")}/${String(exp_year).slice(-2)}`;
  return (
    <>
      <span>{last4 ? t("saved.ending", { brand: title, last4 }) : title}</span>
      {exp_month !== null && exp_year !== null && (
        <span className="tender-saved__expiry">{t("saved.expires", { date })}</span>
      )}
    </>
  );
}
