import { Badge, Button, Drawer, Text } from "@medusajs/ui";
import { useState, type ReactElement } from "react";
import type { AdminRecoveryBudgets } from "../../api/admin/tender/recovery-rules/contract";
import { Choice } from "../components/choice";
import { DrawerHeader } from "../components/drawer-header";
import { Moment } from "../components/moment";
import { Section } from "../components/section";
import { useTexts } from "../lib/use-texts";
import { OverrideFooter } from "./override-footer";

/** Each budget, and the least it can be lowered to. */
const BUDGETS = [
  ["retries_on_provider", 0],
  ["switches", 0],
  ["attempts_per_cart", 1],
] as const;

type Budget = (typeof BUDGETS)[number][0];

/** How often a payment is tried, whatever the rules say. */
export function BudgetsSection({ budgets }: Readonly<{ budgets: AdminRecoveryBudgets }>): ReactElement {
  const { t } = useTexts();
  const [editing, setEditing] = useState(false);
  const { now, ceilings, override } = budgets;
  return (
    <Section
      title={t("rules.budgets.title")}
      hint={t("rules.budgets.hint")}
      actions={
        <Button size="small" variant="secondary" onClick={() => setEditing(true)}>
          {t("rules.budgets.edit")}
        </Button>
      }
    >
      <dl className="divide-y">
        {BUDGETS.map(([budget]) => (
          <div key={budget} className="txt-compact-small grid grid-cols-2 items-center gap-x-4 px-6 py-3">
            <dt className="text-ui-fg-subtle">{t(`rules.budgets.${budget}`)}</dt>
            <dd className="flex flex-wrap items-center gap-x-2">
              <bdi>{now[budget]}</bdi>
              {now[budget] < ceilings[budget] && (
                <Badge size="2xsmall" color="orange">
                  {t("rules.budgets.lowered", { ceiling: ceilings[budget] })}
                </Badge>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {override && (
        <Text size="xsmall" className="text-ui-fg-subtle px-6 py-3">
          {override.problem
            ? t(`rules.problems.${override.problem}`)
            : t("rules.changed_by", { who: override.actor_email ?? override.actor_id })}
          {" · "}
          <Moment at={override.updated_at} />
        </Text>
      )}
      {editing && <BudgetsDrawer budgets={budgets} onClose={() => setEditing(false)} />}
    </Section>
  );
}

function BudgetsDrawer({
  budgets: { now, ceilings, override },
  onClose,
}: Readonly<{ budgets: AdminRecoveryBudgets; onClose: () => void }>): ReactElement {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<Readonly<Record<Budget, number>>>(now);
  const lowered = Object.fromEntries(
    BUDGETS.flatMap(([budget]) => (chosen[budget] < ceilings[budget] ? [[budget, chosen[budget]]] : [])),
  );

  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content>
        <DrawerHeader title={t("rules.budgets.title")} hint={t("rules.drawer_hint")} />
        <Drawer.Body className="flex flex-1 flex-col gap-y-4 overflow-y-auto">
          {BUDGETS.map(([budget, least]) => (
            <Choice
              key={budget}
              label={t(`rules.budgets.${budget}`)}
              value={String(chosen[budget])}
              onChange={(value) => setChosen({ ...chosen, [budget]: Number(value) })}
              options={Array.from({ length: ceilings[budget] - least + 1 }, (_, below) => {
                const value = ceilings[budget] - below;
                const label = t("rules.budgets.at_most", { ceiling: value });
                return { value: String(value), label: below === 0 ? label : String(value) };
              })}
            />
          ))}
        </Drawer.Body>
        <OverrideFooter
          path="/admin/tender/recovery-budgets"
          change={lowered}
          is_overridden={override !== null}
          texts={{
            saved: t("rules.budgets.saved"),
            restored: t("rules.budgets.restored"),
            restore_title: t("rules.budgets.restore_title"),
            restore_text: t("rules.budgets.restore_text"),
          }}
          onClose={onClose}
        />
      </Drawer.Content>
    </Drawer>
  );
}
