import { useEffect, useRef, type ChangeEvent, type ReactElement } from "react";
import type { CardDraft, CardErrors, CardField } from "../card/card-draft";
import { brandName, brandOf, cvcDigitsOf, digitsOf, formatCardNumber } from "../card/card-number";
import { formatExpiry } from "../card/expiry";
import { Field } from "./field";
import { Mark } from "./mark";
import { TestMode } from "./test-mode";
import { useCaret } from "./use-caret";
import { useWording } from "./wording-context";

type CardFormProps = Readonly<{
  /** What the gateway tells of its form: `test_mode`, and a `test_number` to try then. */
  client?: Readonly<Record<string, unknown>>;
  draft: CardDraft;
  errors: CardErrors;
  /** A field to put the focus into; a new object asks again. */
  focus: Readonly<{ field: CardField }> | null;
  onChange: (draft: CardDraft) => void;
  /** The shopper left a field; its error may be shown from now on. */
  onLeave: (field: CardField) => void;
}>;

/** Card number, expiry date and security code. What is typed belongs to the form around it. */
export function CardForm({
  client = {},
  draft,
  errors,
  focus,
  onChange,
  onLeave,
}: CardFormProps): ReactElement {
  const { t } = useWording();
  const fields = useRef<Partial<Record<CardField, HTMLInputElement | null>>>({});
  const keepCaret = useCaret();
  const brand = brandOf(draft.number);

  useEffect(() => {
    const field = focus && fields.current[focus.field];
    field?.focus();
    // So that a new number can simply be typed over the refused one.
    field?.select();
  }, [focus]);

  const shared = (field: CardField, format: (typed: string) => string) => {
    const error = errors[field];
    return {
      ref: (element: HTMLInputElement | null) => {
        fields.current[field] = element;
      },
      error: error && t(error.key, { count: error.count ?? 0 }),
      value: draft[field],
      inputMode: "numeric" as const,
      onBlur: () => onLeave(field),
      onChange: ({ target }: ChangeEvent<HTMLInputElement>) => {
        const shown = format(target.value);
        keepCaret(target, shown);
        onChange({ ...draft, [field]: shown });
      },
    };
  };

  return (
    <div className="tender-card-form">
      {client["test_mode"] === true && <TestMode number={client["test_number"]} />}
      <Field
        {...shared("number", formatCardNumber)}
        label={t("card.number")}
        autoComplete="cc-number"
        className="tender-card-form__number"
        end={
          brand !== "" && (
            <span className="tender-card-form__brand" role="img" aria-label={brandName(brand)}>
              <Mark name={brand} />
            </span>
          )
        }
      />
      <Field
        {...shared("expiry", (typed) => formatExpiry(typed, draft.expiry))}
        label={t("card.expiry")}
        autoComplete="cc-exp"
        placeholder={t("card.expiry_format")}
      />
      <Field
        {...shared("cvc", (typed) => digitsOf(typed).slice(0, cvcDigitsOf(draft.number)))}
        label={t("card.cvc")}
        help={t("card.cvc_help")}
        autoComplete="cc-csc"
      />
    </div>
  );
}
