import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { replayChosen, replayDead } from "../../../../../workflows/operate/webhook-inbox";
import type { AdminReplayedWebhooksResult, ReplayWebhooksBody } from "../contract";

/** Works webhooks again, and counts what became of them. */
export async function POST(
  req: AuthenticatedMedusaRequest<ReplayWebhooksBody>,
  res: MedusaResponse<AdminReplayedWebhooksResult>,
): Promise<void> {
  const who = req.auth_context.actor_id;
  const chosen = req.validatedBody;
  res.json(
    "ids" in chosen
      ? await replayChosen(req.scope, { ids: chosen.ids, who })
      : await replayDead(req.scope, { provider_id: chosen.dead_of, limit: chosen.limit, who }),
  );
}
