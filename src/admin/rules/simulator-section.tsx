import { useMutation } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import type {
  AdminDecliningProvider,
  AdminRecoveryRule,
} from "../../api/admin/tender/recovery-rules/contract";
import type { AdminSimulationResult } from "../../api/admin/tender/recovery-simulation/contract";
import { Section } from "../components/section";
import { Empty } from "../components/states";
import { hasSessionEnded, toastFailure } from "../lib/api";
import { sdk } from "../lib/sdk";
import { useTexts } from "../lib/use-texts";
import { bodyOf, type SimulationDraft } from "./simulation-draft";
import { SimulationForm } from "./simulation-form";
import { SimulationResult } from "./simulation-result";

/** What would be decided about a refusal, and why. */
export function SimulatorSection({
  draft: given,
  providers,
  rules,
}: Readonly<{
  draft: SimulationDraft;
  providers: readonly AdminDecliningProvider[];
  rules: readonly AdminRecoveryRule[];
}>): ReactElement {
  const { t } = useTexts();
  const [draft, setDraft] = useState(given);
  const simulation = useMutation({
    mutationFn: (asked: SimulationDraft) =>
      sdk.client.fetch<AdminSimulationResult>("/admin/tender/recovery-simulation", {
        method: "POST",
        body: bodyOf(asked),
      }),
    throwOnError: hasSessionEnded,
    onError: toastFailure,
  });
  if (providers.length === 0) {
    return (
      <Section title={t("rules.simulator.title")}>
        <Empty>{t("rules.codes.no_gateways")}</Empty>
      </Section>
    );
  }
  return (
    <div className="grid items-start gap-3 xl:grid-cols-2">
      <Section title={t("rules.simulator.title")} hint={t("rules.simulator.hint")}>
        <SimulationForm
          draft={draft}
          providers={providers}
          rules={rules}
          isRunning={simulation.isPending}
          onChange={(changes) => setDraft({ ...draft, ...changes })}
          onRun={() => simulation.mutate(draft)}
        />
      </Section>
      <div aria-live="polite">
        {simulation.data ? (
          <SimulationResult simulation={simulation.data} />
        ) : (
          <Section title={t("rules.simulator.result")}>
            <Empty>{t("rules.simulator.empty")}</Empty>
          </Section>
        )}
      </div>
    </div>
  );
}
