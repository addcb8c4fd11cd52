import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { readHeldMoney } from "../../../../../../workflows/operate/open-findings";
import { answeringFindingProblems } from "../../answer-problems";
import type { AdminFindingProblem, AdminFindingMoneyResult, FindingWordsQuery } from "../../contract";
import { heldMoneyView } from "../../views";

/** What the payment of a finding holds by its gateway's word now: an action that moves money says it first. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, FindingWordsQuery>,
  res: MedusaResponse<AdminFindingMoneyResult | AdminFindingProblem>,
): Promise<void> {
  const { locale } = req.validatedQuery as FindingWordsQuery;
  await answeringFindingProblems(res, locale, async () => {
    res.json(heldMoneyView(await readHeldMoney(req.scope, req.params.id ?? "")));
  });
}
