import { StatusBadge } from "@medusajs/ui";
import type { ComponentProps, ReactElement, ReactNode } from "react";

export type BadgeColor = ComponentProps<typeof StatusBadge>["color"];

/**
 * Medusa's badge on one line. Medusa pads its right side, which in Arabic is the dot's side and leaves the text at the
 * border; the padding here follows the language's direction.
 */
export function OutcomeBadge({
  color,
  children,
}: Readonly<{ color: BadgeColor; children: ReactNode }>): ReactElement {
  return (
    <StatusBadge color={color} className="text-nowrap !ps-0 !pe-1">
      {children}
    </StatusBadge>
  );
}
