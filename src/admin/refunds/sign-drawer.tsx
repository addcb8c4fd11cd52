import { Button, Drawer, Heading, Hint, Input, Label, Text, Textarea, toast } from "@medusajs/ui";
import { useId, useState, type ChangeEvent, type FormEvent, type ReactElement } from "react";
import type { AdminManualRefund, AdminManualRefundResult } from "../../api/admin-contract";
import { DrawerHeader } from "../components/drawer-header";
import { useChange } from "../lib/api";
import { sdk } from "../lib/sdk";
import { useTexts } from "../lib/use-texts";
import { refundPath } from "./paths";
import { textOfSigned } from "./signed-file";

/** Where the operator takes what is to be signed, and brings it back. */
export function SignDrawer({
  refund,
  shown,
  onClose,
}: Readonly<{ refund: AdminManualRefund; shown: string; onClose: () => void }>): ReactElement {
  const { t } = useTexts();
  const { destination } = refund;
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content>
        <DrawerHeader title={t("refunds.sign_title", { amount: shown })} hint={t("refunds.sign_hint")} />
        <Drawer.Body className="flex flex-1 flex-col gap-y-6 overflow-y-auto">
          <dl className="bg-ui-bg-subtle txt-small flex flex-col gap-y-1 rounded-lg p-3">
            <div className="flex gap-x-1">
              <dt className="text-ui-fg-subtle">{t("common.amount")}</dt>
              <dd>
                <bdi dir="ltr">{refund.shown}</bdi>
              </dd>
            </div>
            {destination !== null && (
              <div className="flex gap-x-1">
                <dt className="text-ui-fg-subtle">{t("refunds.destination")}</dt>
                <dd className="break-all">
                  <bdi dir="ltr">{destination}</bdi>
                </dd>
              </div>
            )}
          </dl>
          <TakeFile refund={refund} />
          <BringBack refund={refund} shown={shown} onSent={onClose} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer>
  );
}

type TakenFile = Readonly<{ name: string; text: string }>;

function nameOf({ headers }: Response): string | undefined {
  return /filename="([^"]+)"/.exec(headers.get("content-disposition") ?? "")?.[1];
}

function TakeFile({ refund }: Readonly<{ refund: AdminManualRefund }>): ReactElement {
  const { t } = useTexts();
  const [file, setFile] = useState<TakenFile | null>(null);
  const [is_asking, setAsking] = useState(false);

  async function take() {
    setAsking(true);
    try {
      const answer = await sdk.client.fetch<Response>(refundPath(refund, "file"), {
        method: "POST",
        headers: { accept: "text/plain" },
      });
      setFile({ name: nameOf(answer) ?? refund.id, text: await answer.text() });
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
    } finally {
      setAsking(false);
    }
  }

  async function copy(content: string) {
    await navigator.clipboard.writeText(content);
    toast.success(t("refunds.text_copied"));
  }

  return (
    <section className="flex flex-col gap-y-2">
      <Heading level="h3">{t("refunds.take")}</Heading>
      <Text size="small" className="text-ui-fg-subtle">
        {t("refunds.take_hint")}
      </Text>
      <div className="flex flex-wrap gap-2">
        {file === null ? (
          <Button size="small" variant="secondary" isLoading={is_asking} onClick={() => void take()}>
            {t("refunds.get_file")}
          </Button>
        ) : (
          <>
            <Button size="small" variant="secondary" asChild>
              <a download={file.name} href={`data:text/plain,${encodeURIComponent(file.text)}`}>
                {t("refunds.download")}
              </a>
            </Button>
            <Button size="small" variant="secondary" onClick={() => void copy(file.text)}>
              {t("refunds.copy_text")}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

function BringBack({
  refund,
  shown,
  onSent,
}: Readonly<{ refund: AdminManualRefund; shown: string; onSent: () => void }>): ReactElement {
  const { t } = useTexts();
  const [text, setText] = useState("");
  const field = useId();
  const { mutate, isPending, error } = useChange<AdminManualRefundResult>({
    onDone: ({ manual_refund }) => {
      const toast_text = manual_refund.status === "signed" ? "signed_toast" : "sent_toast";
      toast.success(t(`refunds.${toast_text}`, { amount: shown }));
      onSent();
    },
  });

  async function read(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (!file) return;
    try {
      setText(textOfSigned(new Uint8Array(await file.arrayBuffer())));
    } catch {
      toast.error(t("refunds.unreadable"));
    }
  }

  function send(event: FormEvent) {
    event.preventDefault();
    if (!isPending && text.trim() !== "") {
      mutate({ path: refundPath(refund, "signed"), body: { text: text.trim() } });
    }
  }

  return (
    <form onSubmit={send} className="flex flex-col gap-y-3">
      <Heading level="h3">{t("refunds.bring")}</Heading>
      <div className="flex flex-col gap-y-1">
        <Label htmlFor={`${field}-file`} size="small" weight="plus">
          {t("refunds.signed_file")}
        </Label>
        <Input id={`${field}-file`} type="file" onChange={(event) => void read(event)} />
      </div>
      <div className="flex flex-col gap-y-1">
        <Label htmlFor={`${field}-text`} size="small" weight="plus">
          {t("refunds.signed_text")}
        </Label>
        <Textarea
          id={`${field}-text`}
          dir="ltr"
          rows={5}
          spellCheck={false}
          value={text}
          aria-describedby={`${field}-hint`}
          onChange={(event) => setText(event.target.value)}
        />
        <Hint id={`${field}-hint`}>{t("refunds.signed_hint")}</Hint>
        {error && (
          <Hint variant="error" role="alert">
            {error.message}
          </Hint>
        )}
      </div>
      <Button
        type="submit"
        size="small"
        className="self-start"
        isLoading={isPending}
        disabled={text.trim() === ""}
      >
        {t("refunds.send", { amount: shown })}
      </Button>
    </form>
  );
}
