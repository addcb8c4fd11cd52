import type {
  IEventBusModuleService,
  IRegionModuleService,
  MedusaContainer,
} from "@medusajs/framework/types";
import {
  ContainerRegistrationKeys,
  MedusaError,
  Modules,
  RegionWorkflowEvents,
} from "@medusajs/framework/utils";
import { tenderModule } from "../../medusa/load-cart";
import { listRegionProviders } from "../../pay/list-payment-options";
import { requireInstalled } from "./installed-providers";

export type RegionWish = Readonly<{
  provider_id: string;
  region_id: string;
  enabled: boolean;
  actor_id: string;
}>;

/**
 * Enables a provider for a region, or takes it away there, in Medusa's own settings of regions. Medusa's workflow writes
 * the whole list, which would undo what its page of the region changes meanwhile, and refuses a list with a provider that is
 * missing only for now; so this one link is written alone.
 * @throws MedusaError `NOT_FOUND` for a provider that is not installed and for a region that does not exist
 */
export async function changeRegionProvider(container: MedusaContainer, wish: RegionWish): Promise<void> {
  const { provider_id, region_id, enabled, actor_id } = wish;
  await requireInstalled(container, provider_id);
  await requireRegion(container, region_id);
  const before = await listRegionProviders(container, region_id);
  if (before.includes(provider_id) === enabled) {
    return;
  }
  const links = container.resolve(ContainerRegistrationKeys.LINK);
  const link = {
    [Modules.REGION]: { region_id },
    [Modules.PAYMENT]: { payment_provider_id: provider_id },
  };
  await (enabled ? links.create(link) : links.dismiss(link));
  await tenderModule(container).changes.add({
    actor_id,
    action: enabled ? "region_provider.enable" : "region_provider.disable",
    subject: provider_id,
    before: { region_id, enabled: !enabled },
    after: { region_id, enabled },
  });
  await container
    .resolve<IEventBusModuleService>(Modules.EVENT_BUS)
    .emit({ name: RegionWorkflowEvents.UPDATED, data: { id: region_id } });
}

async function requireRegion(container: MedusaContainer, region_id: string): Promise<void> {
  const [region] = await container
    .resolve<IRegionModuleService>(Modules.REGION)
    .listRegions({ id: region_id }, { select: ["id"] });
  if (!region) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no region ${region_id}.`);
  }
}
