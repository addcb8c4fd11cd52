import { Label, Select, Text, Textarea, toast } from "@medusajs/ui";
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type ReactElement } from "react";
import type { AdminPaymentActions } from "../../api/admin/tender/payments/contract";
import type { AdminManualRefundsResult } from "../../api/admin-contract";
import { hasSessionEnded } from "../lib/api";
import { sdk } from "../lib/sdk";
import { useTexts } from "../lib/use-texts";
import { AmountForm } from "./amount-form";
import { usePaymentMove } from "./use-payment-move";

const NO_REASON = "none";

/** Refunds all or a part, by Medusa's own route; where people carry it out, it is noted. */
export function RefundForm({
  payment,
  onNoted,
  onClose,
}: Readonly<{
  payment: AdminPaymentActions;
  /** A refund by hand goes on elsewhere. */
  onNoted: (refund_id: string) => void;
  onClose: () => void;
}>): ReactElement {
  const { t, money } = useTexts();
  const { is_moving, move } = usePaymentMove();
  const { currency_code, refundable, partial_refund, refunds_by_hand } = payment;
  const [reason, setReason] = useState(NO_REASON);
  const [note, setNote] = useState("");
  const note_field = useId();

  async function refund(amount: number) {
    let noted: string | undefined;
    const is_done = await move(async () => {
      noted = await refundOrNote(payment, {
        amount,
        ...(reason !== NO_REASON && { refund_reason_id: reason }),
        ...(note.trim() !== "" && { note: note.trim() }),
      });
      const done = noted === undefined ? "refunded_toast" : "noted_toast";
      toast.success(t(`payment_actions.${done}`, { amount: money(amount, currency_code) }));
    });
    if (!is_done) return;
    onClose();
    if (noted !== undefined) onNoted(noted);
  }

  return (
    <AmountForm
      title={t("payment_actions.refund_title")}
      most={refundable}
      currency_code={currency_code}
      currency_digits={payment.currency_digits}
      is_whole={!partial_refund}
      is_moving={is_moving}
      labelOf={(amount) => t(`payment_actions.${refunds_by_hand ? "refund_note" : "refund_now"}`, { amount })}
      explain={(left) =>
        left === 0
          ? t("payment_actions.refund_all")
          : t("payment_actions.refund_left", { amount: money(left, currency_code) })
      }
      onSubmit={refund}
      onClose={onClose}
    >
      {refunds_by_hand && <Text size="small">{t("payment_actions.by_hand")}</Text>}
      <ReasonField value={reason} onChange={setReason} />
      <div className="flex flex-col gap-y-1">
        <Label htmlFor={note_field} size="small" weight="plus">
          {t("payment_actions.note")}
        </Label>
        <Textarea id={note_field} value={note} onChange={(event) => setNote(event.target.value)} />
      </div>
    </AmountForm>
  );
}

/** @returns the id of the refund that was noted, where people carry it out; Medusa's route answers that with an error */
async function refundOrNote(
  { payment_id, payment_attempt_id, refunds_by_hand }: AdminPaymentActions,
  body: Readonly<{ amount: number; refund_reason_id?: string; note?: string }>,
): Promise<string | undefined> {
  try {
    await sdk.admin.payment.refund(payment_id, body);
    return undefined;
  } catch (error) {
    if (!refunds_by_hand || !(error instanceof Error)) throw error;
    const { message } = error;
    const { manual_refunds } = await sdk.client.fetch<AdminManualRefundsResult>(
      `/admin/tender/payment-attempts/${encodeURIComponent(payment_attempt_id)}/manual-refunds`,
    );
    const noted = manual_refunds.find(({ id }) => message.includes(id));
    if (!noted) throw error;
    return noted.id;
  }
}

function ReasonField({
  value,
  onChange,
}: Readonly<{ value: string; onChange: (id: string) => void }>): ReactElement | null {
  const { t } = useTexts();
  const field = useId();
  const { data } = useQuery({
    queryKey: ["tender", "refund-reasons"],
    queryFn: () => sdk.admin.refundReason.list({ fields: "id,label", limit: 100 }),
    throwOnError: hasSessionEnded,
  });
  const reasons = data?.refund_reasons ?? [];
  if (reasons.length === 0) return null;
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={field} size="small" weight="plus">
        {t("payment_actions.reason")}
      </Label>
      <Select value={value} onValueChange={onChange}>
        <Select.Trigger id={field}>
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          <Select.Item value={NO_REASON}>{t("payment_actions.no_reason")}</Select.Item>
          {reasons.map(({ id, label }) => (
            <Select.Item key={id} value={id}>
              {label}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </div>
  );
}
