import { Button } from "@medusajs/ui";
import { useState, type ReactElement } from "react";
import type { AdminPaymentProvider } from "../../api/admin/tender/providers/contract";
import { useTexts } from "../lib/use-texts";
import { IncentiveDrawer } from "./incentive/incentive-drawer";
import { RulesDrawer } from "./rules/rules-drawer";
import { useNames } from "./use-names";

const DRAWERS = { rules: RulesDrawer, incentive: IncentiveDrawer } as const;

/** What opens a provider's rules and its incentive. */
export function OptionExtras({ provider }: Readonly<{ provider: AdminPaymentProvider }>): ReactElement {
  const { t } = useTexts();
  const { providerName } = useNames();
  const [opened, setOpened] = useState<keyof typeof DRAWERS>();
  const Opened = opened && DRAWERS[opened];
  const name = providerName(provider);
  return (
    <>
      {(["rules", "incentive"] as const).map((which) => (
        <Button
          key={which}
          size="small"
          variant="secondary"
          aria-label={t(`option_preview.${which}_of`, { name })}
          onClick={() => setOpened(which)}
        >
          {t(`option_preview.${which}`)}
        </Button>
      ))}
      {Opened && <Opened provider={provider} onClose={() => setOpened(undefined)} />}
    </>
  );
}
