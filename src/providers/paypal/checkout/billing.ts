import type { BillingAddress } from "@paypal/paypal-js/sdk-v6";
import type { GatewayFieldsProps } from "../../../checkout/gateway-form";

/** Longer parts are no address of PayPal's (Orders v2, `address_portable`); one that is left out is only not compared. */
const LONGEST = { line: 300, city: 120, postal_code: 60 } as const;

/** A subdivision by its code, alone or after its country's: `us-ca` in Medusa, `CA` to PayPal. */
const SUBDIVISION = /^(?:[a-z]{2}-)?([a-z0-9]{1,3})$/i;

/** Orders v2, `country_code`: cards of China are from C2. */
const OTHER_COUNTRIES: Readonly<Record<string, string>> = { CN: "C2" };

/**
 * The cart's billing address in the words of PayPal's fields, which the issuer compares with its own (AVS); undefined
 * without a country.
 */
export function billingAddressOf(address: GatewayFieldsProps["billing"]): BillingAddress | undefined {
  if (!address?.country_code) return undefined;
  const country = address.country_code.toUpperCase();
  const [, subdivision] = SUBDIVISION.exec(address.province ?? "") ?? [];
  const parts: BillingAddress = {
    ...part("addressLine1", address.address_1, LONGEST.line),
    ...part("addressLine2", address.address_2, LONGEST.line),
    ...part("adminArea2", address.city, LONGEST.city),
    ...part("postalCode", address.postal_code, LONGEST.postal_code),
  };
  return {
    ...parts,
    ...(subdivision !== undefined && { adminArea1: subdivision.toUpperCase() }),
    countryCode: OTHER_COUNTRIES[country] ?? country,
  };
}

function part(name: keyof BillingAddress, value: string | null, longest: number): BillingAddress {
  return value !== null && value.length <= longest ? { [name]: value } : {};
}
