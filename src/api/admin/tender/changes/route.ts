import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listChanges } from "../../../../workflows/operate/list-changes";
import { actorEmails } from "../../../../workflows/operate/actor-emails";
import type { AdminPaymentChangesResult, ChangesQuery } from "./contract";

/** What operators changed, newest first. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, ChangesQuery>,
  res: MedusaResponse<AdminPaymentChangesResult>,
): Promise<void> {
  const { changes, next_cursor } = await listChanges(req.scope, req.validatedQuery as ChangesQuery);
  const email_of = await actorEmails(
    req.scope,
    changes.map(({ actor_id }) => actor_id),
  );
  res.json({
    changes: changes.map((change) => ({
      ...change,
      actor_email: email_of.get(change.actor_id) ?? null,
      created_at: change.created_at.toISOString(),
    })),
    next_cursor,
  });
}
