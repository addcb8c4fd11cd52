import type { GooglePayConfig, GooglePayOneTimePaymentSession } from "@paypal/paypal-js/sdk-v6";
import type { Collected } from "../../../checkout/gateway-form";
import type { PayPalClient } from "./client";
import type { LoadedPayPal } from "./paypal-js";
import type { Wallet } from "./wallet";

const SCRIPT = "https://pay.google.com/gp/p/js/pay.js";

/** Of Google's own script, what is used of it (Google Pay API, "Client reference"). */
type PaymentsClient = Readonly<{
  isReadyToPay(request: object): Promise<{ result: boolean }>;
  loadPaymentData(request: object): Promise<{ paymentMethodData: PaymentMethodData }>;
}>;
type PaymentMethodData = Parameters<GooglePayOneTimePaymentSession["confirmOrder"]>[0]["paymentMethodData"];
type GooglePayments = Readonly<{
  payments: {
    api: { PaymentsClient: new (options: { environment: "TEST" | "PRODUCTION" }) => PaymentsClient };
  };
}>;

let script: Promise<void> | undefined;

/**
 * Google Pay with PayPal behind it; null where the browser or the shopper's account cannot pay with it.
 * @throws unknown when Google's script is blocked
 */
export async function googlePay(
  { environment, currency, amount }: PayPalClient,
  { paypal, eligible }: LoadedPayPal,
): Promise<Wallet | null> {
  const session = paypal.createGooglePayOneTimePaymentSession();
  const config = session.formatConfigForPaymentRequest(eligible.getDetails("googlepay").config);
  await loadScript();
  const { google } = window as unknown as { google: GooglePayments };
  const client = new google.payments.api.PaymentsClient({
    environment: environment === "sandbox" ? "TEST" : "PRODUCTION",
  });
  const { result } = await client.isReadyToPay(baseOf(config));
  if (!result) return null;
  return {
    press: ({ approved, canceled, failed, order }) => {
      client
        .loadPaymentData({
          ...baseOf(config),
          merchantInfo: config.merchantInfo,
          transactionInfo: {
            countryCode: config.countryCode,
            currencyCode: currency,
            totalPrice: amount,
            totalPriceStatus: "FINAL",
          },
        })
        .then(
          ({ paymentMethodData }) =>
            approved(async () => confirmed(session, await order(), paymentMethodData)),
          (error: unknown) => (isClosed(error) ? canceled() : failed()),
        );
    },
  };
}

function baseOf({ allowedPaymentMethods, apiVersion, apiVersionMinor }: GooglePayConfig) {
  return { allowedPaymentMethods, apiVersion, apiVersionMinor };
}

/** Google rejects when the shopper closes its sheet as well. Every other status is a failure (Google Pay API, "Error objects"). */
function isClosed(error: unknown): boolean {
  return typeof error === "object" && error !== null && Reflect.get(error, "statusCode") === "CANCELED";
}

async function confirmed(
  session: GooglePayOneTimePaymentSession,
  orderId: string | null,
  paymentMethodData: PaymentMethodData,
): Promise<Collected> {
  if (orderId === null) return { type: "canceled" };
  const { status } = await session.confirmOrder({ orderId, paymentMethodData });
  if (status === "PAYER_ACTION_REQUIRED") {
    // It rejects when 3-D Secure is closed or not passed: what came of it the server reads from the order.
    await session.initiatePayerAction({ orderId }).catch(() => undefined);
  }
  return { type: "data", data: {} };
}

function loadScript(): Promise<void> {
  script ??= new Promise<void>((resolve, reject) => {
    const element = document.createElement("script");
    element.src = SCRIPT;
    element.async = true;
    element.onload = () => resolve();
    element.onerror = () => {
      element.remove();
      script = undefined;
      reject(new Error("Google's script could not be loaded."));
    };
    document.head.append(element);
  });
  return script;
}
