import { Button, Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminConnectionCheck, AdminPaymentProvider } from "../../api/admin/tender/providers/contract";
import { OutcomeBadge } from "../attempts/outcome-badge";
import { useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { useNames } from "./use-names";
import { pathOf } from "./use-providers";

/** Asks the provider's service whether it can be reached with the configured credentials, and says how that went. */
export function ConnectionCheck({ provider }: Readonly<{ provider: AdminPaymentProvider }>): ReactElement {
  const { t } = useTexts();
  const { providerName } = useNames();
  const { data, isPending, mutate } = useChange<AdminConnectionCheck>();
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      <div role="status" className="max-w-80">
        {data && !isPending && <Answer check={data} />}
      </div>
      <Button
        size="small"
        variant="secondary"
        isLoading={isPending}
        aria-label={t("options.check_of", { name: providerName(provider) })}
        onClick={() => mutate({ path: pathOf(provider, "check") })}
      >
        {t("options.check")}
      </Button>
    </div>
  );
}

function Answer({
  check: { ok, error, message, took_ms },
}: Readonly<{ check: AdminConnectionCheck }>): ReactElement {
  const { t } = useTexts();
  if (ok) {
    return <OutcomeBadge color="green">{t("options.check_ok", { ms: took_ms })}</OutcomeBadge>;
  }
  return (
    <div>
      <OutcomeBadge color="red">{t(`options.check_${error ?? "failed"}`)}</OutcomeBadge>
      {message !== null && (
        <Text size="xsmall" className="text-ui-fg-subtle break-words">
          <bdi>{message}</bdi>
        </Text>
      )}
    </div>
  );
}
