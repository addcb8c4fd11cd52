import type { PaymentOptionView } from "../client";
import type { GatewayForm } from "../gateway-form";

/** The kinds of form this page draws by itself. A gateway names one in `client.form`; the page knows no gateway. */
export const FORMS = ["card_fields", "wallet_sheet", "redirect", "none"] as const;

/** `gateway`: a form of the gateway's own, drawn by its {@link GatewayForm}. */
export type FormKind = (typeof FORMS)[number] | "gateway";

/** The form an option needs; none where its gateway names none. */
export function formOf({ client }: PaymentOptionView): FormKind {
  if (client["form"] === undefined) return "none";
  return FORMS.find((form) => form === client["form"]) ?? "gateway";
}

/** What draws the form of the gateway's own that this option asks for. */
export function gatewayFormOf(
  option: PaymentOptionView,
  forms: readonly GatewayForm[],
): GatewayForm | undefined {
  return formOf(option) === "gateway" ? forms.find((form) => form.draws(option)) : undefined;
}

/**
 * Whether an option can be paid without its gateway's form, by going to a page of the service's: `form_without_script` is
 * "redirect" then, beside the name of the form.
 */
export function worksWithoutScript({ client }: PaymentOptionView): boolean {
  return client["form_without_script"] === "redirect";
}

/**
 * The option as it can be drawn here; null for one that asks for what only a form written for its gateway can ask,
 * where there is none.
 */
export function asDrawn<Option extends PaymentOptionView>(
  option: Option,
  forms: readonly GatewayForm[],
): Option | null {
  if (formOf(option) !== "gateway" || gatewayFormOf(option, forms)) return option;
  return worksWithoutScript(option) ? { ...option, client: { ...option.client, form: "redirect" } } : null;
}

/** True for an option shown as a button above the list: only what opens a wallet's sheet can be used without the list. */
export function isExpress(option: PaymentOptionView): boolean {
  return option.express && ["wallet_sheet", "gateway"].includes(formOf(option));
}
