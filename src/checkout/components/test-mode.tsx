import type { ReactElement } from "react";
import { formatCardNumber } from "../card/card-number";
import { Icon } from "./icon";
import { useWording } from "./wording-context";

/** Said so that nobody types a card of their own into a form that only looks like a real one. */
export function TestMode({ number }: Readonly<{ number?: unknown }>): ReactElement {
  const { t } = useWording();
  // It must not break across lines, where right-to-left text would turn its parts around.
  const whole = typeof number === "string" ? formatCardNumber(number).replaceAll(" ", "\u00a0") : "";
  const text = whole === "" ? t("card.test_mode") : t("card.test_mode_number", { number: whole });
  return (
    <p className="tender-card-form__test">
      <Icon name="info" />
      <span>{text}</span>
    </p>
  );
}
