import { Button, Input, Label } from "@medusajs/ui";
import { useEffect, useId, useState, type ReactElement } from "react";
import { useTexts } from "../lib/use-texts";

/** A filter that is typed: searched for on Enter or by the button. */
export function FilterText({
  label,
  hint,
  value,
  onChange,
}: Readonly<{
  label: string;
  hint: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}>): ReactElement {
  const { t } = useTexts();
  const id = useId();
  const [typed, setTyped] = useState(value ?? "");
  useEffect(() => setTyped(value ?? ""), [value]);
  return (
    <form
      role="search"
      className="flex flex-1 flex-col gap-y-1"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed.trim() || undefined);
      }}
    >
      <Label htmlFor={id} size="xsmall" className="text-ui-fg-subtle">
        {label}
      </Label>
      <div className="flex items-center gap-x-2">
        <div className="min-w-48 flex-1">
          <Input
            id={id}
            size="small"
            dir="auto"
            placeholder={hint}
            maxLength={200}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <Button type="submit" size="small" variant="secondary">
          {t("common.search")}
        </Button>
      </div>
    </form>
  );
}
