import { EllipsisHorizontal } from "@medusajs/icons";
import { DropdownMenu, IconButton, toast, usePrompt } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminManualRefund, AdminManualRefundResult } from "../../api/admin-contract";
import { useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { refundPath } from "./paths";

/** Preparing it anew, and giving it up: each asks once. */
export function ManualRefundMenu({
  refund,
  shown,
}: Readonly<{ refund: AdminManualRefund; shown: string }>): ReactElement {
  const { t } = useTexts();
  const prompt = usePrompt();
  const prepare = useChange<AdminManualRefundResult>({
    onDone: () => toast.success(t("refunds.prepared_toast")),
  });
  const drop = useChange<AdminManualRefundResult>({
    onDone: () => toast.success(t("refunds.dropped_toast", { amount: shown })),
  });
  const is_busy = prepare.isPending || drop.isPending;
  const { status } = refund;

  async function ask(act: "prepare" | "drop") {
    const is_sure = await prompt({
      title: t(`refunds.${act}_title`, { amount: shown }),
      description: t(`refunds.${act}_text`),
      confirmText: t(`refunds.${act}`),
      cancelText: t("common.cancel"),
      variant: act === "drop" ? "danger" : "confirmation",
    });
    if (is_sure && !is_busy) (act === "drop" ? drop : prepare).mutate({ path: refundPath(refund, act) });
  }

  return (
    <DropdownMenu>
      <DropdownMenu.Trigger asChild>
        <IconButton size="small" variant="transparent" aria-label={t("refunds.more")} disabled={is_busy}>
          <EllipsisHorizontal />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content>
        {status !== "waits_for_payee" && (
          <DropdownMenu.Item onSelect={() => void ask("prepare")}>{t("refunds.prepare")}</DropdownMenu.Item>
        )}
        {status !== "signed" && (
          <DropdownMenu.Item onSelect={() => void ask("drop")}>{t("refunds.drop")}</DropdownMenu.Item>
        )}
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}
