import { useState } from "react";
import { useSearchParams } from "react-router-dom";

export type Filters<Name extends string> = Readonly<{
  /** What is chosen; nothing is `undefined`. */
  values: Readonly<Partial<Record<Name, string>>>;
  isFiltered: boolean;
  set(name: Name, value: string | undefined): void;
}>;

/** A list's filters, kept in the page's address, so that a link shows the same. */
export function useFilters<Name extends string>(names: readonly Name[]): Filters<Name> {
  const [params, setParams] = useSearchParams();
  const chosen = names.flatMap((name): [Name, string][] => {
    const value = params.get(name);
    return value === null || value === "" ? [] : [[name, value]];
  });
  return {
    values: Object.fromEntries(chosen) as Partial<Record<Name, string>>,
    isFiltered: chosen.length > 0,
    set: (name, value) =>
      setParams(
        () => {
          // What was chosen a moment ago stands in the address before the page is drawn with it.
          const after = new URLSearchParams(window.location.search);
          if (value === undefined || value === "") after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: true },
      ),
  };
}

export type Keyset = Readonly<{
  cursor: string | undefined;
  isFirst: boolean;
  next(cursor: string): void;
  previous(): void;
}>;

/** Where a list that is read page by page stands. It begins anew when it is filtered otherwise. */
export function useKeyset(filters: Readonly<Record<string, string | undefined>>): Keyset {
  const key = JSON.stringify(filters);
  const [at, setAt] = useState<Readonly<{ key: string; cursors: readonly string[] }>>({ key, cursors: [] });
  const cursors = at.key === key ? at.cursors : [];
  return {
    cursor: cursors.at(-1),
    isFirst: cursors.length === 0,
    next: (cursor) => setAt({ key, cursors: [...cursors, cursor] }),
    previous: () => setAt({ key, cursors: cursors.slice(0, -1) }),
  };
}
