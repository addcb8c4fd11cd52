import type { IUserModuleService, MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";

/** E-mail addresses by the ids of users of the admin; an API key has none. */
export async function actorEmails(
  container: MedusaContainer,
  actor_ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (actor_ids.length === 0) {
    return new Map();
  }
  const users = await container
    .resolve<IUserModuleService>(Modules.USER)
    .listUsers({ id: [...new Set(actor_ids)] }, { select: ["id", "email"] });
  return new Map(users.map(({ id, email }) => [id, email]));
}
