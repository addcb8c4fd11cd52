import { Badge, Button, Text, toast } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminRecoveryOverride } from "../../api/admin/tender/recovery-rules/contract";
import { Moment } from "../components/moment";
import { Section } from "../components/section";
import { useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";

/** Overrides of rules that this version does not have. */
export function StraysSection({
  strays,
}: Readonly<{ strays: readonly AdminRecoveryOverride[] }>): ReactElement | null {
  const { t } = useTexts();
  const remove = useChange({ onDone: () => toast.success(t("rules.removed")) });
  if (strays.length === 0) {
    return null;
  }
  return (
    <Section title={t("rules.strays")} hint={t("rules.strays_hint")}>
      <ul className="divide-y">
        {strays.map(({ rule_id, actor_email, actor_id, updated_at }) => (
          <li key={rule_id} className="flex items-center justify-between gap-x-4 px-6 py-3">
            <div>
              <Text size="small" weight="plus">
                <bdi>{rule_id}</bdi> <Badge size="2xsmall">{t("rules.without_effect")}</Badge>
              </Text>
              <Text size="xsmall" className="text-ui-fg-subtle">
                {t("rules.problems.unknown_rule")} {t("rules.changed_by", { who: actor_email ?? actor_id })}
                {" · "}
                <Moment at={updated_at} />
              </Text>
            </div>
            <Button
              size="small"
              variant="secondary"
              aria-label={`${t("rules.remove_stray")}: ${rule_id}`}
              isLoading={remove.isPending}
              onClick={() =>
                remove.mutate({
                  path: `/admin/tender/recovery-rules/${encodeURIComponent(rule_id)}/override`,
                  method: "DELETE",
                })
              }
            >
              {t("rules.remove_stray")}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
