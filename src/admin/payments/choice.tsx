import { Select } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";

/** Radix takes no empty value; this stands for "any". */
const ANY = "any";

export type ChoiceOption = Readonly<{ value: string; label: ReactNode }>;

/** A labelled choice of one; empty where nothing is chosen. @param any what "no choice" is called; without it one must be */
export function Choice({
  label,
  value,
  any,
  options,
  onChange,
}: Readonly<{
  label: string;
  value: string;
  any?: string;
  options: readonly ChoiceOption[];
  onChange: (value: string) => void;
}>): ReactElement {
  return (
    <Select
      size="small"
      value={value === "" ? ANY : value}
      onValueChange={(chosen) => onChange(chosen === ANY ? "" : chosen)}
    >
      <Select.Trigger aria-label={label} className="w-auto min-w-36">
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
}
