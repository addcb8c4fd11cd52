import { Label, Select } from "@medusajs/ui";
import { useId, type ReactElement } from "react";
import { useTexts } from "../lib/use-texts";

/** Radix keeps the empty value for "nothing chosen yet". */
const ALL = "all";

/** One of a list's filters: a label, and a choice whose first entry filters nothing. */
export function FilterSelect({
  label,
  all,
  value,
  options,
  onChange,
}: Readonly<{
  label: string;
  /** What the entry is called that filters nothing. */
  all: string;
  value: string | undefined;
  options: readonly Readonly<{ value: string; label: string }>[];
  onChange: (value: string | undefined) => void;
}>): ReactElement {
  const { direction } = useTexts();
  const id = useId();
  return (
    <div className="flex min-w-36 flex-col gap-y-1">
      <Label htmlFor={id} size="xsmall" className="text-ui-fg-subtle">
        {label}
      </Label>
      <Select
        size="small"
        dir={direction}
        value={value ?? ALL}
        onValueChange={(chosen) => onChange(chosen === ALL ? undefined : chosen)}
      >
        <Select.Trigger id={id}>
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          <Select.Item value={ALL}>{all}</Select.Item>
          {options.map((option) => (
            <Select.Item key={option.value} value={option.value}>
              {option.label}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </div>
  );
}
