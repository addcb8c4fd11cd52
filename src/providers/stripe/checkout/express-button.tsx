import { ExpressCheckoutElement, useElements, useStripe } from "@stripe/react-stripe-js";
import type {
  StripeExpressCheckoutElementConfirmEvent,
  StripeExpressCheckoutElementReadyEvent,
} from "@stripe/stripe-js";
import { useEffect, type ReactElement } from "react";
import type { GatewayFieldsProps } from "../../../checkout/gateway-form";
import { expressOptions, walletOf } from "./elements-options";
import { collectToken } from "./stripe-js";

/** The Express Checkout Element with one wallet's button. Where the device has no such wallet it reports so. */
export function ExpressButton(props: GatewayFieldsProps): ReactElement | null {
  const { option, theme, disabled, onReady, onUnavailable, onApproved } = props;
  const stripe = useStripe();
  const elements = useElements();
  const wallet = walletOf(option.method);

  useEffect(() => {
    if (!wallet) onUnavailable();
  }, [wallet, onUnavailable]);
  if (!wallet) return null;

  function settle({ availablePaymentMethods }: StripeExpressCheckoutElementReadyEvent): void {
    if (wallet && availablePaymentMethods?.[wallet]) onReady();
    else onUnavailable();
  }

  function confirm(event: StripeExpressCheckoutElementConfirmEvent): void {
    if (!stripe || !elements) return event.paymentFailed();
    const isTaken = onApproved(async () => {
      const collected = await collectToken(stripe, elements);
      // So that the wallet's sheet does not stay open over what the page has to tell.
      if (collected.type !== "data") event.paymentFailed();
      return collected;
    });
    if (!isTaken) event.paymentFailed();
  }

  return (
    <ExpressCheckoutElement
      options={expressOptions(wallet, theme)}
      onReady={settle}
      onLoadError={onUnavailable}
      onClick={({ resolve, reject }) => (disabled ? reject() : resolve())}
      onConfirm={confirm}
    />
  );
}
