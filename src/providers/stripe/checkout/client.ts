import type { GatewayFieldsProps } from "../../../checkout/gateway-form";

/** What the gateway tells of an option; see `clientConfigOf` on the server. */
export type StripeClient = Readonly<{
  form: "payment" | "express";
  publishable_key: string;
  /** In the API's units, lower-case currency. */
  amount: number;
  currency: string;
  capture_method: "manual" | "automatic";
  /** Null leaves the choice to the account's settings. */
  allowed_payment_method_types: readonly string[] | null;
  payment_method_configuration: string | null;
}>;

const FORMS: Readonly<Record<string, StripeClient["form"]>> = {
  stripe_payment_element: "payment",
  stripe_express_checkout: "express",
};

/** What Stripe's form of this option needs; null for an option it cannot be drawn for, such as one without a key. */
export function clientOf({ client }: Pick<GatewayFieldsProps["option"], "client">): StripeClient | null {
  const form = FORMS[String(client["form"])];
  const { publishable_key, amount, currency, payment_method_configuration } = client;
  if (!form || typeof publishable_key !== "string" || typeof amount !== "number" || amount <= 0) return null;
  if (typeof currency !== "string") return null;
  const allowed = client["allowed_payment_method_types"];
  return {
    form,
    publishable_key,
    amount,
    currency,
    capture_method: client["capture_method"] === "automatic" ? "automatic" : "manual",
    allowed_payment_method_types: Array.isArray(allowed) ? allowed.map(String) : null,
    payment_method_configuration:
      typeof payment_method_configuration === "string" ? payment_method_configuration : null,
  };
}
