import { Drawer, InlineTip, Text } from "@medusajs/ui";
import { useState, type ReactElement } from "react";
import type {
  AdminRecoveryRule,
  ChangeableField,
  RuleChange,
} from "../../api/admin/tender/recovery-rules/contract";
import { Choice } from "../components/choice";
import { DrawerHeader } from "../components/drawer-header";
import { useTexts } from "../lib/use-texts";
import { OverrideFooter } from "./override-footer";
import { useRuleWords } from "./use-rule-words";

/** Stands for what Tender has, or, of a switch that may be opted in to, what the plugin's option says. */
const SHIPPED = "shipped";

/** What may be chosen for one rule: the stricter values alone. */
export function RuleDrawer({
  rule,
  risk_switch,
  onClose,
}: Readonly<{ rule: AdminRecoveryRule; risk_switch: boolean; onClose: () => void }>): ReactElement {
  const { t } = useTexts();
  const words = useRuleWords();
  const fields = Object.keys(rule.allowed) as ChangeableField[];
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>(() => chosenIn(rule, fields));
  const change = changeOf(rule, chosen);

  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content>
        <DrawerHeader
          title={words.ruleName(rule)}
          hint={t(fields.length > 0 ? "rules.drawer_hint" : "rules.stricter_none")}
        />
        <Drawer.Body data-choices className="flex flex-1 flex-col gap-y-4 overflow-y-auto">
          <Text size="xsmall" className="text-ui-fg-subtle">
            <bdi>{rule.id}</bdi> · {t("rules.source")}: <bdi dir="ltr">{rule.source}</bdi>
          </Text>
          {rule.override?.problem && (
            <InlineTip variant="warning" label={t("rules.without_effect")}>
              {t(`rules.problems.${rule.override.problem}`)}
            </InlineTip>
          )}
          {fields.map((field) => (
            <Choice
              key={field}
              label={words.field(field)}
              value={chosen[field] ?? SHIPPED}
              onChange={(value) => setChosen({ ...chosen, [field]: value })}
              options={[
                { value: SHIPPED, label: shippedLabel(field) },
                ...(rule.allowed[field] ?? []).map((value) => ({
                  value: String(value),
                  label: words.value(field, value),
                })),
              ]}
              hint={
                field === "opted_in" && chosen[field] === "true" ? (
                  <Text size="xsmall" className="text-ui-fg-subtle">
                    {t("rules.opt_in_warning")}
                  </Text>
                ) : undefined
              }
            />
          ))}
        </Drawer.Body>
        <OverrideFooter
          path={`/admin/tender/recovery-rules/${encodeURIComponent(rule.id)}/override`}
          change={change}
          is_overridden={rule.override !== null}
          texts={{
            saved: t("rules.saved"),
            restored: t("rules.restored"),
            restore_title: t("rules.restore_title"),
            restore_text: t("rules.restore_text", { rule: rule.id }),
          }}
          onClose={onClose}
        />
      </Drawer.Content>
    </Drawer>
  );

  function shippedLabel(field: ChangeableField): string {
    return field === "opted_in"
      ? t(`rules.opted_in_shipped_${risk_switch ? "on" : "off"}`)
      : t("rules.as_shipped", { value: words.value(field, rule.shipped[field] ?? "") });
  }
}

/** What is changed already. One that has no effect is chosen anew. */
function chosenIn(rule: AdminRecoveryRule, fields: readonly ChangeableField[]): Record<string, string> {
  const change = rule.override?.problem ? {} : (rule.override?.change ?? {});
  return Object.fromEntries(
    fields.flatMap((field) => (change[field] === undefined ? [] : [[field, String(change[field])]])),
  );
}

function changeOf({ allowed }: AdminRecoveryRule, chosen: Readonly<Record<string, string>>): RuleChange {
  return Object.fromEntries(
    Object.entries(chosen).flatMap(([field, chosen_value]) => {
      const value = allowed[field as ChangeableField]?.find((each) => String(each) === chosen_value);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}
