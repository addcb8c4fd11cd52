import { Button, Drawer, toast, usePrompt } from "@medusajs/ui";
import type { ReactElement } from "react";
import { useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";

type Props = Readonly<{
  /** Where the override is: a POST makes it, a DELETE restores what Tender has. */
  path: string;
  /** What was chosen; empty when that is nothing. */
  change: object;
  /** Whether there is an override that could be taken away. */
  is_overridden: boolean;
  /** The texts that say what happened, and what restoring asks. */
  texts: Readonly<{ saved: string; restored: string; restore_title: string; restore_text: string }>;
  onClose: () => void;
}>;

/** The foot of a drawer in which what Tender has is made stricter: restores it, or saves what was chosen. */
export function OverrideFooter({ path, change, is_overridden, texts, onClose }: Props): ReactElement {
  const { t } = useTexts();
  const prompt = usePrompt();
  const done = (told: string) => () => {
    toast.success(told);
    onClose();
  };
  const save = useChange({ onDone: done(texts.saved) });
  const restore = useChange({ onDone: done(texts.restored) });

  const askAndRestore = async (): Promise<void> => {
    const agreed = await prompt({
      title: texts.restore_title,
      description: texts.restore_text,
      confirmText: t("rules.restore"),
      cancelText: t("common.cancel"),
    });
    if (agreed) restore.mutate({ path, method: "DELETE" });
  };

  return (
    <Drawer.Footer>
      {is_overridden && (
        <Button
          variant="secondary"
          size="small"
          className="me-auto"
          isLoading={restore.isPending}
          onClick={() => void askAndRestore()}
        >
          {t("rules.restore")}
        </Button>
      )}
      <Drawer.Close asChild>
        <Button variant="secondary" size="small">
          {t("common.cancel")}
        </Button>
      </Drawer.Close>
      <Button
        size="small"
        disabled={Object.keys(change).length === 0}
        isLoading={save.isPending}
        onClick={() => save.mutate({ path, body: change })}
      >
        {t("common.save")}
      </Button>
    </Drawer.Footer>
  );
}
