import type { ReactElement, ReactNode } from "react";
import type { OrderView } from "../client";
import type { AfterOrder } from "../gateway-form";
import type { TextKey } from "../locales";
import { Panel } from "./panel";
import { StoreLink } from "./store-link";
import { useWording } from "./wording-context";

/** The part of an order this page shows. */
export type DoneOrder = Pick<OrderView, "id" | "display_id" | "email" | "currency_code" | "total">;

type DonePanelProps = Readonly<{
  order: DoneOrder | null;
  /** The title of the way it was paid, where it is known. */
  paidWith: string | null;
  /** False when the money is yet to come, e.g. on delivery, or when it is not known. */
  isPaid: boolean;
  /** What is left of its payment, where a gateway's form tells. */
  standing?: AfterOrder;
  /** What is left to do or to see of its payment. */
  children?: ReactNode;
  /** The store's own site, where the shopper goes on from here. */
  storeUrl?: string | undefined;
}>;

type Look = Readonly<{ title: TextKey; icon: string; tone: "calm" | "care" | "good" }>;

const PLACED: Look = { title: "done.title", icon: "check", tone: "good" };

const LOOKS: Readonly<Record<AfterOrder, Look>> = {
  unpaid: { title: "done.awaited.title", icon: "clock", tone: "calm" },
  overdue: { title: "done.overdue.title", icon: "alert", tone: "care" },
  confirming: PLACED,
  paid: PLACED,
};

/** The order's number, what was paid with what, and the shopper's e-mail address. */
export function DonePanel(props: DonePanelProps): ReactElement {
  const { order, paidWith, isPaid, standing = "paid", children, storeUrl } = props;
  const { t, money } = useWording();
  const { title, ...mark } = LOOKS[standing];
  if (!order) {
    return (
      <Panel title={t(children ? title : "done.without_number.title")} {...mark}>
        {children ?? <p className="tender-panel__text">{t("done.without_number.body")}</p>}
        <StoreLink url={storeUrl} />
      </Panel>
    );
  }
  return (
    <Panel title={t(title)} {...mark}>
      {children}
      <dl className="tender-facts">
        <div>
          <dt>{t("done.order_number")}</dt>
          <dd className="tender-facts__strong">
            <bdi dir="ltr">#{order.display_id}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t(isPaid ? "done.paid" : "summary.total")}</dt>
          <dd>{money(order.total, order.currency_code)}</dd>
        </div>
        {paidWith && (
          <div>
            <dt>{t(isPaid ? "done.paid_with" : "done.payment")}</dt>
            <dd>{paidWith}</dd>
          </div>
        )}
        {order.email && (
          <div>
            <dt>{t("done.email")}</dt>
            <dd>
              <bdi dir="ltr">{order.email}</bdi>
            </dd>
          </div>
        )}
      </dl>
      <StoreLink url={storeUrl} />
    </Panel>
  );
}
