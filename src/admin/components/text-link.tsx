import type { ReactElement, ReactNode } from "react";
import { Link } from "react-router-dom";

/** Looks like a link where the theme's own blue would be too pale to read. */
export const LINK_CLASSES =
  "text-ui-fg-base decoration-ui-fg-muted rounded underline underline-offset-4 outline-none hover:decoration-ui-fg-base focus-visible:shadow-borders-focus";

/** A link to another page of the dashboard, in a line of text. */
export function TextLink({ to, children }: Readonly<{ to: string; children: ReactNode }>): ReactElement {
  return (
    <Link className={LINK_CLASSES} to={to}>
      {children}
    </Link>
  );
}
