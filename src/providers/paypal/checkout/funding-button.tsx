import type { EligiblePaymentMethodsOutput, PayPalButtonElement } from "@paypal/paypal-js/sdk-v6";
import { useEffect, useRef, type ReactElement } from "react";
import type { GatewayFieldsProps } from "../../../checkout/gateway-form";
import type { LoadedPayPal, PayPal } from "./paypal-js";
import { createPress, type WindowSession } from "./press";

/** What is approved in PayPal's own window, which a button that PayPal draws opens. */
export type WindowFunding = "paypal" | "paylater" | "venmo";

type FundingButtonProps = GatewayFieldsProps & Readonly<{ loaded: LoadedPayPal; funding: WindowFunding }>;

/** PayPal's button for one way to pay. Pressed, it opens PayPal's window over the page. */
export function FundingButton(props: FundingButtonProps): ReactElement {
  const { loaded, funding, disabled, onReady } = props;
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLElement & { disabled?: boolean }>();
  const current = useRef(props);
  current.current = props;

  useEffect(() => {
    const press = createPress(() => current.current);
    const session = sessionOf(loaded.paypal, funding, {
      onApprove: async () => press.approved(),
      // The order is kept for another try.
      onCancel: () => undefined,
      onError: () => press.failed(),
    });
    const made = buttonOf(funding, loaded.eligible);
    made.addEventListener("click", () => void press.start(session));
    button.current = made;
    place.current?.replaceChildren(made);
    onReady();
    return () => session.destroy();
  }, [loaded, funding, onReady]);

  useEffect(() => {
    if (button.current) button.current.disabled = disabled;
  }, [disabled]);

  return <div ref={place} className="tender-own-form__button" />;
}

type Session = WindowSession & Readonly<{ destroy(): void }>;
type Callbacks = Parameters<PayPal["createVenmoOneTimePaymentSession"]>[0];

function sessionOf(paypal: PayPal, funding: WindowFunding, callbacks: Callbacks): Session {
  switch (funding) {
    case "paypal":
      return paypal.createPayPalOneTimePaymentSession(callbacks);
    case "paylater":
      return paypal.createPayLaterOneTimePaymentSession(callbacks);
    case "venmo":
      return paypal.createVenmoOneTimePaymentSession(callbacks);
  }
}

function buttonOf(funding: WindowFunding, eligible: EligiblePaymentMethodsOutput): PayPalButtonElement {
  switch (funding) {
    case "paypal":
      return Object.assign(document.createElement("paypal-button"), { type: "pay" as const });
    case "paylater": {
      const { productCode, countryCode } = eligible.getDetails("paylater");
      return Object.assign(document.createElement("paypal-pay-later-button"), { productCode, countryCode });
    }
    case "venmo":
      return Object.assign(document.createElement("venmo-button"), { type: "pay" as const });
  }
}
