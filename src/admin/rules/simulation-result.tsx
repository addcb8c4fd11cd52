import { Badge, Heading, InlineTip, Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import type { AdminSimulationResult } from "../../api/admin/tender/recovery-simulation/contract";
import { Section } from "../components/section";
import { useTexts } from "../lib/use-texts";
import { useRuleWords } from "./use-rule-words";

/** What would happen, which rule says so and why, and who sees what. */
export function SimulationResult({
  simulation: { decision, decline, finding, is_known, rule, shipped_decision, shopper, steps },
}: Readonly<{ simulation: AdminSimulationResult }>): ReactElement {
  const { t } = useTexts();
  const words = useRuleWords();
  return (
    <Section title={t("rules.simulator.result")}>
      <div className="flex flex-col gap-y-2 px-6 py-4" data-action={decision.action}>
        <Text weight="plus">{t(`rules.actions.${decision.action}`)}</Text>
        {decision.silent && (
          <div>
            <Badge size="2xsmall">{t("rules.simulator.by_itself")}</Badge>
          </div>
        )}
        {!is_known && (
          <InlineTip variant="warning" label={t("rules.codes.code")}>
            {t("rules.simulator.unknown_code")}
          </InlineTip>
        )}
        {shipped_decision && (
          <InlineTip variant="info" label={t("rules.changed")}>
            {t("rules.simulator.changed", { action: t(`rules.actions.${shipped_decision.action}`) })}
          </InlineTip>
        )}
      </div>
      <Part title={t("rules.simulator.speaks")}>
        <Text size="small">{words.ruleName(rule)}</Text>
        <Text size="xsmall" className="text-ui-fg-subtle">
          <bdi>{rule.id}</bdi> · {t("rules.source")}: <bdi dir="ltr">{rule.source}</bdi>
        </Text>
      </Part>
      <Part title={t("rules.simulator.why")}>
        <ol className="txt-small flex list-decimal flex-col gap-y-1 ps-5">
          {steps.map((step, at) => (
            <li key={at} className={step.step === "operator" ? "font-medium" : ""}>
              {words.step(step, rule)}
            </li>
          ))}
        </ol>
      </Part>
      <Part title={t("rules.simulator.shopper")}>
        {(
          [
            ["in_english", "en", "ltr"],
            ["in_arabic", "ar", "rtl"],
          ] as const
        ).map(([name, language, direction]) => (
          <div key={language}>
            <Text size="xsmall" className="text-ui-fg-subtle">
              {t(`rules.simulator.${name}`)}
            </Text>
            <Text size="small" lang={language} dir={direction}>
              {shopper[language].message}
            </Text>
          </div>
        ))}
      </Part>
      <Part title={t("rules.simulator.operator")}>
        <Text size="small">{t(`declines.${decline.category}`)}</Text>
        <Text size="xsmall" className="text-ui-fg-subtle">
          {t("attempts.code")}: <bdi>{decline.code}</bdi>
          {decline.network_code !== null && (
            <>
              {" · "}
              {t("attempts.network_code")}: <bdi>{decline.network_code}</bdi>
            </>
          )}
          {decline.advice_code !== null && (
            <>
              {" · "}
              {t("attempts.advice_code")}: <bdi>{decline.advice_code}</bdi>
            </>
          )}
        </Text>
        <Text size="small">
          {finding === null ? t("rules.simulator.no_finding") : t(`rules.findings.${finding}`)}
        </Text>
      </Part>
    </Section>
  );
}

function Part({ title, children }: Readonly<{ title: string; children: ReactNode }>): ReactElement {
  return (
    <div className="flex flex-col gap-y-1 px-6 py-4">
      <Heading level="h3">{title}</Heading>
      {children}
    </div>
  );
}
