import { Button, Text, toast, usePrompt } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminSavedPaymentMethod } from "../../api/admin/customers/[id]/payment-methods/contract";
import { OutcomeBadge } from "../attempts/outcome-badge";
import { useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";

/** Keeps a name and its digits together in either direction of writing. */
const isolated = (text: string) => `\u2068${text}\u2069`;

/** One saved method, and its removal. @param path of all of the customer's */
export function SavedMethodRow({
  method,
  path,
}: Readonly<{ method: AdminSavedPaymentMethod; path: string }>): ReactElement {
  const { t, method: nameOf } = useTexts();
  const prompt = usePrompt();
  const { brand, last4, exp_month, exp_year, provider_id } = method;
  const name = brand === null ? nameOf(method.method) : brand.charAt(0).toUpperCase() + brand.slice(1);
  const whole_name = isolated(last4 === null ? name : `${name} •••• ${last4}`);
  const { mutate, isPending } = useChange<unknown>({
    onDone: () => toast.success(t("saved_methods.removed_toast", { method: whole_name })),
  });

  async function remove() {
    const is_sure = await prompt({
      title: t("saved_methods.remove_title", { method: whole_name }),
      description: t("saved_methods.remove_text"),
      confirmText: t("saved_methods.remove"),
      cancelText: t("common.cancel"),
    });
    if (is_sure && !isPending) {
      const one = `${encodeURIComponent(provider_id)}/${encodeURIComponent(method.id)}`;
      mutate({ path: `${path}/${one}`, method: "DELETE" });
    }
  }

  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 py-4">
      <div>
        <Text size="small" weight="plus">
          <bdi dir={brand === null ? undefined : "ltr"}>{name}</bdi>
          {last4 !== null && (
            <bdi dir="ltr" className="text-ui-fg-subtle ms-2 font-normal">
              •••• {last4}
            </bdi>
          )}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          <bdi>{provider_id}</bdi>
          {exp_month !== null && exp_year !== null && (
            <span>
              {" · "}
              {t("saved_methods.expires")}{" "}
              <bdi dir="ltr">
                {String(exp_month).padStart(2, "0")}/{exp_year}
              </bdi>
            </span>
          )}
        </Text>
      </div>
      <div className="flex items-center gap-x-2">
        {isOver(exp_year, exp_month) && (
          <OutcomeBadge color="orange">{t("saved_methods.expired")}</OutcomeBadge>
        )}
        <Button
          size="small"
          variant="secondary"
          isLoading={isPending}
          aria-label={t("saved_methods.remove_one", { method: whole_name })}
          onClick={() => void remove()}
        >
          {t("saved_methods.remove")}
        </Button>
      </div>
    </li>
  );
}

/** Cards are good until their month ends. */
function isOver(year: number | null, month: number | null): boolean {
  return year !== null && month !== null && new Date(year, month, 1) <= new Date();
}
