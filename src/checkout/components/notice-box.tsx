import type { ReactElement } from "react";
import type { Notice } from "../flow";
import { Icon } from "./icon";
import { StoreLink } from "./store-link";
import { useWording } from "./wording-context";

/** The notices that send the shopper to the store, which is then a press away. */
const LEADS_TO_STORE: readonly Notice[] = [
  "cart_incomplete",
  "item_unavailable",
  "payment_returned",
  "order_not_placed",
];

type NoticeBoxProps = Readonly<{
  notice: Notice;
  /** The cart's total, as written. */
  amount: string;
  storeUrl?: string | undefined;
}>;

/** What has to be told before the shopper goes on. It takes the focus, see `useStepFocus`. */
export function NoticeBox({ notice, amount, storeUrl }: NoticeBoxProps): ReactElement {
  const { t } = useWording();
  return (
    <>
      <p className="tender-notice" tabIndex={-1} data-notice>
        <Icon name="info" />
        <span>{t(`notice.${notice}`, { amount })}</span>
      </p>
      {LEADS_TO_STORE.includes(notice) && <StoreLink url={storeUrl} />}
    </>
  );
}
