import type { AdminHiddenReason } from "../../../api/admin/tender/option-preview/contract";
import type { Named } from "../../../api/admin/tender/providers/[id]/rules/contract";
import { isolated } from "../../lib/isolated";
import { useTexts } from "../../lib/use-texts";
import { useCountryName } from "../choices";

/** Why an option is hidden, as a sentence. */
export function useReasonInWords(): (reason: AdminHiddenReason) => string {
  const { t, money } = useTexts();
  const countryName = useCountryName();
  const say = (code: string, values: Record<string, string> = {}): string =>
    t(`option_preview.reason_${code}`, values);
  const list = (words: readonly string[]): string => words.map(isolated).join(t("options.list_separator"));
  const names = (named: readonly Named[]): string => list(named.map(({ id, name }) => name ?? id));

  return (reason) => {
    switch (reason.code) {
      case "settings_unreadable":
        return say(reason.code, { columns: list(reason.columns) });
      case "currency_of_gateway":
      case "currency_of_operator":
        return say(reason.code, {
          currency: isolated(reason.currency),
          accepted: list(reason.accepted),
        });
      case "country_of_gateway":
      case "country_of_operator":
        return say(reason.code, {
          country: isolated(countryName(reason.country)),
          accepted: list(reason.accepted.map(countryName)),
        });
      case "amount_of_gateway":
      case "amount_of_operator": {
        const { amount, min, max, currency_code } = reason;
        const end = min !== null && amount < min ? "min" : "max";
        return say(`${reason.code}_${end}`, {
          amount: isolated(money(amount, currency_code)),
          limit: isolated(money((end === "min" ? min : max) ?? amount, currency_code)),
        });
      }
      case "customer_group_only":
      case "customer_group_never":
        return say(reason.code, { groups: names(reason.groups) });
      case "product_only":
      case "product_never":
        return say(reason.code, {
          products: reason.products.length > 0 ? names(reason.products) : t("option_preview.no_product"),
        });
      case "declined":
        return say(reason.code, { why: t(`declines.${reason.category}`) });
      default:
        return say(reason.code);
    }
  };
}
