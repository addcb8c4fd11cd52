import { useState } from "react";

/** Where in a list that is read by cursors: forth by the answer's `next_cursor`, and back the same way. */
export function usePages() {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  return {
    cursor: cursors.at(-1),
    is_first: cursors.length === 0,
    next: (cursor: string) => setCursors([...cursors, cursor]),
    previous: () => setCursors(cursors.slice(0, -1)),
    /** For other filters. */
    reset: () => setCursors([]),
  };
}
