import { useTranslation } from "react-i18next";
import { NAMESPACE } from "../i18n/texts";
import { formatMoney, formatTime } from "./format";

/** Our texts, amounts and times in the operator's language. */
export function useTexts() {
  const { t, i18n } = useTranslation(NAMESPACE);
  const { language } = i18n;
  return {
    language,
    /** For what does not ask the page which way it runs, as tabs and selects do not. */
    direction: i18n.dir(language),
    t: (key: string, values: Record<string, string | number> = {}): string => t(key, values),
    money: (amount: number, currency_code: string) => formatMoney(amount, currency_code, language),
    time: (iso: string) => formatTime(iso, language),
    /** A method's common name; its own id where it has none. */
    method: (method: string): string => t(`methods.${method}`, { defaultValue: method }),
  };
}
