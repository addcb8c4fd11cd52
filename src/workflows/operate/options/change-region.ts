import type { IRegionModuleService, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils";
import { updateRegionsWorkflow } from "@medusajs/medusa/core-flows";
import { tenderModule } from "../../medusa/load-cart";
import { withLock } from "../../medusa/with-lock";
import { listRegionProviders } from "../../pay/list-payment-options";
import { listInstalledProviders, requireInstalled } from "./installed-providers";

const PATIENCE_MS = 15_000;

export type RegionWish = Readonly<{
  provider_id: string;
  region_id: string;
  enabled: boolean;
  actor_id: string;
}>;

/**
 * Enables a provider for a region, or takes it away there, in Medusa's own settings of regions. All other providers of the
 * region stay, whoever changes them meanwhile.
 * @throws MedusaError `NOT_FOUND` for a provider that is not installed and for a region that does not exist
 */
export async function changeRegionProvider(container: MedusaContainer, wish: RegionWish): Promise<void> {
  const { provider_id, region_id, enabled, actor_id } = wish;
  await requireInstalled(container, provider_id);
  await requireRegion(container, region_id);
  const changed = await withLock(
    container,
    `tender:region-providers:${region_id}`,
    async () => {
      const before = await listRegionProviders(container, region_id);
      if (before.includes(provider_id) === enabled) {
        return false;
      }
      const after = enabled ? [...before, provider_id] : before.filter((id) => id !== provider_id);
      await writeProviders(container, region_id, after);
      return true;
    },
    PATIENCE_MS,
  );
  if (changed) {
    await tenderModule(container).changes.add({
      actor_id,
      action: enabled ? "region_provider.enable" : "region_provider.disable",
      subject: provider_id,
      before: { region_id, enabled: !enabled },
      after: { region_id, enabled },
    });
  }
}

/**
 * Medusa's workflow refuses a list with a provider that is not installed (any more) and drops what is not listed. One that
 * is missing only for now, such as while a plugin is being replaced, stays enabled.
 */
async function writeProviders(
  container: MedusaContainer,
  region_id: string,
  provider_ids: readonly string[],
): Promise<void> {
  const installed = new Set((await listInstalledProviders(container)).map(({ id }) => id));
  await updateRegionsWorkflow(container).run({
    input: {
      selector: { id: region_id },
      update: { payment_providers: provider_ids.filter((id) => installed.has(id)) },
    },
  });
  const missing = provider_ids.filter((id) => !installed.has(id));
  if (missing.length > 0) {
    await container.resolve(ContainerRegistrationKeys.LINK).create(
      missing.map((payment_provider_id) => ({
        [Modules.REGION]: { region_id },
        [Modules.PAYMENT]: { payment_provider_id },
      })),
    );
  }
}

async function requireRegion(container: MedusaContainer, region_id: string): Promise<void> {
  const [region] = await container
    .resolve<IRegionModuleService>(Modules.REGION)
    .listRegions({ id: region_id }, { select: ["id"] });
  if (!region) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no region ${region_id}.`);
  }
}
