import { useRef, type ReactElement } from "react";
import type { CheckoutState } from "../flow";
import { BusyButton } from "./busy-button";
import { NoticeBox } from "./notice-box";
import { Panel } from "./panel";
import { useStepFocus } from "./use-step-focus";
import { useWording } from "./wording-context";

type NothingToPayProps = Readonly<{
  state: CheckoutState;
  storeUrl?: string | undefined;
  onPlace: () => void;
}>;

/** A cart whose total is zero: there is only its order to place. */
export function NothingToPay({ state, storeUrl, onPlace }: NothingToPayProps): ReactElement {
  const { t, money } = useWording();
  const step = useRef<HTMLDivElement>(null);
  // Its heading takes the focus on arriving.
  useStepFocus(step, { state, arrives: false });
  const { cart, notice } = state;
  const amount = cart ? money(cart.total, cart.currency_code) : "";
  return (
    <div ref={step}>
      <Panel title={t("free.title")} icon="info">
        {notice ? (
          <NoticeBox notice={notice} amount={amount} storeUrl={storeUrl} />
        ) : (
          <p className="tender-panel__text">{t("free.body")}</p>
        )}
        <BusyButton
          label={t("free.place")}
          busyLabel={t("free.placing")}
          busy={state.phase === "paying"}
          onClick={onPlace}
        />
      </Panel>
    </div>
  );
}
