import { toast } from "@medusajs/ui";
import type { UseMutationResult } from "@tanstack/react-query";
import type { AdminReplayedWebhooksResult } from "../../api/admin/tender/webhooks/contract";
import { useChange, type Change } from "../lib/api";
import { useTexts } from "../lib/use-texts";

export type ReplayBody = Readonly<{ ids: string[] }> | Readonly<{ dead_of: string; limit: number }>;

/** Works webhooks again and says what became of them. */
export function useReplay(
  onDone?: () => void,
): UseMutationResult<AdminReplayedWebhooksResult, Error, Change<ReplayBody>> {
  const { t } = useTexts();
  return useChange<AdminReplayedWebhooksResult, ReplayBody>({
    onDone: ({ worked }) => {
      tellWorked(t, worked);
      onDone?.();
    },
  });
}

/** What became of them, in a toast. */
export function tellWorked(
  t: ReturnType<typeof useTexts>["t"],
  worked: AdminReplayedWebhooksResult["worked"],
): void {
  const text = t("webhooks.result", worked);
  if (worked.retrying + worked.dead > 0) toast.warning(text);
  else toast.success(text);
}
