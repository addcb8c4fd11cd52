import { Switch } from "@medusajs/ui";
import type { ReactElement } from "react";

/** Medusa's switch with a name for those who do not see where it stands. Its thumb moves left to right: in Arabic it is turned. */
export function LabelledSwitch({
  label,
  checked,
  onChange,
}: Readonly<{
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}>): ReactElement {
  return (
    <Switch
      dir="ltr"
      className="shrink-0 rtl:rotate-180"
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
    />
  );
}
