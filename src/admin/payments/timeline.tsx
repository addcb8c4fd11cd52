import { Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import { Link } from "react-router-dom";
import type {
  AdminAttemptEvent,
  AdminPaymentAttemptDetail,
} from "../../api/admin/tender/payment-attempts/contract";
import { COLOR_OF_OUTCOME } from "../attempts/attempt-operations";
import { OutcomeBadge, type BadgeColor } from "../attempts/outcome-badge";
import { Moment } from "../components/moment";
import { Section } from "../components/section";
import { useTexts } from "../lib/use-texts";
import { useFiguresTexts } from "./use-figures-texts";

type EventOf<Type> = Extract<AdminAttemptEvent, { type: Type }>;

/** Everything that happened to an attempt, first to last. */
export function Timeline({ attempt }: Readonly<{ attempt: AdminPaymentAttemptDetail }>): ReactElement {
  const { t } = useTexts();
  return (
    <Section title={t("payments.timeline")} hint={t("payments.timeline_hint")}>
      <ol aria-label={t("payments.timeline")} className="divide-y">
        {attempt.timeline.map((event, at) => (
          <li key={at} data-event={event.type} className="px-6 py-3">
            <Happened event={event} took_over={attempt.fallback_of !== null} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Happened({
  event,
  took_over,
}: Readonly<{ event: AdminAttemptEvent; took_over: boolean }>): ReactElement {
  const { t } = useTexts();
  const name = t(`payments.events.${event.type}`);
  switch (event.type) {
    case "operation":
      return <Operation event={event} />;
    case "refused":
      return <Refused event={event} name={name} />;
    case "webhook":
      return <Webhook event={event} name={name} />;
    case "finding_opened":
    case "finding_resolved":
      return <Finding event={event} name={name} />;
    case "order_placed":
      return (
        <Entry at={event.at} title={name}>
          <Link to={`/orders/${event.order.id}`} className="text-ui-fg-base underline">
            {t("payments.order_number", { number: event.order.display_id })}
          </Link>
        </Entry>
      );
    case "changed":
      return (
        <Entry at={event.at} title={name}>
          <bdi>{event.action}</bdi> · <bdi>{event.actor_id}</bdi>
        </Entry>
      );
    case "begun":
      return (
        <Entry at={event.at} title={name}>
          {took_over && t("payments.took_over")}
        </Entry>
      );
    case "approved":
      return <Entry at={event.at} title={name} badge={["green", name]} />;
  }
}

/** One line of the timeline: when, what, how it ended, and what there is to say about it. */
function Entry({
  at,
  title,
  badge,
  children,
}: Readonly<{
  at: string;
  title: ReactNode;
  badge?: readonly [color: BadgeColor, text: string];
  children?: ReactNode;
}>): ReactElement {
  return (
    <div className="flex flex-col gap-y-1">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <Text size="small" weight="plus">
          {title}
        </Text>
        <span className="flex items-center gap-x-3">
          {badge && <OutcomeBadge color={badge[0]}>{badge[1]}</OutcomeBadge>}
          <Text as="span" size="xsmall" className="text-ui-fg-subtle">
            <Moment at={at} />
          </Text>
        </span>
      </div>
      {children && (
        <Text as="div" size="small" className="text-ui-fg-subtle">
          {children}
        </Text>
      )}
    </div>
  );
}

function Operation({ event: { at, operation } }: Readonly<{ event: EventOf<"operation"> }>): ReactElement {
  const { t, money, duration } = useFiguresTexts();
  const { kind, status, amount, currency_code, error, started_at, finished_at } = operation;
  const took_ms = finished_at === null ? null : Date.parse(finished_at) - Date.parse(started_at);
  return (
    <Entry
      at={at}
      badge={[COLOR_OF_OUTCOME[status], t(`outcomes.${status}`)]}
      title={
        <>
          {t(`kinds.${kind}`)}
          {amount !== null && currency_code !== null && (
            <bdi className="text-ui-fg-subtle font-normal"> {money(amount, currency_code)}</bdi>
          )}
        </>
      }
    >
      {took_ms === null
        ? t("attempts.still_running")
        : t("payments.took", { time: duration(Math.max(took_ms, 0)) })}
      {error && (
        <span className="block">
          {t(`errors.${error.kind}`)}{" "}
          {error.message && <bdi className="text-ui-fg-subtle">{error.message}</bdi>}
        </span>
      )}
    </Entry>
  );
}

function Refused({ event, name }: Readonly<{ event: EventOf<"refused">; name: string }>): ReactElement {
  const { t } = useTexts();
  const { decline, recovery, at } = event;
  const codes = [
    ["code", decline?.code],
    ["network_code", decline?.network_code],
    ["advice_code", decline?.advice_code],
    ["rule", recovery?.rule_id],
  ] as const;
  return (
    <Entry at={at} title={name} badge={["red", t("statuses.declined")]}>
      {decline && <span className="block">{t(`declines.${decline.category}`)}</span>}
      {recovery && <span className="block">{t(`recoveries.${recovery.action}`)}</span>}
      <dl className="txt-compact-xsmall mt-1 flex flex-wrap gap-x-3">
        {codes.map(
          ([label, code]) =>
            code && (
              <div key={label} className="flex gap-x-1">
                <dt>{t(`attempts.${label}`)}:</dt>
                <dd>
                  <bdi>{code}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
    </Entry>
  );
}

const COLOR_OF_WEBHOOK: Readonly<Record<EventOf<"webhook">["webhook"]["status"], BadgeColor>> = {
  received: "blue",
  retrying: "orange",
  done: "green",
  dead: "red",
};

function Webhook({ event, name }: Readonly<{ event: EventOf<"webhook">; name: string }>): ReactElement {
  const { t } = useTexts();
  const { event_type, status, error } = event.webhook;
  return (
    <Entry
      at={event.at}
      title={name}
      badge={[COLOR_OF_WEBHOOK[status], t(`payments.webhook_states.${status}`)]}
    >
      <bdi>{event_type}</bdi>
      {error && <bdi className="text-ui-fg-subtle block">{error}</bdi>}
    </Entry>
  );
}

function Finding({
  event,
  name,
}: Readonly<{ event: EventOf<"finding_opened" | "finding_resolved">; name: string }>): ReactElement {
  const { finding, type } = event;
  return (
    <Entry
      at={event.at}
      title={
        <>
          {name}: {finding.title}
        </>
      }
    >
      <span className="block">{finding.meaning}</span>
      <bdi className="block">
        {type === "finding_opened" ? finding.detail : (finding.resolution ?? finding.detail)}
      </bdi>
    </Entry>
  );
}
