/*
 * Stand-ins for the wallets of a device, which no test's browser has: Apple's `ApplePaySession`, Google's script, and what
 * PayPal's script adds to both. Their sheets say that they are stubs. Each function runs in the browser as text, so it may
 * use nothing from outside itself.
 */

import type { StubParts } from "./stub-parts";

type Json = Record<string, unknown>;

/** How the wallets behave for one visit. */
export type WalletConfig = Readonly<{
  /** The browser has Apple Pay. */
  hasApplePay?: boolean;
  /** PayPal does not know the page's domain, so that Apple Pay's merchant cannot be validated. */
  isDomainUnknown?: boolean;
  /** It is not validated before `window.endValidation` is called. */
  isValidationHeld?: boolean;
  /** How Google's sheet ends, in Google's words where it is not approved (Google Pay API, "Error objects"). */
  googleSheet?: "approved" | "CANCELED" | "DEVELOPER_ERROR";
  /** What Google has of the card: its number, or a token of the device (Google Pay API, `CardParameters`). */
  googleCard?: "PAN_ONLY" | "CRYPTOGRAM_3DS";
  /** The name on the wallet's card; PayPal's rejection triggers have its bank refuse. */
  walletName?: string;
}>;

/** What PayPal's script and its API do for the wallets' sessions. */
type PayPalCalls = Readonly<{
  confirm(orderId: string, payment_source: Json): Promise<Json>;
  read(orderId: string): Promise<Json>;
  /** Shows the bank's page of an order over the page. @returns "cancel" when it is closed */
  askBank(orderId: string): Promise<string>;
}>;

export type StubWallets = ReturnType<typeof makeStubWallets>;

/** PayPal's sessions for Apple Pay and Google Pay. */
export function makeStubWallets(
  { isDomainUnknown = false, isValidationHeld = false, walletName = "Sam Stub" }: WalletConfig,
  { confirm, read, askBank }: PayPalCalls,
) {
  const formatConfigForPaymentRequest = (given: Json): Json => given;

  return {
    details: {
      applepay: {
        merchantCapabilities: ["supports3DS"],
        supportedNetworks: ["visa", "masterCard"],
        merchantCountry: "DE",
      },
      googlepay: { allowedPaymentMethods: [], apiVersion: 2, apiVersionMinor: 0, countryCode: "DE" },
    },

    applePaySession: () => ({
      formatConfigForPaymentRequest,
      validateMerchant: async ({ validationUrl }: { validationUrl: string }) => {
        if (isValidationHeld) {
          await new Promise<void>((endValidation) => Object.assign(window, { endValidation }));
        }
        if (isDomainUnknown) throw new Error("APPLE_PAY_MERCHANT_SESSION_VALIDATION_ERROR");
        return { merchantSession: { validationUrl, merchantSessionIdentifier: "stub" } };
      },
      confirmOrder: async ({ orderId, token, billingContact }: Json & { orderId: string }) => {
        // PayPal's mutation, `approveApplePayPayment`, takes no order without them.
        if (!token || !billingContact) throw new Error("A token and a billing contact are required.");
        const approved = await confirm(orderId, {
          apple_pay: { token: JSON.stringify(token), name: walletName },
        });
        return { approveApplePayPayment: approved };
      },
    }),

    googlePaySession: () => ({
      formatConfigForPaymentRequest,
      confirmOrder: ({ orderId, paymentMethodData }: { orderId: string; paymentMethodData: Json }) =>
        confirm(orderId, {
          google_pay: { name: walletName, decrypted_token: paymentMethodData["tokenizationData"] },
        }),
      // It rejects alike when the bank's page is closed and when it is not passed (@paypal/paypal-js, googlepay-payments).
      initiatePayerAction: async ({ orderId }: { orderId: string }) => {
        const decided = await askBank(orderId);
        const order = await read(orderId);
        const shift = JSON.stringify(order).match(/"liability_shift":"(\w+)"/)?.[1];
        if (decided === "cancel" || shift !== "POSSIBLE") throw new Error("3-D Secure was not passed.");
        return { liabilityShift: shift };
      },
    }),
  };
}

/** Puts Apple's `window.ApplePaySession` into the page. */
export function installApplePayStub(makeParts: () => StubParts): void {
  const { node } = makeParts();
  type Handler<Event> = ((event: Event) => void) | null;
  type Request = Readonly<{
    countryCode?: string;
    currencyCode?: string;
    requiredBillingContactFields?: readonly string[];
    total?: { label: string; amount: string };
  }>;

  class ApplePaySession {
    static readonly STATUS_SUCCESS = 0;
    static readonly STATUS_FAILURE = 1;
    static supportsVersion = (version: number): boolean => version <= 14;
    static canMakePayments = (): boolean => true;

    onvalidatemerchant: Handler<{ validationURL: string }> = null;
    onpaymentauthorized: Handler<{ payment: Json }> = null;
    oncancel: Handler<Json> = null;
    private readonly sheet = node("dialog", { border: "0", borderRadius: "10px", padding: "16px" });
    private readonly says = node("p", {}, "Checking the store…");
    private readonly pay = node("button", { minHeight: "44px", minWidth: "120px" }, "Pay");
    private readonly cancel = node("button", { minHeight: "44px", minWidth: "120px" }, "Cancel");

    constructor(
      version: number,
      private readonly request: Request,
    ) {
      const { countryCode, currencyCode, total } = request;
      if (!ApplePaySession.supportsVersion(version) || !countryCode || !currencyCode || !total) {
        throw new DOMException("The request cannot be shown.", "InvalidAccessError");
      }
      this.sheet.setAttribute("aria-label", "Apple Pay (stub)");
      this.sheet.append(node("p", {}, `Apple Pay (stub): ${total.label} ${total.amount}`), this.says);
      this.sheet.append(this.cancel, this.pay);
      this.pay.disabled = true;
      this.pay.onclick = () => this.authorize();
      this.cancel.onclick = () => {
        this.sheet.remove();
        this.oncancel?.({ sessionError: { code: "unknown", info: {} } });
      };
    }

    begin(): void {
      // Apple opens its sheet within a press only.
      if (!navigator.userActivation.isActive) throw new DOMException("No press.", "InvalidAccessError");
      document.body.append(this.sheet);
      this.sheet.showModal();
      this.onvalidatemerchant?.({
        validationURL: "https://apple-pay-gateway.apple.com/paymentservices/stub",
      });
    }

    completeMerchantValidation(): void {
      this.checkOpen();
      this.says.textContent = "The store is known.";
      this.pay.disabled = false;
    }

    /** No event follows. */
    abort(): void {
      this.checkOpen();
      this.sheet.remove();
    }

    /** After a failure the sheet stays, for another try or to be closed. */
    completePayment({ status }: { status: number }): void {
      if (status === ApplePaySession.STATUS_SUCCESS) return this.sheet.remove();
      this.says.textContent = "Payment not completed";
      this.pay.disabled = false;
    }

    private checkOpen(): void {
      if (!this.sheet.isConnected) throw new DOMException("The session is over.", "InvalidAccessError");
    }

    private authorize(): void {
      this.pay.disabled = true;
      const asked = this.request.requiredBillingContactFields ?? [];
      this.onpaymentauthorized?.({
        payment: {
          token: { paymentData: { data: "stub" } },
          ...(asked.includes("postalAddress") && {
            billingContact: { countryCode: "DE", locality: "Berlin" },
          }),
        },
      });
    }
  }
  Object.assign(window, { ApplePaySession });
}

/** Puts Google's `window.google.payments` into the page, with a sheet that ends at once. */
export function installGooglePayStub({
  googleSheet = "approved",
  googleCard = "CRYPTOGRAM_3DS",
}: WalletConfig): void {
  let sheets = 0;
  class PaymentsClient {
    isReadyToPay() {
      return Promise.resolve({ result: true });
    }
    async loadPaymentData() {
      Object.assign(window, { googleSheets: ++sheets });
      // Google rejects with an object of its own, which is no Error.
      if (googleSheet !== "approved") throw { statusCode: googleSheet, statusMessage: "Stub" };
      return {
        paymentMethodData: { type: "CARD", tokenizationData: { authentication_method: googleCard } },
      };
    }
  }
  Object.assign(window, { google: { payments: { api: { PaymentsClient } } } });
}
