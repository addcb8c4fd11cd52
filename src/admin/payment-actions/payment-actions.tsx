import { Button, Text, toast, usePrompt } from "@medusajs/ui";
import { useState, type ReactElement } from "react";
import type {
  AdminPaymentActions,
  AdminPaymentActionsResult,
} from "../../api/admin/tender/payments/contract";
import { sdk } from "../lib/sdk";
import { useTexts } from "../lib/use-texts";
import { ManualRefundsOfAttempt } from "../refunds/manual-refunds-of-attempt";
import { CaptureForm } from "./capture-form";
import { RefundForm } from "./refund-form";
import { usePaymentMove } from "./use-payment-move";

/** A payment's money, and what its gateway and its state allow to be done about it. */
export function PaymentActions({ payment }: Readonly<{ payment: AdminPaymentActions }>): ReactElement {
  const { t } = useTexts();
  const [open, setOpen] = useState<"capture" | "refund" | null>(null);
  const [noted, setNoted] = useState<string | null>(null);
  const { capturable, refundable, voidable, refunds_by_hand } = payment;
  const close = () => setOpen(null);
  return (
    <div role="group" aria-label={t("payment_actions.label")} className="flex flex-col gap-y-3">
      <Sums payment={payment} />
      {(capturable > 0 || refundable > 0 || voidable > 0) && (
        <div className="flex flex-wrap gap-2">
          {capturable > 0 && (
            <Button size="small" variant="secondary" onClick={() => setOpen("capture")}>
              {t("payment_actions.capture")}
            </Button>
          )}
          {refundable > 0 && (
            <Button size="small" variant="secondary" onClick={() => setOpen("refund")}>
              {t("payment_actions.refund")}
            </Button>
          )}
          {voidable > 0 && <VoidButton payment={payment} />}
        </div>
      )}
      {open === "capture" && <CaptureForm payment={payment} onClose={close} />}
      {open === "refund" && <RefundForm payment={payment} onNoted={setNoted} onClose={close} />}
      {refunds_by_hand && (
        <ManualRefundsOfAttempt attempt_id={payment.payment_attempt_id} focused_id={noted} />
      )}
    </div>
  );
}

function Sums({ payment }: Readonly<{ payment: AdminPaymentActions }>): ReactElement {
  const { t, money } = useTexts();
  const { captured, refunded, capturable, currency_code } = payment;
  const sums = [
    ["captured", captured],
    ...(refunded > 0 ? ([["refunded", refunded]] as const) : []),
    ...(capturable > 0 ? ([["to_capture", capturable]] as const) : []),
  ] as const;
  return (
    <dl className="txt-small flex flex-wrap gap-x-4 gap-y-1">
      {sums.map(([name, amount]) => (
        <div key={name} className="flex gap-x-1">
          <dt className="text-ui-fg-subtle">{t(`payment_actions.${name}`)}</dt>
          <dd>
            <Text as="span" size="small" weight="plus">
              {money(amount, currency_code)}
            </Text>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function VoidButton({ payment }: Readonly<{ payment: AdminPaymentActions }>): ReactElement {
  const { t, money } = useTexts();
  const prompt = usePrompt();
  const { is_moving, move } = usePaymentMove();
  const amount = money(payment.voidable, payment.currency_code);

  async function voidIt() {
    const is_sure = await prompt({
      title: t("payment_actions.void_title", { amount }),
      description: t("payment_actions.void_text"),
      confirmText: t("payment_actions.void_now", { amount }),
      cancelText: t("common.cancel"),
    });
    if (!is_sure) return;
    await move(async () => {
      await sdk.client.fetch<AdminPaymentActionsResult>(
        `/admin/tender/payments/${encodeURIComponent(payment.payment_id)}/void`,
        { method: "POST" },
      );
      toast.success(t("payment_actions.voided_toast", { amount }));
    });
  }

  return (
    <Button size="small" variant="secondary" isLoading={is_moving} onClick={() => void voidIt()}>
      {t("payment_actions.void")}
    </Button>
  );
}
