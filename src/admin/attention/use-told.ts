import { toast } from "@medusajs/ui";
import type { AdminFindingResult } from "../../api/admin/tender/findings/contract";
import { useTexts } from "../lib/use-texts";

/** Says in a toast what came of it. */
export function useTold(): (answer: AdminFindingResult) => void {
  const { t } = useTexts();
  return ({ finding: { title, resolution }, outcome }) => {
    const by = resolution?.by ?? t("attention.by_tender");
    const text = t(`attention.outcome.${outcome}`, { title, by, what: resolution?.what ?? "" });
    const say = { resolved: toast.success, still_stands: toast.warning, already_resolved: toast.info }[
      outcome
    ];
    say(text);
  };
}
