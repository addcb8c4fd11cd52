import type { AdminRecoveryRule, ChangeableField } from "../../api/admin/tender/recovery-rules/contract";
import type { RecoveryStep } from "../../api/admin/tender/recovery-simulation/contract";
import { useTexts } from "../lib/use-texts";

/** Rules, what they say, and the steps of a decision, in the operator's words. */
export function useRuleWords() {
  const { t } = useTexts();
  const value = (field: string, of: string | boolean): string =>
    t(`rules.values.${field}.${String(of)}`, { defaultValue: String(of) });
  /** A rule of a category is called by its category's meaning, one about an error by the error's. */
  const ruleName = ({ id, layer, matches }: Pick<AdminRecoveryRule, "id" | "layer" | "matches">): string => {
    const [category] = matches.categories ?? [];
    if (layer === "category" && category) {
      return t(`declines.${category}`);
    }
    return matches.error_kind
      ? t(`errors.${matches.error_kind}`)
      : t(`rules.names.${id.replaceAll(".", "_")}`, { defaultValue: id });
  };
  return {
    value,
    ruleName,
    field: (field: ChangeableField): string => t(`rules.fields.${field}`),
    layer: (layer: AdminRecoveryRule["layer"]): string => t(`rules.layers.${layer}`),
    /** @param rule the one that spoke */
    step: (step: RecoveryStep, rule: AdminRecoveryRule): string =>
      t(`rules.why.${step.step}.${step.because}`, {
        ...("used" in step && { used: step.used, allowed: step.allowed }),
        ...("layer" in step && { layer: t(`rules.layers.${step.layer}`) }),
        ...(step.step === "rule" && { rule: ruleName(rule) }),
        ...(step.step === "operator" && {
          field: t(`rules.fields.${step.field}`),
          from: value(step.field, step.from),
          to: value(step.field, step.to),
        }),
      }),
  };
}
