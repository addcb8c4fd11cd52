import type Stripe from "stripe";
import { resourceMissing } from "../errors";

type Listed = Readonly<{ id: string; created?: number }>;

export type ListAnswer<T> = Readonly<{ object: "list"; url: string; has_more: boolean; data: T[] }>;

type ListParameters = Stripe.PaginationParams & Readonly<{ created?: Stripe.RangeQueryParam | number }>;

const DEFAULT_LIMIT = 10;

/** One page, newest first (docs: Pagination). @param records in the order they were made */
export function listPage<T extends Listed>(
  url: string,
  records: Iterable<T>,
  params: ListParameters,
  matches: (record: T) => boolean = () => true,
): ListAnswer<T> {
  const { limit = DEFAULT_LIMIT, starting_after, ending_before, created } = params;
  const all = [...records]
    .reverse()
    .filter((record) => matches(record) && isWithin(record.created ?? 0, created));
  if (ending_before !== undefined) {
    const end = positionOf(all, ending_before);
    const start = Math.max(0, end - limit);
    return { object: "list", url, has_more: start > 0, data: all.slice(start, end) };
  }
  const start = starting_after === undefined ? 0 : positionOf(all, starting_after) + 1;
  const data = all.slice(start, start + limit);
  return { object: "list", url, has_more: start + data.length < all.length, data };
}

export type SearchAnswer<T> = Readonly<{
  object: "search_result";
  url: string;
  has_more: boolean;
  next_page: null;
  data: T[];
}>;

/** One page of what a search found. */
export function searchPage<T extends Listed>(
  url: string,
  records: Iterable<T>,
  { query, limit = DEFAULT_LIMIT }: Readonly<{ query: string; limit?: number }>,
  matcher: (query: string) => (record: T) => boolean,
): SearchAnswer<T> {
  const found = [...records].reverse().filter(matcher(query));
  return {
    object: "search_result",
    url,
    has_more: found.length > limit,
    next_page: null,
    data: found.slice(0, limit),
  };
}

/** The objects themselves, without what the simulator notes about them. */
export function objectsOf<T>(records: ReadonlyMap<string, { readonly object: T }>): T[] {
  return [...records.values()].map(({ object }) => object);
}

function positionOf(records: readonly Listed[], id: string): number {
  const position = records.findIndex((record) => record.id === id);
  if (position < 0) {
    throw resourceMissing("object", id, "starting_after");
  }
  return position;
}

function isWithin(time: number, range: Stripe.RangeQueryParam | number | undefined): boolean {
  if (range === undefined) {
    return true;
  }
  if (typeof range === "number") {
    return time === range;
  }
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return time > gt && time >= gte && time < lt && time <= lte;
}
