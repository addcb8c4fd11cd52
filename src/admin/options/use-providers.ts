import { toast, usePrompt } from "@medusajs/ui";
import { useQueryClient } from "@tanstack/react-query";
import type {
  AdminPaymentProvider,
  AdminPaymentProvidersResult,
  ProviderRegionBody,
  ProviderSettingBody,
} from "../../api/admin/tender/providers/contract";
import { useApi, useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { emptiedBy, type Switched } from "./offered";

export const PROVIDERS = "/admin/tender/providers";

/** The address of something of a provider's. */
export function pathOf({ id }: Pick<AdminPaymentProvider, "id">, what: string): string {
  return `${PROVIDERS}/${encodeURIComponent(id)}/${what}`;
}

/** All providers with their settings, the order of options, and the regions. */
export function useProviders() {
  return useApi<AdminPaymentProvidersResult>(PROVIDERS);
}

/** What turns switches. One that takes a region's last option away asks first. */
export function useSwitches(state: AdminPaymentProvidersResult) {
  const { t } = useTexts();
  const prompt = usePrompt();
  const queries = useQueryClient();
  const { mutate } = useChange<AdminPaymentProvidersResult, ProviderSettingBody | ProviderRegionBody>({
    onDone: () => {
      toast.success(t("options.saved"));
      // Medusa's own page of a region shows its providers too.
      void queries.invalidateQueries({ queryKey: ["regions"] });
    },
  });

  async function turn(
    provider: AdminPaymentProvider,
    switched: Omit<Switched, "provider_id">,
  ): Promise<void> {
    const emptied = emptiedBy(state, { ...switched, provider_id: provider.id });
    if (emptied.length > 0) {
      const regions = emptied.map(({ name }) => name).join(t("options.list_separator"));
      const agreed = await prompt({
        title: t("options.last_title"),
        description: t("options.last_text", { regions }),
        confirmText: t("options.last_confirm"),
        cancelText: t("common.cancel"),
        variant: "danger",
      });
      if (!agreed) return;
    }
    mutate(changeOf(provider, switched));
  }

  return turn;
}

function changeOf(
  provider: AdminPaymentProvider,
  { enabled, method, region_id }: Omit<Switched, "provider_id">,
): { path: string; body: ProviderSettingBody | ProviderRegionBody } {
  if (region_id !== undefined) {
    return { path: pathOf(provider, "regions"), body: { region_id, enabled } };
  }
  return {
    path: pathOf(provider, "setting"),
    body: method === undefined ? { enabled } : { methods: { [method]: { enabled } } },
  };
}
