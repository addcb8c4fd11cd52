import { toast } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminPaymentActions } from "../../api/admin/tender/payments/contract";
import { sdk } from "../lib/sdk";
import { useTexts } from "../lib/use-texts";
import { AmountForm } from "./amount-form";
import { usePaymentMove } from "./use-payment-move";

/** Captures all or a part, by Medusa's own route. */
export function CaptureForm({
  payment,
  onClose,
}: Readonly<{ payment: AdminPaymentActions; onClose: () => void }>): ReactElement {
  const { t, money } = useTexts();
  const { is_moving, move } = usePaymentMove();
  const { payment_id, currency_code, capturable, partial_capture, multiple_capture } = payment;

  async function capture(amount: number) {
    const is_done = await move(async () => {
      await sdk.admin.payment.capture(payment_id, { amount });
      toast.success(t("payment_actions.captured_toast", { amount: money(amount, currency_code) }));
    });
    if (is_done) onClose();
  }

  return (
    <AmountForm
      title={t("payment_actions.capture_title")}
      most={capturable}
      currency_code={currency_code}
      currency_digits={payment.currency_digits}
      is_whole={!partial_capture}
      is_moving={is_moving}
      labelOf={(amount) => t("payment_actions.capture_now", { amount })}
      explain={(left) =>
        left === 0
          ? t("payment_actions.capture_all")
          : t(`payment_actions.${multiple_capture ? "capture_left" : "capture_released"}`, {
              amount: money(left, currency_code),
            })
      }
      onSubmit={capture}
      onClose={onClose}
    />
  );
}
