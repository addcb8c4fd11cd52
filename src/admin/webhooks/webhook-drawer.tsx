import { Button, Drawer, Heading, Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import type { AdminWebhook, AdminWebhookResult } from "../../api/admin/tender/webhooks/contract";
import { OutcomeBadge } from "../attempts/outcome-badge";
import { DrawerHeader } from "../components/drawer-header";
import { Moment } from "../components/moment";
import { Loaded } from "../components/states";
import { TextLink } from "../components/text-link";
import { useApi } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { useReplay } from "./use-replay";
import { COLOR_OF_STATUS } from "./webhook-table";

/** One webhook: where it stands, whose payment it is about, and what of its body may be seen. */
export function WebhookDrawer({ id, onClose }: Readonly<{ id: string; onClose: () => void }>): ReactElement {
  const { t } = useTexts();
  const webhook = useApi<AdminWebhookResult>(`/admin/tender/webhooks/${encodeURIComponent(id)}`);
  const replay = useReplay();
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content aria-describedby={undefined}>
        <DrawerHeader title={<bdi>{webhook.data?.webhook.type ?? t("webhooks.title")}</bdi>} />
        <Drawer.Body className="overflow-y-auto" tabIndex={0}>
          <Loaded of={webhook} label={t("webhooks.title")} rows={6}>
            {({ webhook: found, payload }) => (
              <div className="flex flex-col gap-y-6">
                <Details webhook={found} />
                <div className="flex flex-col gap-y-2">
                  <Heading level="h3">{t("webhooks.payload")}</Heading>
                  <Payload payload={payload} />
                </div>
              </div>
            )}
          </Loaded>
        </Drawer.Body>
        <Drawer.Footer className="gap-x-2 space-x-0">
          <Drawer.Close asChild>
            <Button size="small" variant="secondary">
              {t("common.close")}
            </Button>
          </Drawer.Close>
          <Button
            size="small"
            isLoading={replay.isPending}
            disabled={!webhook.data}
            onClick={() => replay.mutate({ path: "/admin/tender/webhooks/replay", body: { ids: [id] } })}
          >
            {t("webhooks.replay")}
          </Button>
        </Drawer.Footer>
      </Drawer.Content>
    </Drawer>
  );
}

function Details({ webhook }: Readonly<{ webhook: AdminWebhook }>): ReactElement {
  const { t } = useTexts();
  const { status } = webhook;
  const rows: (readonly [string, ReactNode])[] = [
    ["common.provider", <bdi key="provider">{webhook.provider_id}</bdi>],
    ["webhooks.event", <bdi key="event">{webhook.event_id}</bdi>],
    ["webhooks.reference", webhook.reference && <bdi>{webhook.reference}</bdi>],
    [
      "webhooks.attempt",
      webhook.attempt_id && (
        <TextLink to={`/payments/${webhook.attempt_id}`}>{t("webhooks.see_attempt")}</TextLink>
      ),
    ],
    ["webhooks.tries", String(webhook.tries)],
    ["webhooks.came", <Moment key="came" at={webhook.created_at} />],
    ["webhooks.next_try", webhook.next_try_at && <Moment at={webhook.next_try_at} />],
    ["webhooks.finished", webhook.finished_at && <Moment at={webhook.finished_at} />],
    [
      status === "done" ? "webhooks.remark" : "webhooks.error",
      webhook.error && <bdi lang="en">{webhook.error}</bdi>,
    ],
  ];
  return (
    <div className="flex flex-col gap-y-3">
      <div className="flex flex-col items-start gap-y-1">
        <OutcomeBadge color={COLOR_OF_STATUS[status]}>{t(`webhooks.statuses.${status}`)}</OutcomeBadge>
        <Text size="small" className="text-ui-fg-subtle">
          {t(`webhooks.meanings.${status}`)}
        </Text>
      </div>
      <dl className="txt-compact-small flex flex-col gap-y-2">
        {rows.map(
          ([name, value]) =>
            value !== null &&
            value !== "" && (
              <div key={name} className="grid grid-cols-[10rem_1fr] gap-x-4">
                <dt className="text-ui-fg-subtle">{t(name)}</dt>
                <dd className="min-w-0 break-words">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}

function Payload({ payload }: Readonly<Pick<AdminWebhookResult, "payload">>): ReactElement {
  const { t } = useTexts();
  if (payload === null || payload.format === "empty" || payload.format === "other") {
    const text = payload === null ? "forgotten" : payload.format;
    return <Text size="small">{t(`webhooks.payload_${text}`, { bytes: payload?.bytes ?? 0 })}</Text>;
  }
  return (
    <>
      <Text size="small" className="text-ui-fg-subtle">
        {t("webhooks.payload_hint")}
      </Text>
      <pre
        dir="ltr"
        tabIndex={0}
        aria-label={t("webhooks.payload")}
        className="bg-ui-bg-subtle overflow-x-auto rounded-lg p-3 text-start font-mono text-xs"
      >
        {JSON.stringify(payload.content, null, 2)}
      </pre>
    </>
  );
}
