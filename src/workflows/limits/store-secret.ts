import { randomBytes } from "node:crypto";
import type { ConfigModule, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";

const own_secret = randomBytes(32).toString("hex");

/** A secret of this store for keyed hashes, the same on all its servers; a random one where Medusa has none. */
export function storeSecret(container: MedusaContainer): string {
  const { projectConfig } = container.resolve<ConfigModule>(ContainerRegistrationKeys.CONFIG_MODULE);
  const { jwtSecret, cookieSecret } = projectConfig.http;
  // The JWT secret may also be a key pair's half, which has no text to speak of.
  return (typeof jwtSecret === "string" ? jwtSecret : undefined) ?? cookieSecret ?? own_secret;
}
