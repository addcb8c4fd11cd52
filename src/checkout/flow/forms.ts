import type { PaymentOptionView } from "../client";

/** The kinds of form a method can ask for. A gateway names one in `client.form`; the page knows no gateway. */
export const FORMS = ["card_fields", "wallet_sheet", "redirect", "none"] as const;

export type FormKind = (typeof FORMS)[number];

/** The form an option needs; none where its gateway names none. */
export function formOf(option: PaymentOptionView): FormKind {
  return FORMS.find((form) => form === option.client["form"]) ?? "none";
}

/** False for an option that asks for what only a page written for its gateway can ask. */
export function canBeDrawn({ client }: PaymentOptionView): boolean {
  return client["form"] === undefined || FORMS.some((form) => form === client["form"]);
}

/** True for an option shown as a button above the list. Only a wallet's sheet can be used without the list. */
export function isExpress(option: PaymentOptionView): boolean {
  return option.express && formOf(option) === "wallet_sheet";
}
