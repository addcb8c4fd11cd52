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
  const { provider_id, region_id, enabled } = wish;
  await requireInstalled(container, provider_id);
  await requireRegion(container, region_id);
  const before = await listRegionProviders(container, region_id);
  if (before.includes(provider_id) !== enabled) {
    await change(container, wish);
  }
  // Also where there is nothing to change: an earlier call may have stopped before it told anybody.
  await container
    .resolve<IEventBusModuleService>(Modules.EVENT_BUS)
    .emit({ name: RegionWorkflowEvents.UPDATED, data: { id: region_id } });
}

/** The line comes first: one without its change is followed by a second when it is repeated, a change without one by none. */
async function change(
  container: MedusaContainer,
  { provider_id, region_id, enabled, actor_id }: RegionWish,
): Promise<void> {
  await tenderModule(container).changes.add({
    actor_id,
    action: enabled ? "region_provider.enable" : "region_provider.disable",
    subject: provider_id,
    before: { region_id, enabled: !enabled },
    after: { region_id, enabled },
  });
  const links = container.resolve(ContainerRegistrationKeys.LINK);
  const link = {
    [Modules.REGION]: { region_id },
    [Modules.PAYMENT]: { payment_provider_id: provider_id },
  };
  await (enabled ? links.create(link) : links.dismiss(link));
}

async function requireRegion(container: MedusaContainer, region_id: string): Promise<void> {
  const [region] = await container
    .resolve<IRegionModuleService>(Modules.REGION)
    .listRegions({ id: region_id }, { select: ["id"] });
  if (!region) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no region ${region_id}.`);
  }
}
