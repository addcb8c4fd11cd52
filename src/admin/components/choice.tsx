import { Label, Select } from "@medusajs/ui";
import { useId, type ReactElement, type ReactNode } from "react";
import { useTexts } from "../lib/use-texts";

/** Radix takes no empty value; this stands for "any". */
const ANY = "any";

export type ChoiceOption = Readonly<{ value: string; label: ReactNode }>;

/**
 * A labelled choice of one among few; `""` where nothing is chosen.
 * @param any what "nothing chosen" is called; without it something always is
 * @param look a form's field, a list's filter, or a choice whose label is only heard
 */
export function Choice({
  label,
  value,
  any,
  options,
  onChange,
  look = "field",
  hint,
}: Readonly<{
  label: string;
  value: string;
  any?: string;
  options: readonly ChoiceOption[];
  onChange: (value: string) => void;
  look?: "field" | "filter" | "bare";
  hint?: ReactNode;
}>): ReactElement {
  const { direction } = useTexts();
  const id = useId();
  const select = (
    <Select
      size="small"
      dir={direction}
      value={value === "" && any !== undefined ? ANY : value}
      onValueChange={(chosen) => onChange(chosen === ANY && any !== undefined ? "" : chosen)}
    >
      <Select.Trigger
        {...(look === "bare"
          ? { "aria-label": label, className: "w-auto min-w-36 text-start" }
          : { id, className: "text-start" })}
      >
        <Select.Value />
      </Select.Trigger>
      <Select.Content>
        {any !== undefined && <Select.Item value={ANY}>{any}</Select.Item>}
        {options.map((option) => (
          <Select.Item key={option.value} value={option.value}>
            {option.label}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  );
  if (look === "bare") return select;
  return (
    <div className={`flex flex-col gap-y-1 ${look === "filter" ? "min-w-36" : "min-w-0"}`}>
      <Label
        htmlFor={id}
        {...(look === "filter"
          ? { size: "xsmall", className: "text-ui-fg-subtle" }
          : { size: "small", weight: "plus" })}
      >
        {label}
      </Label>
      {select}
      {hint}
    </div>
  );
}
