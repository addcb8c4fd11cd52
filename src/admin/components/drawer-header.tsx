import { XMark } from "@medusajs/icons";
import { Drawer, IconButton } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import { useTexts } from "../lib/use-texts";

/** The head of a drawer as Medusa draws it, with a name on its button, which Medusa's own leaves out. */
export function DrawerHeader({ title, hint }: Readonly<{ title: ReactNode; hint?: string }>): ReactElement {
  const { t } = useTexts();
  return (
    <div className="flex items-start justify-between gap-x-4 border-b px-6 py-4">
      <div className="flex min-w-0 flex-col gap-y-1 break-words text-start">
        <Drawer.Title>{title}</Drawer.Title>
        {hint !== undefined && (
          <Drawer.Description className="text-ui-fg-subtle txt-small">{hint}</Drawer.Description>
        )}
      </div>
      <Drawer.Close asChild>
        <IconButton size="small" variant="transparent" aria-label={t("common.close")}>
          <XMark />
        </IconButton>
      </Drawer.Close>
    </div>
  );
}
