import type Stripe from "stripe";

type Given = Readonly<{ [field in keyof Stripe.Address]?: Stripe.Address[field] | undefined }>;

/** An address as Stripe shows it: what was not given is there, and null. */
export function postalAddress({ city, country, line1, line2, postal_code, state }: Given): Stripe.Address {
  return {
    city: city ?? null,
    country: country ?? null,
    line1: line1 ?? null,
    line2: line2 ?? null,
    postal_code: postal_code ?? null,
    state: state ?? null,
  };
}
