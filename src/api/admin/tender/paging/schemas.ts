import { z } from "@medusajs/framework/zod";

const LIMIT = { usual: 20, most: 100 } as const;

/** The query of a list that is read page by page, with the filters of its own. Unknown names are refused. */
export function pageOf<Filters extends z.ZodRawShape>(filters: Filters) {
  return z.strictObject({
    ...filters,
    limit: z.coerce.number().int().min(1).max(LIMIT.most).default(LIMIT.usual),
    /** `next_cursor` of the page before. */
    cursor: z.string().max(200).optional(),
  });
}
