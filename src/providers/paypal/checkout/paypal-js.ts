import {
  loadCoreSdkScript,
  type Components,
  type EligiblePaymentMethodsOutput,
  type SdkInstance,
} from "@paypal/paypal-js/sdk-v6";
import type { Funding, PayPalClient } from "./client";

/** An instance of PayPal's script; it has the components that were asked for. */
export type PayPal = SdkInstance<Components[]>;

/** The account's PayPal, and what it offers for the cart's amount. */
export type LoadedPayPal = Readonly<{ paypal: PayPal; eligible: EligiblePaymentMethodsOutput }>;

const COMPONENTS: Readonly<Record<Funding, Components>> = {
  paypal: "paypal-payments",
  paylater: "paypal-payments",
  venmo: "venmo-payments",
  card: "card-fields",
  applepay: "applepay-payments",
  googlepay: "googlepay-payments",
};

/** What eligibility is asked by, where it is not the button's own word. */
const ELIGIBILITY = { card: "advanced_cards" } as const;

/** The checkout's languages in PayPal's words, which name a country too. PayPal chooses for any other. */
const LOCALES: Readonly<Record<string, string>> = { en: "en-US", ar: "ar-EG" };

const instances = new Map<string, Promise<PayPal>>();
const eligibilities = new Map<string, Promise<EligiblePaymentMethodsOutput>>();

/**
 * Loads PayPal's script once a page, and makes one instance of it for each account. What failed may be asked for again.
 * @throws unknown when the script is blocked, or PayPal cannot be reached
 */
export async function payPalFor(client: PayPalClient, locale: string): Promise<LoadedPayPal> {
  const { client_id, environment, fundings, currency, amount } = client;
  const account = `${environment} ${client_id} ${fundings.join()}`;
  const paypal = await once(instances, account, () => makeInstance(client, locale));
  const eligible = await once(eligibilities, `${account} ${amount} ${currency}`, () =>
    paypal.findEligibleMethods({ currencyCode: currency, amount }),
  );
  return { paypal, eligible };
}

export function localeOf(locale: string): string | undefined {
  return LOCALES[locale];
}

/** Whether PayPal offers the option's way to pay for its amount, to this shopper. */
export function isOffered({ funding }: PayPalClient, { eligible }: LoadedPayPal): boolean {
  return eligible.isEligible(funding === "card" ? ELIGIBILITY.card : funding);
}

async function makeInstance(
  { client_id, environment, fundings }: PayPalClient,
  locale: string,
): Promise<PayPal> {
  const script = await loadCoreSdkScript({ environment });
  // Only where there is no window; nothing of this is drawn on a server.
  if (!script) throw new Error("PayPal's script runs in a browser only.");
  const known = localeOf(locale);
  return script.createInstance({
    clientId: client_id,
    components: [...new Set(fundings.map((funding) => COMPONENTS[funding]))],
    pageType: "checkout",
    ...(known !== undefined && { locale: known }),
  });
}

function once<Made>(made: Map<string, Promise<Made>>, key: string, make: () => Promise<Made>): Promise<Made> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  known.catch(() => made.delete(key));
  return known;
}
