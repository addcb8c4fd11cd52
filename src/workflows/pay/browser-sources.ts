import type { MedusaContainer } from "@medusajs/framework/types";
import type { BrowserSources } from "../../gateway";
import { listRegionProviders } from "./list-payment-options";
import { findGateway } from "../medusa/payment-providers";

/** What the gateways of a region need the checkout page to allow, one entry for each that needs anything. */
export async function browserSourcesOf(
  container: MedusaContainer,
  region_id: string | null,
): Promise<readonly BrowserSources[]> {
  const provider_ids = await listRegionProviders(container, region_id);
  return provider_ids.flatMap((id) => findGateway(container, id)?.gateway.browser_sources ?? []);
}
