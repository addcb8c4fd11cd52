import type { GatewayFieldsProps } from "../../../checkout/gateway-form";

type Option = GatewayFieldsProps["option"];

/** What the gateway tells of an option; see `clientConfigOf` on the server. */
export type PayPalClient = Readonly<{
  form: "button" | "card_fields";
  client_id: string;
  environment: "sandbox" | "production";
  funding: Funding;
  /** Those of all the account's methods on offer: one instance of PayPal's script serves them all. */
  fundings: readonly Funding[];
  /** As PayPal writes it, upper-case currency. */
  amount: string;
  currency: string;
}>;

/** What there is to pay with, in the words of PayPal's script. */
export const FUNDINGS = ["paypal", "paylater", "venmo", "card", "applepay", "googlepay"] as const;
export type Funding = (typeof FUNDINGS)[number];

const FORMS: Readonly<Record<string, PayPalClient["form"]>> = {
  paypal_button: "button",
  paypal_card_fields: "card_fields",
};

/** What PayPal's form of this option needs; null for an option it cannot be drawn for. */
export function clientOf({ client }: Pick<Option, "client">): PayPalClient | null {
  const { client_id, amount, currency, test_mode, funding_sources } = client;
  const form = FORMS[String(client["form"])];
  const funding = fundingOf(client["funding_source"]);
  if (!form || !funding || typeof client_id !== "string") return null;
  if (typeof amount !== "string" || typeof currency !== "string") return null;
  const told = Array.isArray(funding_sources) ? funding_sources.map(fundingOf) : [];
  return {
    form,
    client_id,
    environment: test_mode === true ? "sandbox" : "production",
    funding,
    fundings: FUNDINGS.filter((known) => known === funding || told.includes(known)),
    amount,
    currency,
  };
}

/** PayPal's id of the order that an attempt stands for. */
export function orderIdOf(attempt: { client: Readonly<Record<string, unknown>> } | null): string | undefined {
  const id = attempt?.client["order_id"];
  return typeof id === "string" ? id : undefined;
}

function fundingOf(told: unknown): Funding | undefined {
  return FUNDINGS.find((funding) => funding === told);
}
