import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { parseCursor } from "../../modules/tender/stores/attempt-cursor";
import type { AttemptFilter, AttemptPage, ListedAttempt } from "../../modules/tender/stores/attempt-list";
import { tenderModule } from "../medusa/load-cart";
import { searchFor } from "./search-attempts";

/** The order that an attempt pays, as people call it. */
export type OrderName = Readonly<{ id: string; display_id: number; email: string | null; created_at: Date }>;

export type AttemptsAsked = Omit<AttemptFilter, "search"> & Readonly<{ q?: string }>;

export type AttemptsFound = AttemptPage & Readonly<{ orders: ReadonlyMap<string, OrderName> }>;

/** Attempts a file is written from at a time. */
const EXPORTED_AT_ONCE = 1_000;

/** A page of attempts, newest first, with their orders. Throws `INVALID_DATA` (400) for a bad cursor. */
export async function listPaymentAttempts(
  container: MedusaContainer,
  { limit, cursor, ...asked }: AttemptsAsked & Readonly<{ limit: number; cursor?: string }>,
): Promise<AttemptsFound> {
  const at = cursor === undefined ? undefined : parseCursor(cursor);
  const page = await tenderModule(container).attempt_list.page(await filterOf(container, asked), limit, at);
  return { ...page, orders: await ordersOf(container, page.attempts) };
}

/** All attempts that fit, newest first, part by part: however many there are, a part is all that is held. */
export async function* exportPaymentAttempts(
  container: MedusaContainer,
  asked: AttemptsAsked,
): AsyncGenerator<Pick<AttemptsFound, "attempts" | "orders">> {
  const filter = await filterOf(container, asked);
  const list = tenderModule(container).attempt_list;
  let cursor: string | null = null;
  do {
    const page: AttemptPage = await list.page(
      filter,
      EXPORTED_AT_ONCE,
      cursor === null ? undefined : parseCursor(cursor),
    );
    yield { attempts: page.attempts, orders: await ordersOf(container, page.attempts) };
    cursor = page.next_cursor;
  } while (cursor !== null);
}

/** The orders of these attempts by their ids. */
export async function ordersOf(
  container: MedusaContainer,
  attempts: readonly ListedAttempt[],
): Promise<ReadonlyMap<string, OrderName>> {
  const ids = [...new Set(attempts.flatMap(({ attempt }) => attempt.order_id ?? []))];
  if (ids.length === 0) {
    return new Map();
  }
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["id", "display_id", "email", "created_at"],
    filters: { id: ids },
  });
  return new Map((data as OrderName[]).map((order) => [order.id, order]));
}

async function filterOf(container: MedusaContainer, { q, ...filter }: AttemptsAsked): Promise<AttemptFilter> {
  return q === undefined ? filter : { ...filter, search: await searchFor(container, q) };
}
