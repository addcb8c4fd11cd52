import { useId, useRef, type ReactElement, type ReactNode } from "react";
import { brandName } from "../card/card-number";
import type { SavedMethodView } from "../client";
import { Mark } from "./mark";
import { useWording } from "./wording-context";

type SavedMethodsListProps = Readonly<{
  saved: readonly SavedMethodView[];
  /** Undefined: other details, which `children` asks for. */
  chosen: SavedMethodView | undefined;
  disabled: boolean;
  onChoose: (id: string | null) => void;
  children: ReactNode;
}>;

/** What the customer has saved, above the form for anything else. */
export function SavedMethodsList(props: SavedMethodsListProps): ReactElement {
  const { saved, chosen, disabled, onChoose, children } = props;
  const { t } = useWording();
  const name = useId();
  const wasOpen = useRef(false);
  wasOpen.current ||= chosen === undefined;
  return (
    <>
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
              <SavedMethodName method={method} />
            </span>
            {method.brand && <Mark name={method.brand} />}
          </label>
        ))}
        <label className="tender-saved__row">
          <input type="radio" name={name} checked={chosen === undefined} onChange={() => onChoose(null)} />
          <span className="tender-saved__name">{t("saved.another")}</span>
        </label>
      </fieldset>
      {/* Once it was open it stays: what was typed into it is nowhere else. */}
      {wasOpen.current && <div hidden={chosen !== undefined}>{children}</div>}
    </>
  );
}

function SavedMethodName({ method }: Readonly<{ method: SavedMethodView }>): ReactElement {
  const { brand, last4, exp_month, exp_year } = method;
  const { t } = useWording();
  const title = (brand && brandName(brand)) || t("saved.card");
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
