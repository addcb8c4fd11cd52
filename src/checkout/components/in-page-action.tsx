import type { ReactElement } from "react";
import { findOption, gatewayFormOf } from "../flow";
import { GatewayPanelSlot } from "./gateway-panel-slot";
import { ActingPanel } from "./status-panels";
import type { Checkout } from "./use-checkout";

/** What an attempt waits for: the gateway's panel, or a word about the window its script has opened over the page. */
export function InPageAction({ checkout }: Readonly<{ checkout: Checkout }>): ReactElement {
  const { state, dispatch, flow, look } = checkout;
  const { attempt, forms } = state;
  const option = findOption(state, attempt?.option_id ?? null);
  const form = option && gatewayFormOf(option, forms);
  const goBack = (): void => dispatch({ type: "went_back" });
  if (!attempt || !form?.actsInPage?.(attempt)) return <ActingPanel onBack={goBack} />;
  return (
    <GatewayPanelSlot
      form={form}
      attempt={attempt}
      look={() => look(attempt.id)}
      ways={{ done: () => void flow.acted(), again: () => void flow.payAgain(), anotherWay: goBack }}
    />
  );
}
