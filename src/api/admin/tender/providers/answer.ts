import type { MedusaRequest } from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { listProviders, type ProviderOverview } from "../../../../workflows/operate/options/list-providers";
import type { AdminPaymentProvider, AdminPaymentProvidersResult } from "./contract";

/** Medusa's own provider, of which no service knows. */
const NO_SERVICE = "pp_system_default";

/** All providers as they are now. */
export async function providersAnswer(req: MedusaRequest): Promise<AdminPaymentProvidersResult> {
  const { providers, ...rest } = await listProviders(req.scope);
  const backend_url = backendUrl(req);
  return { ...rest, providers: providers.map((provider) => providerView(provider, backend_url)) };
}

function providerView(provider: ProviderOverview, backend_url: string): AdminPaymentProvider {
  const { id, set_up, setting, last_failure, sends_webhooks } = provider;
  const { kind, account, health, unreadable, methods, region_ids } = provider;
  return {
    id,
    kind,
    name: set_up?.name ?? null,
    account,
    mode: set_up?.mode ?? null,
    missing: set_up?.missing ?? [],
    webhook_url:
      sends_webhooks && id !== NO_SERVICE
        ? `${backend_url}/hooks/payment/${encodeURIComponent(id.replace(/^pp_/, ""))}`
        : null,
    last_webhook_at: provider.last_webhook_at?.toISOString() ?? null,
    health,
    last_error: last_failure && { ...last_failure, at: last_failure.at.toISOString() },
    ...setting,
    unreadable,
    methods,
    region_ids,
  };
}

/** The server's address as it is configured (`admin.backendUrl`, `MEDUSA_BACKEND_URL`), else as it was asked. */
function backendUrl(req: MedusaRequest): string {
  const { admin } = req.scope.resolve(ContainerRegistrationKeys.CONFIG_MODULE);
  const configured = admin?.backendUrl ?? "";
  return /^https?:\/\//.test(configured)
    ? configured.replace(/\/+$/, "")
    : `${req.protocol}://${req.get("host") ?? "localhost"}`;
}
