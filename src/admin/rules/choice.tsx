import { Label, Select } from "@medusajs/ui";
import { useId, type ReactElement, type ReactNode } from "react";
import { useTexts } from "../lib/use-texts";

export type Choice = Readonly<{ value: string; label: string }>;

/** A labelled choice of one among few. */
export function ChoiceField({
  label,
  value,
  choices,
  onChange,
  hint,
}: Readonly<{
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  hint?: ReactNode;
}>): ReactElement {
  const id = useId();
  const { language } = useTexts();
  return (
    <div className="flex min-w-0 flex-col gap-y-1">
      <Label size="small" weight="plus" htmlFor={id}>
        {label}
      </Label>
      <Select value={value} onValueChange={onChange} size="small" dir={language === "ar" ? "rtl" : "ltr"}>
        <Select.Trigger id={id} className="text-start">
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          {choices.map((choice) => (
            <Select.Item key={choice.value} value={choice.value}>
              {choice.label}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
      {hint}
    </div>
  );
}
