import { Elements, useElements, useStripe } from "@stripe/react-stripe-js";
import type { Stripe } from "@stripe/stripe-js";
import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useState,
  type ForwardedRef,
  type ReactElement,
} from "react";
import type {
  GatewayFieldsHandle,
  GatewayFieldsProps,
  GatewayFormParts,
} from "../../../checkout/gateway-form";
import { clientOf, type StripeClient } from "./client";
import { elementsOptions } from "./elements-options";
import { ExpressButton } from "./express-button";
import { PaymentFields } from "./payment-fields";
import { act, collectToken, stripeFor } from "./stripe-js";

/** Stripe's fields, or a wallet's button, as soon as Stripe.js is there. */
const Fields = forwardRef<GatewayFieldsHandle, GatewayFieldsProps>(function Fields(props, ref) {
  const client = clientOf(props.option);
  const stripe = useStripeFor(client, props);
  if (!client || !stripe) return null;
  return (
    <Elements stripe={stripe} options={elementsOptions(client, props)}>
      <Collector handle={ref} />
      {client.form === "express" ? (
        <ExpressButton {...props} />
      ) : (
        <PaymentFields {...props} client={client} />
      )}
    </Elements>
  );
});

/** Within the group of elements, so that it has hold of them. */
function Collector({ handle }: Readonly<{ handle: ForwardedRef<GatewayFieldsHandle> }>): ReactElement | null {
  const stripe = useStripe();
  const elements = useElements();
  useImperativeHandle(
    handle,
    () => ({
      collect: async () => (stripe && elements ? collectToken(stripe, elements) : { type: "failed" }),
    }),
    [stripe, elements],
  );
  return null;
}

/**
 * Loads Stripe.js once: a group of elements cannot change to another instance, and changes its language by itself.
 */
function useStripeFor(
  client: StripeClient | null,
  { locale, onUnavailable }: Pick<GatewayFieldsProps, "locale" | "onUnavailable">,
): Stripe | null {
  const [stripe, setStripe] = useState<Stripe | null>(null);
  const key = client?.publishable_key;
  useEffect(() => {
    let isWanted = true;
    if (key === undefined) return undefined;
    stripeFor(key, locale).then(
      (loaded) => isWanted && setStripe(loaded),
      () => isWanted && onUnavailable(),
    );
    return () => {
      isWanted = false;
    };
    // The language only matters for the first load.
  }, [key]);
  return stripe;
}

export const stripeParts: GatewayFormParts = { Fields, act };
