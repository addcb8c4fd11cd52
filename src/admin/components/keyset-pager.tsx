import { Button } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { Keyset } from "../lib/use-filters";
import { useTexts } from "../lib/use-texts";

/** To the pages before and after; nothing where there is only one. */
export function KeysetPager({
  keyset: { isFirst, next, previous },
  next_cursor,
}: Readonly<{ keyset: Keyset; next_cursor: string | null }>): ReactElement | null {
  const { t } = useTexts();
  if (isFirst && next_cursor === null) return null;
  return (
    <div className="flex items-center justify-end gap-x-2 px-6 py-4">
      <Button size="small" variant="secondary" disabled={isFirst} onClick={previous}>
        {t("common.previous")}
      </Button>
      <Button
        size="small"
        variant="secondary"
        disabled={next_cursor === null}
        onClick={() => next_cursor !== null && next(next_cursor)}
      >
        {t("common.next")}
      </Button>
    </div>
  );
}
