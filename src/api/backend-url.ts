import type { MedusaRequest } from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";

/**
 * Where this server is reached from outside, without a slash at its end: the `admin.backendUrl` of medusa-config.ts where it
 * is a whole address, else the host that the request came to.
 */
export function backendUrlOf(req: MedusaRequest): string {
  const { admin } = req.scope.resolve(ContainerRegistrationKeys.CONFIG_MODULE);
  const configured = admin?.backendUrl ?? "";
  return /^https?:\/\//.test(configured)
    ? configured.replace(/\/+$/, "")
    : `${req.protocol}://${req.get("host") ?? "localhost"}`;
}
