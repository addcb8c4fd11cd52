import { Label, Switch } from "@medusajs/ui";
import { useId, type ReactElement } from "react";

/** A labelled switch. */
export function SwitchField({
  label,
  checked,
  onChange,
}: Readonly<{ label: string; checked: boolean; onChange: (checked: boolean) => void }>): ReactElement {
  const id = useId();
  return (
    <div className="flex min-h-8 items-center gap-x-2">
      {/* Medusa's switch slides from left to right, which in Arabic would be out of its box. */}
      <Switch dir="ltr" id={id} size="small" checked={checked} onCheckedChange={onChange} />
      <Label size="small" htmlFor={id}>
        {label}
      </Label>
    </div>
  );
}
