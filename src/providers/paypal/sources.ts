import {
  OrdersCardVerificationMethod,
  PayeePaymentMethodPreference,
  PaymentInitiator,
  PaypalExperienceLandingPage,
  PaypalExperienceUserAction,
  PaypalPaymentTokenUsageType,
  PaypalWalletContextShippingPreference,
  StoredPaymentSourcePaymentType,
  StoredPaymentSourceUsageType,
  StoreInVaultInstruction,
  UsagePattern,
  VenmoPaymentTokenUsageType,
  VenmoWalletExperienceContextShippingPreference,
  VenmoWalletExperienceContextUserAction,
  type OrderAuthorizeRequestPaymentSource,
  type PaymentSource,
} from "@paypal/paypal-server-sdk";
import { InvalidPaymentData } from "../../gateway/errors";
import type { ConfirmPaymentInput, CreatePaymentInput } from "../../gateway/payment-gateway";
import { methodRow } from "./methods";
import type { PayPalOptions } from "./options";
import { createDataOf, knownMethod } from "./shopper-data";

/** Orders v2, `language`. PayPal shows its own choice for any other. */
const LOCALE = /^[a-z]{2}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/;

const LANDING_PAGE = {
  login: PaypalExperienceLandingPage.Login,
  guest_checkout: PaypalExperienceLandingPage.GuestCheckout,
  no_preference: PaypalExperienceLandingPage.NoPreference,
} as const satisfies Record<PayPalOptions["landing_page"], PaypalExperienceLandingPage>;

const VERIFICATION = {
  when_required: OrdersCardVerificationMethod.ScaWhenRequired,
  always: OrdersCardVerificationMethod.ScaAlways,
} as const satisfies Record<PayPalOptions["three_d_secure"], OrdersCardVerificationMethod>;

/**
 * Pays with what the customer kept before.
 * @throws InvalidPaymentData for a method of which PayPal keeps nothing
 */
export function savedSource(
  vaultId: string,
  { method, authenticate, off_session, return_url }: ConfirmPaymentInput,
  options: PayPalOptions,
): OrderAuthorizeRequestPaymentSource {
  const { source, saves } = methodRow(knownMethod(method));
  const paymentInitiator = off_session ? PaymentInitiator.Merchant : PaymentInitiator.Customer;
  switch (saves && source) {
    case "card":
      return {
        card: {
          vaultId,
          storedCredential: {
            paymentInitiator,
            paymentType: StoredPaymentSourcePaymentType.Unscheduled,
            usage: StoredPaymentSourceUsageType.Subsequent,
          },
          ...(!off_session && {
            attributes: {
              verification: {
                method: VERIFICATION[authenticate ? "always" : options.three_d_secure],
              },
            },
            experienceContext: returnUrls(return_url ?? options.return_url),
          }),
        },
      };
    case "paypal":
      return {
        paypal: {
          vaultId,
          storedCredential: {
            paymentInitiator,
            usagePattern: UsagePattern.Immediate,
            usage: StoredPaymentSourceUsageType.Subsequent,
          },
        },
      };
    case "venmo":
      return { venmo: { vaultId } };
    case "google_pay":
    case undefined:
      throw new InvalidPaymentData("This method keeps nothing to pay with later.");
  }
}

/** What the API takes of Google Pay, and neither its specification nor the SDK names (paypal-examples/googlepay). */
type GooglePaySource = NonNullable<PaymentSource["googlePay"]> &
  Readonly<{ attributes: { verification: { method: OrdersCardVerificationMethod } } }>;

export type NewSource = PaymentSource & Readonly<{ googlePay?: GooglePaySource }>;

/**
 * What a new order is to be paid with; undefined where the browser names it.
 * @param is_shipped the order has the address it goes to, which the payer is shown and cannot change
 */
export function sourceOf(
  input: CreatePaymentInput,
  options: PayPalOptions,
  is_shipped: boolean,
): NewSource | undefined {
  const { source, saves } = methodRow(knownMethod(input.method));
  const { save } = createDataOf(input.data);
  const id = input.customer?.gateway_customer_id;
  const kept_for = options.saved_methods && saves && save && id !== undefined ? { id } : undefined;
  switch (source) {
    case "paypal":
      return { paypal: paypalSource(input, options, { kept_for, is_shipped }) };
    case "venmo":
      return { venmo: venmoSource(options, { kept_for, is_shipped }) };
    case "card":
      return { card: cardSource(input, options, kept_for) };
    case "google_pay":
      return { googlePay: googlePaySource(input, options) };
    case undefined:
      return undefined;
  }
}

type KeptFor = Readonly<{ id: string }> | undefined;

/** What of an order the wallets' pages need. */
type Wallet = Readonly<{ kept_for: KeptFor; is_shipped: boolean }>;

function paypalSource(
  { locale, return_url }: CreatePaymentInput,
  options: PayPalOptions,
  { kept_for: customer, is_shipped }: Wallet,
): NonNullable<PaymentSource["paypal"]> {
  return {
    experienceContext: {
      ...(options.brand_name !== undefined && { brandName: options.brand_name }),
      ...(locale !== undefined && LOCALE.test(locale) && { locale }),
      // The payer's address at PayPal is never asked for: the store has its own.
      shippingPreference: is_shipped
        ? PaypalWalletContextShippingPreference.SetProvidedAddress
        : PaypalWalletContextShippingPreference.NoShipping,
      landingPage: LANDING_PAGE[options.landing_page],
      userAction: PaypalExperienceUserAction.PayNow,
      ...(options.immediate_payment_only && {
        paymentMethodPreference: PayeePaymentMethodPreference.ImmediatePaymentRequired,
      }),
      ...returnUrls(return_url ?? options.return_url),
    },
    ...(customer && {
      attributes: {
        customer,
        vault: {
          storeInVault: StoreInVaultInstruction.OnSuccess,
          usageType: PaypalPaymentTokenUsageType.Merchant,
        },
      },
    }),
  };
}

function venmoSource(
  { brand_name }: PayPalOptions,
  { kept_for: customer, is_shipped }: Wallet,
): NonNullable<PaymentSource["venmo"]> {
  return {
    experienceContext: {
      ...(brand_name !== undefined && { brandName: brand_name }),
      shippingPreference: is_shipped
        ? VenmoWalletExperienceContextShippingPreference.SetProvidedAddress
        : VenmoWalletExperienceContextShippingPreference.NoShipping,
      userAction: VenmoWalletExperienceContextUserAction.PayNow,
    },
    ...(customer && {
      attributes: {
        customer,
        vault: {
          storeInVault: StoreInVaultInstruction.OnSuccess,
          usageType: VenmoPaymentTokenUsageType.Merchant,
        },
      },
    }),
  };
}

function cardSource(
  { return_url }: CreatePaymentInput,
  options: PayPalOptions,
  customer: KeptFor,
): NonNullable<PaymentSource["card"]> {
  return {
    attributes: {
      verification: { method: VERIFICATION[options.three_d_secure] },
      ...(customer && { customer, vault: { storeInVault: StoreInVaultInstruction.OnSuccess } }),
    },
    experienceContext: returnUrls(return_url ?? options.return_url),
  };
}

/** The browser adds the token. When its bank asks is settled by the order; what a device signed itself is not asked again. */
function googlePaySource({ return_url }: CreatePaymentInput, options: PayPalOptions): GooglePaySource {
  const url = return_url ?? options.return_url;
  return {
    attributes: { verification: { method: VERIFICATION[options.three_d_secure] } },
    ...(url !== undefined && { experienceContext: { returnUrl: url, cancelUrl: url } }),
  };
}

/** Who gives up on PayPal's page comes back to the same page: what they did is read from the order. */
function returnUrls(url: string | undefined): { returnUrl?: string; cancelUrl?: string } {
  return url === undefined ? {} : { returnUrl: url, cancelUrl: url };
}
