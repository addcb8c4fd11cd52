import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import type { IUserModuleService } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";
import { listChanges } from "../../../../workflows/operate/list-changes";
import type { AdminPaymentChangesResult, ChangesQuery } from "./contract";

/** What operators changed, newest first. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, ChangesQuery>,
  res: MedusaResponse<AdminPaymentChangesResult>,
): Promise<void> {
  const { changes, next_cursor } = await listChanges(req.scope, req.validatedQuery as ChangesQuery);
  const users = await req.scope
    .resolve<IUserModuleService>(Modules.USER)
    .listUsers({ id: [...new Set(changes.map(({ actor_id }) => actor_id))] }, { select: ["id", "email"] });
  const email_of = new Map(users.map(({ id, email }) => [id, email]));
  res.json({
    changes: changes.map((change) => ({
      ...change,
      actor_email: email_of.get(change.actor_id) ?? null,
      created_at: change.created_at.toISOString(),
    })),
    next_cursor,
  });
}
