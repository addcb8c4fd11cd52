import { defineRouteConfig } from "@medusajs/admin-sdk";
import { Adjustments } from "@medusajs/icons";
import { Container, Heading, Tabs, Text } from "@medusajs/ui";
import { useState, type ReactElement } from "react";
import type { AdminRecoveryRulesResult } from "../../../../api/admin/tender/recovery-rules/contract";
import { Loaded } from "../../../components/states";
import { useApi } from "../../../lib/api";
import { useTexts } from "../../../lib/use-texts";
import { BudgetsSection } from "../../../rules/budgets-section";
import { CodesSection } from "../../../rules/codes-section";
import { RulesSection } from "../../../rules/rules-section";
import { newDraft } from "../../../rules/simulation-draft";
import { SimulatorSection } from "../../../rules/simulator-section";
import { StraysSection } from "../../../rules/strays-section";

/** What a refusal leads to: the rules, the codes they speak of, and a simulator. */
export default function RecoveryRulesPage(): ReactElement {
  const { t } = useTexts();
  const rules = useApi<AdminRecoveryRulesResult>("/admin/tender/recovery-rules");
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="px-6 py-4">
        <Heading level="h1">{t("rules.title")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("rules.hint")}
        </Text>
      </Container>
      <Loaded of={rules} label={t("rules.title")} rows={8}>
        {(data) => <Parts data={data} />}
      </Loaded>
    </div>
  );
}

function Parts({ data }: Readonly<{ data: AdminRecoveryRulesResult }>): ReactElement {
  const { t, language } = useTexts();
  const [tab, setTab] = useState("rules");
  const [draft, setDraft] = useState(() => newDraft(data.providers[0]));
  return (
    <Tabs
      value={tab}
      onValueChange={setTab}
      dir={language === "ar" ? "rtl" : "ltr"}
      className="flex flex-col gap-y-3"
    >
      <Tabs.List aria-label={t("rules.title")}>
        {(["rules", "codes", "simulator"] as const).map((part) => (
          <Tabs.Trigger key={part} value={part}>
            {t(`rules.tabs.${part}`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="rules" className="flex flex-col gap-y-3">
        <StraysSection strays={data.strays} />
        <RulesSection {...data} />
        <BudgetsSection budgets={data.budgets} />
      </Tabs.Content>
      <Tabs.Content value="codes">
        <CodesSection
          providers={data.providers}
          onSimulate={(provider_id, code) => {
            setDraft(
              newDraft(
                data.providers.find((each) => each.provider_id === provider_id),
                code,
              ),
            );
            setTab("simulator");
          }}
        />
      </Tabs.Content>
      <Tabs.Content value="simulator">
        <SimulatorSection draft={draft} providers={data.providers} rules={data.rules} />
      </Tabs.Content>
    </Tabs>
  );
}

export const config = defineRouteConfig({
  label: "rules.title",
  icon: Adjustments,
  rank: 5,
  translationNs: "tender",
});
