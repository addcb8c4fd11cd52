import { Checkbox, Table, Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminWebhook } from "../../api/admin/tender/webhooks/contract";
import { OutcomeBadge, type BadgeColor } from "../attempts/outcome-badge";
import { Moment } from "../components/moment";
import { useTexts } from "../lib/use-texts";

export const COLOR_OF_STATUS: Readonly<Record<AdminWebhook["status"], BadgeColor>> = {
  received: "blue",
  retrying: "orange",
  done: "green",
  dead: "red",
};

/** One page of the inbox. A row's event opens its details. */
export function WebhookTable({
  webhooks,
  chosen,
  onChoose,
  onShow,
}: Readonly<{
  webhooks: readonly AdminWebhook[];
  chosen: readonly string[];
  onChoose: (ids: readonly string[]) => void;
  onShow: (id: string) => void;
}>): ReactElement {
  const { t } = useTexts();
  const all = chosen.length === webhooks.length;
  return (
    <div className="overflow-x-auto" role="region" tabIndex={0} aria-label={t("webhooks.table")}>
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell className="w-12">
              <Checkbox
                aria-label={t("webhooks.choose_all")}
                checked={all ? true : chosen.length > 0 ? "indeterminate" : false}
                onCheckedChange={() => onChoose(all ? [] : webhooks.map(({ id }) => id))}
              />
            </Table.HeaderCell>
            {["webhooks.event", "common.status", "common.provider", "webhooks.tries", "webhooks.came"].map(
              (name) => (
                <Table.HeaderCell key={name} className="text-start">
                  {t(name)}
                </Table.HeaderCell>
              ),
            )}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {webhooks.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              is_chosen={chosen.includes(webhook.id)}
              onToggle={(on) =>
                onChoose(on ? [...chosen, webhook.id] : chosen.filter((id) => id !== webhook.id))
              }
              onShow={() => onShow(webhook.id)}
            />
          ))}
        </Table.Body>
      </Table>
    </div>
  );
}

function WebhookRow({
  webhook,
  is_chosen,
  onToggle,
  onShow,
}: Readonly<{
  webhook: AdminWebhook;
  is_chosen: boolean;
  onToggle: (on: boolean) => void;
  onShow: () => void;
}>): ReactElement {
  const { t } = useTexts();
  const { event_id, type, status, provider_id, tries, error, next_try_at, created_at } = webhook;
  return (
    <Table.Row data-webhook={webhook.id} className="cursor-pointer" onClick={onShow}>
      <Table.Cell onClick={(event) => event.stopPropagation()}>
        <Checkbox
          aria-label={t("webhooks.choose", { event: event_id })}
          checked={is_chosen}
          onCheckedChange={(on) => onToggle(on === true)}
        />
      </Table.Cell>
      <Table.Cell className="max-w-52 py-2 lg:max-w-80">
        <button
          type="button"
          aria-label={t("webhooks.details", { event: event_id })}
          className="text-ui-fg-base block max-w-full truncate rounded text-start outline-none focus-visible:shadow-borders-focus"
          onClick={(event) => {
            event.stopPropagation();
            onShow();
          }}
        >
          <bdi>{type}</bdi>
        </button>
        <Text size="xsmall" className="text-ui-fg-subtle truncate">
          <bdi>{event_id}</bdi>
        </Text>
        {error !== null && (
          <Text
            size="xsmall"
            lang="en"
            dir="ltr"
            className="text-ui-fg-subtle truncate rtl:text-right"
            title={error}
          >
            {error}
          </Text>
        )}
      </Table.Cell>
      <Table.Cell>
        <OutcomeBadge color={COLOR_OF_STATUS[status]}>{t(`webhooks.statuses.${status}`)}</OutcomeBadge>
        {next_try_at !== null && status === "retrying" && (
          <Text size="xsmall" className="text-ui-fg-subtle whitespace-nowrap">
            {t("webhooks.next_try")}: <Moment at={next_try_at} />
          </Text>
        )}
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        <bdi>{provider_id}</bdi>
      </Table.Cell>
      <Table.Cell>{tries}</Table.Cell>
      <Table.Cell>
        <Moment at={created_at} />
      </Table.Cell>
    </Table.Row>
  );
}
