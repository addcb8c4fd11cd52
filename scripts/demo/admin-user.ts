/** The demo's admin account. */
import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { createUserAccountWorkflow } from "@medusajs/medusa/core-flows";

interface Credentials {
  email: string;
  password: string;
}

/** Makes the account, or sets its password anew: the folder that knew the old one may be gone. */
export async function ensureAdminUser(container: MedusaContainer, { email, password }: Credentials) {
  const auth = container.resolve(Modules.AUTH);
  const [identity] = await auth.listProviderIdentities({ entity_id: email, provider: "emailpass" });
  if (identity) {
    const { success, error } = await auth.updateProvider("emailpass", { entity_id: email, password });
    if (!success) throw new Error(`The admin's password could not be set: ${error}`);
  } else {
    const { success, error } = await auth.register("emailpass", { body: { email, password } });
    if (!success) throw new Error(`The admin's login could not be made: ${error}`);
  }
  await linkToUser(container, email);
}

/** A login without a user, or a user without this login, is what an interrupted seed leaves. */
async function linkToUser(container: MedusaContainer, email: string) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "auth_identity",
    fields: ["id", "app_metadata"],
    filters: { provider_identities: { entity_id: email } },
  });
  const identity = data[0];
  if (!identity) throw new Error("The admin's login was not found after it was made.");
  if (identity.app_metadata?.user_id) return;
  const users = container.resolve(Modules.USER);
  const [leftover] = await users.listUsers({ email });
  if (leftover) await users.deleteUsers([leftover.id]);
  await createUserAccountWorkflow(container).run({
    input: { authIdentityId: identity.id, userData: { email, first_name: "Demo", last_name: "Operator" } },
  });
}
