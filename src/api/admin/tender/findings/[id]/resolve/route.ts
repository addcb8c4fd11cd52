import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { localeOf } from "../../../../../../services";
import { resolveOpenFinding } from "../../../../../../workflows/operate/open-findings";
import { answeringFindingProblems } from "../../answer-problems";
import type { AdminFindingProblem, AdminFindingResult, ResolveFindingBody } from "../../contract";
import { findingViews } from "../../views";

/** Carries out what an operator chose, and closes the finding; whoever comes second gets what the first one did. */
export async function POST(
  req: AuthenticatedMedusaRequest<ResolveFindingBody>,
  res: MedusaResponse<AdminFindingResult | AdminFindingProblem>,
): Promise<void> {
  const { locale, ...chosen } = req.validatedBody;
  await answeringFindingProblems(res, locale, async () => {
    const { outcome, ...resolved } = await resolveOpenFinding(req.scope, {
      ...chosen,
      finding_id: req.params.id ?? "",
      who: req.auth_context.actor_id,
    });
    const [finding] = await findingViews(req.scope, [resolved], localeOf(locale));
    if (finding) {
      res.json({ finding, outcome });
    }
  });
}
