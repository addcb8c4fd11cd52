import { useTranslation } from "react-i18next";
import { NAMESPACE } from "../i18n/texts";
import type { ChoiceOption } from "../components/choice";

/** The categories of refusals by their meaning. */
export function useCategories(): readonly ChoiceOption[] {
  const { t } = useTranslation(NAMESPACE);
  const texts: Readonly<Record<string, string>> = t("declines", { returnObjects: true });
  return Object.entries(texts).map(([value, label]) => ({ value, label }));
}
