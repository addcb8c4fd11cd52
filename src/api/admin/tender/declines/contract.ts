import { z } from "@medusajs/framework/zod";
import { DECLINE_CATEGORIES, type DeclineCategory } from "../../../../gateway";
import { pageOf } from "../paging/schemas";

export const DeclinesQuery = pageOf({
  provider_id: z.string().min(1).max(200),
  /** Part of a code, of its words, or of where it comes from, in any case. */
  search: z.string().max(100).optional(),
  category: z.enum(DECLINE_CATEGORIES).optional(),
});
export type DeclinesQuery = z.infer<typeof DeclinesQuery>;

/** One code that a gateway may refuse with. */
export type AdminKnownDecline = Readonly<{
  code: string;
  category: DeclineCategory;
  /** What the service's docs call it, in English; null where the code says it. */
  words: string | null;
  source: string;
  /** The recovery rule that speaks for it when nothing else is told. */
  rule_id: string;
}>;

/** `GET /admin/tender/declines`: by code. */
export type AdminDeclinesResult = Readonly<{
  declines: readonly AdminKnownDecline[];
  /** How many there are over all pages. */
  count: number;
  next_cursor: string | null;
}>;
