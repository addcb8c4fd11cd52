import { forwardRef, useEffect, useState } from "react";
import type {
  GatewayFieldsHandle,
  GatewayFieldsProps,
  GatewayFormParts,
} from "../../../checkout/gateway-form";
import { CardFields } from "./card-fields";
import { clientOf, type PayPalClient } from "./client";
import { FundingButton } from "./funding-button";
import { isOffered, localeOf, payPalFor, type LoadedPayPal } from "./paypal-js";
import { WalletButton } from "./wallet-button";

/** PayPal's fields or button, as soon as PayPal's script is there and offers them for the cart. */
const Fields = forwardRef<GatewayFieldsHandle, GatewayFieldsProps>(function Fields(props, ref) {
  const client = clientOf(props.option);
  const loaded = useLoaded(client, props);
  if (!client || !loaded) return null;
  switch (client.funding) {
    case "card":
      return <CardFields {...props} ref={ref} paypal={loaded.paypal} />;
    case "applepay":
    case "googlepay":
      return <WalletButton {...props} client={client} loaded={loaded} kind={client.funding} />;
    default:
      return <FundingButton {...props} loaded={loaded} funding={client.funding} />;
  }
});

function useLoaded(
  client: PayPalClient | null,
  { locale, onUnavailable, onNotOffered }: GatewayFieldsProps,
): LoadedPayPal | null {
  const [loaded, setLoaded] = useState<LoadedPayPal | null>(null);
  const { client_id, amount, currency } = client ?? {};

  useEffect(() => {
    let isWanted = true;
    if (!client) return undefined;
    payPalFor(client, locale).then(
      (found) => {
        if (!isWanted) return;
        if (isOffered(client, found)) setLoaded(found);
        else onNotOffered();
      },
      () => isWanted && onUnavailable(),
    );
    return () => {
      isWanted = false;
    };
    // The language only matters for the first load; the option is another object whenever the offer is read again.
  }, [client_id, amount, currency]);

  useEffect(() => {
    const known = localeOf(locale);
    if (known !== undefined) loaded?.paypal.updateLocale(known);
  }, [loaded, locale]);

  return loaded;
}

export const paypalParts: GatewayFormParts = {
  Fields,
  // PayPal's orders wait for a page of PayPal's, or for nothing.
  act: async () => undefined,
};
