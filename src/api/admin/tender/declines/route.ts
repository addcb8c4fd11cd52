import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listDeclines } from "../../../../workflows/operate/list-declines";
import type { AdminDeclinesResult, DeclinesQuery } from "./contract";

/** The codes a gateway knows, with category and source. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, DeclinesQuery>,
  res: MedusaResponse<AdminDeclinesResult>,
): Promise<void> {
  const { declines, ...page } = await listDeclines(req.scope, req.validatedQuery as DeclinesQuery);
  res.json({
    ...page,
    declines: declines.map(({ code, category, words, source, rule_id }) => ({
      code,
      category,
      words: words ?? null,
      source,
      rule_id,
    })),
  });
}
