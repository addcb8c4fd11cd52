import { CheckMini, SquareTwoStackMini } from "@medusajs/icons";
import { IconButton, Text, toast } from "@medusajs/ui";
import { useState, type ReactElement, type ReactNode } from "react";
import type { AdminPaymentProvider } from "../../api/admin/tender/providers/contract";
import { OutcomeBadge, type BadgeColor } from "../attempts/outcome-badge";
import { Moment } from "../components/moment";
import { useTexts } from "../lib/use-texts";

const COLOR_OF_HEALTH: Readonly<Record<NonNullable<AdminPaymentProvider["health"]>, BadgeColor>> = {
  closed: "green",
  half_open: "orange",
  open: "red",
};

/** How a provider fares, and where its service sends webhooks. */
export function ProviderFacts({
  provider,
}: Readonly<{ provider: AdminPaymentProvider }>): ReactElement | null {
  const { t } = useTexts();
  const { health, kind, last_error, last_webhook_at, webhook_url } = provider;
  if (kind === "foreign" && webhook_url === null) return null;
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-3 px-6 py-4 lg:grid-cols-2">
      {health && (
        <Fact name={t("options.health")}>
          <OutcomeBadge color={COLOR_OF_HEALTH[health]}>{t(`options.health_${health}`)}</OutcomeBadge>
        </Fact>
      )}
      {kind === "gateway" && (
        <Fact name={t("options.last_error")}>
          {last_error ? (
            <>
              {t(`options.failed_${last_error.kind}`)}{" "}
              <span className="text-ui-fg-muted">
                <Moment at={last_error.at} />
              </span>
            </>
          ) : (
            t("options.no_error")
          )}
        </Fact>
      )}
      <Fact name={t("options.webhook_url")}>
        {webhook_url === null ? t("options.no_webhooks") : <WebhookAddress url={webhook_url} />}
      </Fact>
      {kind === "gateway" && webhook_url !== null && (
        <Fact name={t("options.last_webhook")}>
          {last_webhook_at === null ? t("options.no_webhook_yet") : <Moment at={last_webhook_at} />}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: Readonly<{ name: string; children: ReactNode }>): ReactElement {
  return (
    <div className="min-w-0">
      <dt className="txt-compact-xsmall text-ui-fg-subtle">{name}</dt>
      <dd className="txt-compact-small mt-1">{children}</dd>
    </div>
  );
}

function WebhookAddress({ url }: Readonly<{ url: string }>): ReactElement {
  const { t } = useTexts();
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      toast.error(t("options.not_copied"));
    }
  };
  return (
    <span className="flex items-center gap-x-1">
      <Text size="small" className="min-w-0 break-all" as="span">
        <bdi dir="ltr">{url}</bdi>
      </Text>
      <IconButton
        type="button"
        size="2xsmall"
        variant="transparent"
        aria-label={t("options.copy_webhook_url")}
        onClick={() => void copy()}
        onBlur={() => setCopied(false)}
      >
        {isCopied ? <CheckMini /> : <SquareTwoStackMini />}
      </IconButton>
      <span role="status" className="txt-compact-xsmall text-ui-fg-subtle">
        {isCopied && t("common.copied")}
      </span>
    </span>
  );
}
