import type { IUserModuleService, MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";

/** The e-mail addresses of these users of the admin; ids of others, such as API keys, have none. */
export async function emailsOf(
  container: MedusaContainer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) {
    return new Map();
  }
  const users = await container
    .resolve<IUserModuleService>(Modules.USER)
    .listUsers({ id: [...new Set(ids)] }, { select: ["id", "email"] });
  return new Map(users.map(({ id, email }) => [id, email]));
}
