import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { localeOf } from "../../../../../services";
import type { AdminFindingKindsResult, FindingWordsQuery } from "../contract";
import { findingKindsView } from "../views";

/** Every kind of finding there is, in words. */
export function GET(
  req: AuthenticatedMedusaRequest<unknown, FindingWordsQuery>,
  res: MedusaResponse<AdminFindingKindsResult>,
): void {
  const { locale } = req.validatedQuery as FindingWordsQuery;
  res.json(findingKindsView(localeOf(locale)));
}
