import { MedusaError } from "@medusajs/framework/utils";

/** A place in the list of attempts. */
export type PageCursor = Readonly<{
  direction: "next" | "previous";
  /** Microseconds since 1970, as exact as Postgres keeps times. */
  created_us: string;
  id: string;
}>;

/** The cursor that leads on from a row. */
export function cursorAt(
  direction: PageCursor["direction"],
  { created_us, id }: Omit<PageCursor, "direction">,
): string {
  return `${direction}:${created_us}:${id}`;
}

/** Throws `INVALID_DATA` (400) for what no page gave. */
export function parseCursor(cursor: string): PageCursor {
  const [, direction, created_us, id] = /^(next|previous):(\d{1,17}):([\w-]{1,100})$/.exec(cursor) ?? [];
  if (created_us === undefined || id === undefined) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      '"cursor" must be next_cursor or previous_cursor of another page.',
    );
  }
  return { direction: direction === "next" ? "next" : "previous", created_us, id };
}
