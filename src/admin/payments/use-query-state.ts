import { useCallback } from "react";
import { useSearchParams } from "react-router-dom";

export type QueryState = Readonly<{
  get(name: string): string;
  /** Sets some, clears those set to nothing; where in the list one was is forgotten unless it is what is set. */
  set(changes: Readonly<Record<string, string>>): void;
}>;

/** Where in the list one is. */
const PLACE = "cursor";

/** What the operator chose, kept in the page's address: it can be shared, and the browser's back button undoes it. */
export function useQueryState(): QueryState {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (changes: Readonly<Record<string, string>>) =>
      setParams(() => {
        // What was chosen a moment ago stands in the address before the page is drawn with it.
        const after = new URLSearchParams(window.location.search);
        after.delete(PLACE);
        for (const [name, value] of Object.entries(changes)) {
          if (value === "") after.delete(name);
          else after.set(name, value);
        }
        return after;
      }),
    [setParams],
  );
  return { get: (name) => params.get(name) ?? "", set };
}
