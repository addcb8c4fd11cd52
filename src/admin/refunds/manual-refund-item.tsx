import { Button, Text, toast } from "@medusajs/ui";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { Link } from "react-router-dom";
import type { AdminManualRefund } from "../../api/admin-contract";
import { OutcomeBadge, type BadgeColor } from "../attempts/outcome-badge";
import { useTexts } from "../lib/use-texts";
import { ManualRefundMenu } from "./manual-refund-menu";
import { SignDrawer } from "./sign-drawer";

const COLOR_OF_STATUS: Readonly<Record<AdminManualRefund["status"], BadgeColor>> = {
  waits_for_payee: "orange",
  waits_for_operator: "orange",
  signed: "blue",
  sent: "blue",
  done: "green",
  dropped: "grey",
};

/** One refund: how much, at which step, what that means, and what is to be done next. */
export function ManualRefundItem({
  refund,
  is_focused = false,
  links_order = false,
}: Readonly<{
  refund: AdminManualRefund;
  is_focused?: boolean;
  /** Where it stands apart from its order. */
  links_order?: boolean;
}>): ReactElement {
  const { t, money } = useTexts();
  const { status, amount, currency_code, shown, note, destination, less_fee, order_id } = refund;
  const in_money = amount !== null && currency_code !== null ? money(amount, currency_code) : null;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (is_focused) box.current?.focus();
  }, [is_focused]);
  return (
    <div ref={box} tabIndex={-1} className="flex flex-col gap-y-2" data-refund={refund.id}>
      <div className="flex flex-wrap items-start justify-between gap-x-2 gap-y-1">
        <div>
          <Text size="small" weight="plus">
            {in_money ?? t("refunds.beyond")}
          </Text>
          <Text size="small" className="text-ui-fg-subtle">
            <bdi dir="ltr">{shown}</bdi>
            {less_fee && <span> · {t("refunds.less_fee")}</span>}
          </Text>
        </div>
        <OutcomeBadge color={COLOR_OF_STATUS[status]}>{t(`refunds.steps.${status}`)}</OutcomeBadge>
      </div>
      <Text size="small" className="text-ui-fg-subtle">
        {t(`refunds.meanings.${status}`)}
      </Text>
      {destination !== null && (
        <Text size="xsmall" className="text-ui-fg-subtle break-all">
          {t("refunds.destination")}: <bdi dir="ltr">{destination}</bdi>
        </Text>
      )}
      {note !== null && (
        <Text size="small" className="text-ui-fg-error">
          {t("refunds.in_the_way")}: <bdi>{note}</bdi>
        </Text>
      )}
      <Steps refund={refund} shown={in_money ?? shown} />
      {links_order && order_id !== null && (
        <Link to={`/orders/${order_id}`} className="txt-small text-ui-fg-base self-start underline">
          {t("refunds.order")}
        </Link>
      )}
    </div>
  );
}

/** What can be done about it now. */
function Steps({
  refund,
  shown,
}: Readonly<{ refund: AdminManualRefund; shown: string }>): ReactElement | null {
  const { t } = useTexts();
  const [is_signing, setSigning] = useState(false);
  const { status, takes_destination, payee_url } = refund;
  const may_sign = status === "waits_for_operator";
  if (!may_sign && !takes_destination && status !== "signed") return null;

  async function copyLink(link: string) {
    await navigator.clipboard.writeText(link);
    toast.success(t("refunds.link_copied"));
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      {may_sign && (
        <Button size="small" onClick={() => setSigning(true)}>
          {t("refunds.sign")}
        </Button>
      )}
      {takes_destination && payee_url !== null && (
        <Button size="small" variant="secondary" onClick={() => void copyLink(payee_url)}>
          {t("refunds.copy_link")}
        </Button>
      )}
      <ManualRefundMenu refund={refund} shown={shown} />
      {is_signing && <SignDrawer refund={refund} shown={shown} onClose={() => setSigning(false)} />}
    </div>
  );
}
