import { Button, Label, Prompt, Text, Textarea } from "@medusajs/ui";
import { useId, useState, type ReactElement } from "react";
import type {
  AdminFinding,
  AdminFindingAction,
  AdminFindingMoneyResult,
  AdminFindingResult,
  ResolveFindingBody,
} from "../../api/admin/tender/findings/contract";
import { Failed, Loading } from "../components/states";
import { useApi, useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";

/** Asks once before an action that moves money, with the amount, and for a note. */
export function FindingDialog({
  finding,
  chosen,
  onClose,
  onDone,
}: Readonly<{
  finding: AdminFinding;
  chosen: AdminFindingAction;
  onClose: () => void;
  onDone: (answer: AdminFindingResult) => void;
}>): ReactElement {
  const { t, language, money } = useTexts();
  const [note, setNote] = useState("");
  const ids = { note: useId(), hint: useId() };
  const held = useApi<AdminFindingMoneyResult>(
    `/admin/tender/findings/${finding.id}/money`,
    { locale: language },
    { enabled: chosen.moves_money },
  );
  const change = useChange<AdminFindingResult, ResolveFindingBody>({ onDone, quiet: true });
  // Read for this dialog: what an earlier one was told may be over.
  const holds = held.isFetching ? undefined : held.data;
  const amount = holds && holds.total > 0 ? money(holds.total, holds.currency_code) : undefined;
  const words = wordsOf(chosen, t, amount);
  const may_go = (!chosen.moves_money || holds !== undefined) && (!chosen.needs_note || note.trim() !== "");
  return (
    <Prompt
      open
      variant={chosen.moves_money ? "danger" : "confirmation"}
      onOpenChange={(open) => !open && !change.isPending && onClose()}
    >
      <Prompt.Content>
        <Prompt.Header>
          <Prompt.Title>{words.title}</Prompt.Title>
          <Prompt.Description>
            {chosen.effect} {chosen.moves_money && t("attention.once")}
          </Prompt.Description>
        </Prompt.Header>
        <div className="flex flex-col gap-y-4 px-6 pt-4">
          {chosen.moves_money && <Held of={held} action={chosen.action} />}
          <div className="flex flex-col gap-y-1">
            <Label htmlFor={ids.note} size="small" weight="plus">
              {t("attention.note")}
            </Label>
            <Textarea
              id={ids.note}
              aria-describedby={ids.hint}
              required={chosen.needs_note}
              maxLength={500}
              dir="auto"
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
            <Text id={ids.hint} size="xsmall" className="text-ui-fg-subtle">
              {t(chosen.needs_note ? "attention.note_needed" : "attention.note_optional")}
            </Text>
          </div>
          {change.error && (
            <Text role="alert" size="small" className="text-ui-fg-error">
              {change.error.message}
            </Text>
          )}
        </div>
        <Prompt.Footer>
          <Prompt.Cancel disabled={change.isPending}>{t("common.cancel")}</Prompt.Cancel>
          <Button
            size="small"
            variant={chosen.action === "return_money" ? "danger" : "primary"}
            disabled={!may_go}
            isLoading={change.isPending}
            onClick={() =>
              change.mutate({
                path: `/admin/tender/findings/${finding.id}/resolve`,
                body: { action: chosen.action, locale: language, ...(note.trim() && { note: note.trim() }) },
              })
            }
          >
            {words.button}
          </Button>
        </Prompt.Footer>
      </Prompt.Content>
    </Prompt>
  );
}

/** What the texts of an action that says an amount begin with. */
const TEXTS_OF: Readonly<Partial<Record<AdminFindingAction["action"], string>>> = {
  return_money: "return",
  adopt: "adopt",
};

function wordsOf(
  { action, title }: AdminFindingAction,
  t: ReturnType<typeof useTexts>["t"],
  amount: string | undefined,
): Readonly<{ title: string; button: string }> {
  const about = TEXTS_OF[action];
  return amount === undefined || about === undefined
    ? { title, button: title }
    : { title: t(`attention.${about}_title`, { amount }), button: t(`attention.${about}_do`, { amount }) };
}

/** What the payment holds by its gateway's word now, and what becomes of it. */
function Held({
  of: { data, isFetching, error, refetch },
  action,
}: Readonly<{
  of: ReturnType<typeof useApi<AdminFindingMoneyResult>>;
  action: AdminFindingAction["action"];
}>): ReactElement {
  const { t, money } = useTexts();
  if (isFetching) return <Loading label={t("attention.reading")} rows={1} />;
  if (error || !data) {
    return (
      <div className="bg-ui-bg-subtle -mx-2 rounded-lg">
        <Failed onRetry={() => void refetch()}>
          {t("attention.unread")} {error?.message}
        </Failed>
      </div>
    );
  }
  const { reserved, captured, total, currency_code } = data;
  const rows: (readonly [string, number])[] =
    action === "return_money"
      ? [
          ["to_refund", captured],
          ["to_void", reserved],
        ]
      : [["holds", total]];
  return total === 0 ? (
    <Text size="small">{t("attention.holds_nothing")}</Text>
  ) : (
    <dl className="bg-ui-bg-subtle txt-compact-small flex flex-col gap-y-2 rounded-lg p-3">
      {rows.map(
        ([name, amount]) =>
          amount > 0 && (
            <div key={name} className="flex justify-between gap-x-4">
              <dt className="text-ui-fg-subtle">{t(`attention.${name}`)}</dt>
              <dd className="txt-compact-small-plus whitespace-nowrap">{money(amount, currency_code)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
