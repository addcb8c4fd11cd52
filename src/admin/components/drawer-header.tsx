import { XMark } from "@medusajs/icons";
import { Drawer, IconButton } from "@medusajs/ui";
import type { ReactElement } from "react";
import { useTexts } from "../lib/use-texts";

/** The head of a drawer as Medusa draws it, with a name on its button, which Medusa's own leaves out. */
export function DrawerHeader({ title, hint }: Readonly<{ title: string; hint?: string }>): ReactElement {
  const { t } = useTexts();
  return (
    <div className="flex items-start justify-between gap-x-4 border-b px-6 py-4">
      <div className="flex flex-col gap-y-1">
        <Drawer.Title>{title}</Drawer.Title>
        {hint !== undefined && <Drawer.Description className="text-ui-fg-subtle">{hint}</Drawer.Description>}
      </div>
      <Drawer.Close asChild>
        <IconButton size="small" variant="transparent" aria-label={t("common.close")}>
          <XMark />
        </IconButton>
      </Drawer.Close>
    </div>
  );
}
