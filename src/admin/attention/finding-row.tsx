import { Button, Text, Tooltip } from "@medusajs/ui";
import type { ReactElement } from "react";
import type {
  AdminFinding,
  AdminFindingAction,
  AdminFindingResult,
  ResolveFindingBody,
} from "../../api/admin/tender/findings/contract";
import { OutcomeBadge, type BadgeColor } from "../attempts/outcome-badge";
import { Facts } from "../components/facts";
import { Moment } from "../components/moment";
import { TextLink } from "../components/text-link";
import { useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { useTold } from "./use-told";

const COLOR_OF_SEVERITY: Readonly<Record<AdminFinding["severity"], BadgeColor>> = {
  high: "red",
  medium: "orange",
  low: "grey",
};

/** One finding: what it means, what was found, what it is about, and what can be done or was done. */
export function FindingRow({
  finding,
  onAsk,
}: Readonly<{ finding: AdminFinding; onAsk: (action: AdminFindingAction) => void }>): ReactElement {
  const { t, money } = useTexts();
  const { payment, severity } = finding;
  return (
    <li className="flex flex-col gap-y-3 px-6 py-4" data-finding={finding.id}>
      <div className="flex items-start justify-between gap-x-4">
        <div className="min-w-0">
          <Text size="small" weight="plus">
            {finding.title}
          </Text>
          <Text size="small" className="text-ui-fg-subtle">
            {finding.meaning}
          </Text>
        </div>
        <div className="flex shrink-0 flex-col items-end gap-y-1">
          {payment && (
            <Text size="small" weight="plus">
              {money(payment.amount, payment.currency_code)}
            </Text>
          )}
          <OutcomeBadge color={COLOR_OF_SEVERITY[severity]}>
            {t(`attention.severities.${severity}`)}
          </OutcomeBadge>
        </div>
      </div>
      <Text
        size="small"
        lang="en"
        dir="ltr"
        className="bg-ui-bg-subtle break-words rounded-lg px-3 py-2 text-start"
      >
        {finding.detail}
      </Text>
      <Facts of={factsOf(finding, t)} />
      {finding.resolution ? (
        <Resolution of={finding.resolution} />
      ) : (
        <Actions finding={finding} onAsk={onAsk} />
      )}
    </li>
  );
}

function factsOf({ payment, ...finding }: AdminFinding, t: ReturnType<typeof useTexts>["t"]) {
  const about_webhook = finding.kind === "webhook_dead";
  const is_own_subject = finding.subject !== finding.provider_id && finding.subject !== payment?.attempt_id;
  return [
    [t("common.provider"), <bdi key="provider">{finding.provider_id}</bdi>],
    [
      t("attention.payment"),
      payment && (
        <TextLink to={`/payments/${payment.attempt_id}`}>
          <bdi>{payment.attempt_id}</bdi>
        </TextLink>
      ),
    ],
    [
      t("attention.order"),
      payment?.order_id ? (
        <TextLink to={`/orders/${payment.order_id}`}>
          {payment.order_number === null ? (
            <bdi>{payment.order_id}</bdi>
          ) : (
            t("attention.order_number", { number: payment.order_number })
          )}
        </TextLink>
      ) : null,
    ],
    [
      t("attention.webhook"),
      about_webhook ? (
        <TextLink to={`/payments/webhooks?webhook=${finding.subject}`}>{t("attention.see_webhook")}</TextLink>
      ) : null,
    ],
    [
      t("attention.subject"),
      is_own_subject && !about_webhook ? <bdi key="subject">{finding.subject}</bdi> : null,
    ],
    [t("attention.found"), <Moment key="found" at={finding.created_at} />],
  ] as const;
}

/** Those that move money or need a note ask first; the others are carried out at once. */
function Actions({
  finding,
  onAsk,
}: Readonly<{ finding: AdminFinding; onAsk: (action: AdminFindingAction) => void }>): ReactElement {
  const { language } = useTexts();
  const change = useChange<AdminFindingResult, ResolveFindingBody>({ onDone: useTold() });
  const choose = (one: AdminFindingAction): void => {
    if (one.moves_money || one.needs_note) {
      onAsk(one);
      return;
    }
    change.mutate({
      path: `/admin/tender/findings/${finding.id}/resolve`,
      body: { action: one.action, locale: language },
    });
  };
  return (
    <div className="flex flex-wrap gap-2">
      {finding.actions.map((one) => (
        <Tooltip key={one.action} content={one.effect}>
          <Button
            size="small"
            variant="secondary"
            disabled={change.isPending}
            isLoading={change.isPending && change.variables.body?.action === one.action}
            onClick={() => choose(one)}
          >
            {one.title}
          </Button>
        </Tooltip>
      ))}
    </div>
  );
}

function Resolution({
  of: { what, by, at },
}: Readonly<{ of: NonNullable<AdminFinding["resolution"]> }>): ReactElement {
  const { t } = useTexts();
  return (
    <div className="border-ui-border-base border-s-2 ps-3">
      <Text size="small">
        <span className="text-ui-fg-subtle">{t("attention.done")}:</span> <bdi>{what}</bdi>
      </Text>
      <Facts
        of={[
          [t("attention.by"), <bdi key="by">{by ?? t("attention.by_tender")}</bdi>],
          [t("attention.at"), <Moment key="at" at={at} />],
        ]}
      />
    </div>
  );
}
