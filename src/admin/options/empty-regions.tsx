import { Alert } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminOptionRegion } from "../../api/admin/tender/providers/contract";
import { useTexts } from "../lib/use-texts";

/** Warns of regions where nobody can pay. */
export function EmptyRegions({
  regions,
}: Readonly<{ regions: readonly AdminOptionRegion[] }>): ReactElement | null {
  const { t } = useTexts();
  if (regions.length === 0) return null;
  return (
    <Alert variant="warning" role="alert">
      {t("options.nobody_can_pay", {
        regions: regions.map(({ name }) => name).join(t("options.list_separator")),
      })}
    </Alert>
  );
}
