import type { ApplePayOneTimePaymentSession } from "@paypal/paypal-js/sdk-v6";
import type { PayPalClient } from "./client";
import type { LoadedPayPal } from "./paypal-js";
import type { Wallet } from "./wallet";

/** Apple's API in Safari, what is used of it (Apple Pay on the Web, ApplePaySession). */
type AppleSession = {
  onvalidatemerchant: ((event: { validationURL: string }) => void) | null;
  onpaymentauthorized: ((event: { payment: ApplePayment }) => void) | null;
  oncancel: (() => void) | null;
  begin(): void;
  abort(): void;
  completeMerchantValidation(session: unknown): void;
  completePayment(result: { status: number }): void;
};
type ApplePayment = Pick<
  Parameters<ApplePayOneTimePaymentSession["confirmOrder"]>[0],
  "token" | "billingContact" | "shippingContact"
>;
type AppleSessions = {
  new (version: number, request: object): AppleSession;
  supportsVersion(version: number): boolean;
  canMakePayments(): boolean;
  STATUS_SUCCESS: number;
  STATUS_FAILURE: number;
};

/** Version 4 of Apple's API, which PayPal's own examples use: Safari 12.1 and later. */
const VERSION = 4;

/**
 * Apple Pay with PayPal behind it; null where the browser has none, or an older one, or PayPal names no country of the
 * merchant's.
 * @throws DOMException where the page may not use it, such as without https
 */
export async function applePay(
  { currency, amount }: PayPalClient,
  { paypal, eligible }: LoadedPayPal,
): Promise<Wallet | null> {
  const { ApplePaySession } = window as unknown as { ApplePaySession?: AppleSessions };
  if (!ApplePaySession?.supportsVersion(VERSION) || !ApplePaySession.canMakePayments()) return null;
  const session = paypal.createApplePayOneTimePaymentSession();
  const { merchantCapabilities, supportedNetworks, merchantCountry } = session.formatConfigForPaymentRequest(
    eligible.getDetails("applepay").config,
  );
  // Apple opens no sheet without it, and PayPal's types leave open whether it is told.
  if (merchantCountry === undefined) return null;
  const label = window.location.hostname;
  return {
    press: ({ approved, canceled, failed, order }) => {
      const sheet = new ApplePaySession(VERSION, {
        countryCode: merchantCountry,
        currencyCode: currency,
        merchantCapabilities,
        supportedNetworks,
        // PayPal confirms no order without a billing contact.
        requiredBillingContactFields: ["postalAddress"],
        total: { label, amount, type: "final" },
      });
      /** Apple's API throws for a sheet that is not there any more. */
      let isClosed = false;
      const complete = (isPaid: boolean): void =>
        sheet.completePayment({
          status: isPaid ? ApplePaySession.STATUS_SUCCESS : ApplePaySession.STATUS_FAILURE,
        });
      sheet.onvalidatemerchant = ({ validationURL }) => {
        session.validateMerchant({ validationUrl: validationURL, displayName: label }).then(
          ({ merchantSession }) => {
            if (!isClosed) sheet.completeMerchantValidation(merchantSession);
          },
          () => {
            if (isClosed) return;
            sheet.abort();
            failed();
          },
        );
      };
      sheet.onpaymentauthorized = ({ payment }) => {
        const isTaken = approved(async () => {
          const isConfirmed = await confirmed(session, order, payment).catch(() => false);
          // Else Apple's sheet would stay open over what the page has to tell.
          complete(isConfirmed);
          return isConfirmed ? { type: "data", data: {} } : { type: "failed" };
        });
        if (!isTaken) complete(false);
      };
      // Apple tells of a session it does not take in the same words as of a sheet that was closed.
      sheet.oncancel = () => {
        isClosed = true;
        canceled();
      };
      sheet.begin();
    },
  };
}

async function confirmed(
  session: ApplePayOneTimePaymentSession,
  order: () => Promise<string | null>,
  payment: ApplePayment,
): Promise<boolean> {
  const orderId = await order();
  if (orderId === null) return false;
  await session.confirmOrder({ orderId, ...payment });
  return true;
}
