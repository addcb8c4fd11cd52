import { PaymentElement } from "@stripe/react-stripe-js";
import type { ReactElement } from "react";
import type { GatewayFieldsProps } from "../../../checkout/gateway-form";
import type { StripeClient } from "./client";
import { paymentElementOptions } from "./elements-options";

type PaymentFieldsProps = Pick<GatewayFieldsProps, "email" | "disabled" | "onReady" | "onUnavailable"> &
  Readonly<{ client: StripeClient }>;

/** The Payment Element: card fields, or those of whatever the option's payment method asks for. */
export function PaymentFields(props: PaymentFieldsProps): ReactElement {
  const { client, email, disabled, onReady, onUnavailable } = props;
  return (
    <PaymentElement
      options={paymentElementOptions(client, { email, disabled })}
      onReady={onReady}
      onLoadError={onUnavailable}
    />
  );
}
