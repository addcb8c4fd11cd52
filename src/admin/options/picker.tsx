import { XMarkMini } from "@medusajs/icons";
import { Badge, Button, Hint, IconButton, Input, Label, Text } from "@medusajs/ui";
import { useId, useState, type ReactElement } from "react";
import type { Named } from "../../api/admin/tender/providers/[id]/rules/contract";
import { useTexts } from "../lib/use-texts";

type PickerProps = Readonly<{
  label: string;
  hint?: string;
  /** Of the field that finds more. */
  find_label: string;
  chosen: readonly Named[];
  onChange: (chosen: readonly Named[]) => void;
  /** Hook that finds by what was typed. */
  useFound: (typed: string) => readonly Named[] | undefined;
}>;

/** Several things out of many: what is chosen, and a field that finds more. */
export function Picker({ label, hint, find_label, chosen, onChange, useFound }: PickerProps): ReactElement {
  const { t } = useTexts();
  const id = useId();
  const [typed, setTyped] = useState("");
  const add = (one: Named): void => {
    onChange([...chosen, one]);
    setTyped("");
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-y-2">
      <legend className="txt-compact-small-plus pb-1">{label}</legend>
      {hint !== undefined && <Hint>{hint}</Hint>}
      {chosen.length > 0 && (
        <ul className="flex flex-wrap gap-2" aria-label={label}>
          {chosen.map((one) => (
            <li key={one.id}>
              <Badge size="small" className="max-w-full gap-x-1 pe-0">
                <bdi className="break-words">{one.name ?? `${one.id} (${t("option_preview.deleted")})`}</bdi>
                <IconButton
                  type="button"
                  size="2xsmall"
                  variant="transparent"
                  aria-label={t("option_preview.take_away", { name: one.name ?? one.id })}
                  onClick={() => onChange(chosen.filter((other) => other.id !== one.id))}
                >
                  <XMarkMini />
                </IconButton>
              </Badge>
            </li>
          ))}
        </ul>
      )}
      <Label size="xsmall" htmlFor={id}>
        {find_label}
      </Label>
      <Input
        id={id}
        size="small"
        // An empty field follows the page, so that its placeholder does.
        {...(typed !== "" && { dir: "auto" })}
        autoComplete="off"
        placeholder={t("option_preview.find_hint")}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      {typed.trim() !== "" && <Found typed={typed} chosen={chosen} useFound={useFound} onAdd={add} />}
    </fieldset>
  );
}

/** What fits what was typed, each a button. */
export function Found({
  typed,
  chosen,
  useFound,
  onAdd,
  nothing,
}: Readonly<{
  typed: string;
  chosen: readonly Named[];
  useFound: PickerProps["useFound"];
  onAdd: (one: Named) => void;
  /** What to say where nothing fits. */
  nothing?: string;
}>): ReactElement | null {
  const { t } = useTexts();
  const found = useFound(typed);
  if (!found) return null;
  const left = found.filter(({ id }) => !chosen.some((one) => one.id === id));
  if (left.length === 0) {
    return (
      <Text size="small" role="status" className="text-ui-fg-subtle">
        {nothing ?? t("option_preview.nothing_found")}
      </Text>
    );
  }
  return (
    <ul className="flex flex-wrap gap-2">
      {left.map((one) => (
        <li key={one.id} className="max-w-full">
          <Button
            type="button"
            size="small"
            variant="secondary"
            className="max-w-full"
            aria-label={t("option_preview.add", { name: one.name ?? one.id })}
            onClick={() => onAdd(one)}
          >
            <bdi className="truncate">{one.name ?? one.id}</bdi>
          </Button>
        </li>
      ))}
    </ul>
  );
}
