import type { MedusaContainer } from "@medusajs/framework/types";
import type { DeclineCategory, KnownDecline } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";
import { installedGateway } from "./gateway-list";

export type DeclinesQuery = Readonly<{
  provider_id: string;
  /** Part of a code, of its words, or of where it comes from, in any case. */
  search?: string;
  category?: DeclineCategory;
  limit: number;
  /** `next_cursor` of the page before. */
  cursor?: string;
}>;

/** A code and the rule that speaks for it when nothing else is told. */
export type ListedDecline = KnownDecline & Readonly<{ rule_id: string }>;

export type DeclinesPage = Readonly<{
  declines: readonly ListedDecline[];
  /** How many there are over all pages. */
  count: number;
  next_cursor: string | null;
}>;

/** The codes a gateway knows, by code. Throws `NOT_FOUND` (404) for a provider that is no gateway of ours. */
export async function listDeclines(container: MedusaContainer, query: DeclinesQuery): Promise<DeclinesPage> {
  const { known_declines = [] } = installedGateway(container, query.provider_id);
  const { recovery } = tenderModule(container);
  const found = known_declines
    .filter((known) => fits(known, query))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const rest = found.filter(({ code }) => query.cursor === undefined || code > query.cursor);
  const declines = rest.slice(0, query.limit).map((known) => ({
    ...known,
    rule_id: recovery.ruleFor(known).id,
  }));
  return {
    declines,
    count: found.length,
    next_cursor: rest.length > query.limit ? (declines.at(-1)?.code ?? null) : null,
  };
}

function fits(known: KnownDecline, { search, category }: DeclinesQuery): boolean {
  const { code, words = "", source } = known;
  const wanted = search?.trim().toLowerCase() ?? "";
  return (
    (category === undefined || known.category === category) &&
    [code, words, source].some((text) => text.toLowerCase().includes(wanted))
  );
}
