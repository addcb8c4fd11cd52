import type { CardFieldOptions, CardFieldTypes, MerchantStyleObject } from "@paypal/paypal-js/sdk-v6";
import type { FormTheme } from "../../../checkout/gateway-form";
import { cardTexts } from "./texts";

/** The fields in the order they are filled in. */
export const CARD_FIELDS = ["number", "expiry", "cvv", "name"] as const satisfies readonly CardFieldTypes[];

/** What one of PayPal's fields is made with. Its label stands in the page, so the frame's own is for screen readers. */
export function cardFieldOptions(
  type: CardFieldTypes,
  given: Readonly<{ theme: FormTheme; locale: string; direction: "ltr" | "rtl" }>,
): CardFieldOptions {
  const texts = cardTexts(given.locale);
  return {
    type,
    // PayPal fills its own words in where there is none.
    placeholder: type === "expiry" ? "MM / YY" : " ",
    ariaLabel: texts[type],
    ariaInvalidErrorMessage: texts.wrong[type],
    style: cardStyle(given.theme, type === "name" ? given.direction : "ltr"),
  };
}

/** The checkout's own look for what stands in PayPal's frames: the fields of `src/checkout/styles/controls.css`. */
function cardStyle(theme: FormTheme, direction: "ltr" | "rtl"): MerchantStyleObject {
  return {
    input: {
      appearance: "none",
      background: theme.background,
      border: `1px solid ${theme.line}`,
      borderRadius: theme.radius,
      boxShadow: "none",
      color: theme.text,
      // Digits run left to right in every language.
      direction,
      fontFamily: theme.font,
      fontSize: "16px",
      height: "48px",
      padding: "10px 14px",
    },
    "input::placeholder": { color: theme.textQuiet, opacity: 1 },
    "input.focus": { border: `1px solid ${theme.accent}`, outline: `2px solid ${theme.accent}` },
    "input.invalid": { border: `1px solid ${theme.error}`, color: theme.text },
  };
}
