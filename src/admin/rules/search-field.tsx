import { Input, Label } from "@medusajs/ui";
import { useId, type ReactElement } from "react";

/** A labelled field to search with. */
export function SearchField({
  label,
  hint,
  value,
  onChange,
}: Readonly<{
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}>): ReactElement {
  const id = useId();
  return (
    <div className="flex min-w-48 flex-1 flex-col gap-y-1">
      <Label size="small" weight="plus" htmlFor={id}>
        {label}
      </Label>
      <Input
        id={id}
        size="small"
        value={value}
        maxLength={100}
        autoComplete="off"
        {...(hint && { placeholder: hint })}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
