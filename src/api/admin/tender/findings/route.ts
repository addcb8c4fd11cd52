import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { localeOf } from "../../../../services";
import { listFindingsWithFacts } from "../../../../workflows/operate/open-findings";
import type { AdminFindingsResult, FindingsQuery } from "./contract";
import { findingViews } from "./views";

/** What needs an operator, or needed one; most severe first. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, FindingsQuery>,
  res: MedusaResponse<AdminFindingsResult>,
): Promise<void> {
  const { locale, ...query } = req.validatedQuery as FindingsQuery;
  const { findings, next_cursor } = await listFindingsWithFacts(req.scope, query);
  res.json({ findings: await findingViews(req.scope, findings, localeOf(locale)), next_cursor });
}
