import { Button } from "@medusajs/ui";
import type { ReactElement } from "react";
import { useTexts } from "../lib/use-texts";
import type { usePages } from "./use-pages";

/** Forth and back in a list; nothing where there is one page. */
export function PageButtons({
  pages,
  next_cursor,
}: Readonly<{ pages: ReturnType<typeof usePages>; next_cursor: string | null }>): ReactElement | null {
  const { t } = useTexts();
  if (pages.is_first && next_cursor === null) return null;
  return (
    <div className="flex justify-end gap-2 px-6 py-4">
      <Button size="small" variant="secondary" disabled={pages.is_first} onClick={pages.previous}>
        {t("common.previous")}
      </Button>
      <Button
        size="small"
        variant="secondary"
        disabled={next_cursor === null}
        onClick={() => next_cursor !== null && pages.next(next_cursor)}
      >
        {t("common.next")}
      </Button>
    </div>
  );
}
