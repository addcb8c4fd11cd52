import { createHash } from "node:crypto";
import {
  CheckoutPaymentIntent,
  OrdersCardVerificationMethod,
  PatchOp,
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
  type OrderRequest,
  type Patch,
  type PaymentSource,
} from "@paypal/paypal-server-sdk";
import { InvalidPaymentData } from "../../gateway/errors";
import type { Money } from "../../gateway/money";
import type { CallContext, ConfirmPaymentInput, CreatePaymentInput } from "../../gateway/payment-gateway";
import { toApiMoney } from "./amounts";
import type { PurchaseUnitAnswer } from "./answers";
import { methodRow } from "./methods";
import type { PayPalOptions } from "./options";
import { createDataOf, knownMethod } from "./shopper-data";

/** What PayPal answers with in full; it would leave the payments out otherwise. */
export const REPRESENTATION = "return=representation";

/** Of all that PayPal publishes about `PayPal-Request-Id`, the shortest length that is named. */
const REQUEST_ID_LIMIT = 38;
const MARK_LENGTH = 32;

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

/** Marks the purchase unit with the customer it was made for: only their saved methods may pay it. */
const CUSTOMER_MARK = "customer:";

/** Stands before the `custom_id` of an order that was given up: PayPal has no call that ends one nobody paid. */
const CANCELED_MARK = "canceled_";
const CUSTOM_ID_LIMIT = 127;

/** The same for the same key, and short enough for PayPal. */
export function requestIdOf(idempotency_key: string): string {
  return idempotency_key.length <= REQUEST_ID_LIMIT
    ? idempotency_key
    : createHash("sha256").update(idempotency_key).digest("base64url").slice(0, REQUEST_ID_LIMIT);
}

/** Stands with every refund a call made; of letters that PayPal takes for a `custom_id`. */
export function markOf({ idempotency_key }: CallContext): string {
  return createHash("sha256").update(idempotency_key).digest("hex").slice(0, MARK_LENGTH);
}

/**
 * A new order. `custom_id` stands in PayPal's reports of every capture and refund, so that money can be traced back; the
 * invoice number is left alone, since several captures of one order would share it.
 */
export function orderRequest(input: CreatePaymentInput, options: PayPalOptions): OrderRequest {
  const { amount, attempt_id, customer } = input;
  const paymentSource = sourceOf(input, options);
  const customer_id = customer?.gateway_customer_id;
  return {
    intent: options.capture === "manual" ? CheckoutPaymentIntent.Authorize : CheckoutPaymentIntent.Capture,
    purchaseUnits: [
      {
        ...(customer_id !== undefined && { referenceId: `${CUSTOMER_MARK}${customer_id}` }),
        amount: toApiMoney(amount),
        customId: attempt_id,
        ...(options.payment_description !== undefined && { description: options.payment_description }),
        ...(options.soft_descriptor !== undefined && { softDescriptor: options.soft_descriptor }),
      },
    ],
    ...(paymentSource && { paymentSource }),
  };
}

/** PayPal's customer that an order was made for. */
export function customerOf({ referenceId }: PurchaseUnitAnswer): string | undefined {
  return referenceId.startsWith(CUSTOMER_MARK) ? referenceId.slice(CUSTOMER_MARK.length) : undefined;
}

/** Changes what an order nobody approved yet asks for. */
export function amountPatch({ referenceId }: PurchaseUnitAnswer, amount: Money): Patch[] {
  const { currencyCode: currency_code, value } = toApiMoney(amount);
  return [
    {
      op: PatchOp.Replace,
      path: `/purchase_units/@reference_id=='${referenceId}'/amount`,
      value: { currency_code, value },
    },
  ];
}

/** True for an order that was given up before anybody paid it: nobody but this server could take its money. */
export function isGivenUp({ customId }: PurchaseUnitAnswer): boolean {
  return customId?.startsWith(CANCELED_MARK) === true;
}

/** Notes in an order nobody paid that it is given up. */
export function giveUpPatch({ referenceId, customId }: PurchaseUnitAnswer): Patch[] {
  return [
    {
      op: customId === undefined ? PatchOp.Add : PatchOp.Replace,
      path: `/purchase_units/@reference_id=='${referenceId}'/custom_id`,
      value: `${CANCELED_MARK}${customId ?? ""}`.slice(0, CUSTOM_ID_LIMIT),
    },
  ];
}

/**
 * Pays with what the customer kept before.
 * @throws InvalidPaymentData for a method of which PayPal keeps nothing
 */
export function savedSource(
  vaultId: string,
  { method, authenticate, off_session, return_url }: ConfirmPaymentInput,
  options: PayPalOptions,
): OrderAuthorizeRequestPaymentSource {
  const { source } = methodRow(knownMethod(method));
  const paymentInitiator = off_session ? PaymentInitiator.Merchant : PaymentInitiator.Customer;
  switch (source) {
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
    case undefined:
      throw new InvalidPaymentData("This method keeps nothing to pay with later.");
  }
}

function sourceOf(input: CreatePaymentInput, options: PayPalOptions): PaymentSource | undefined {
  const { source } = methodRow(knownMethod(input.method));
  const { save } = createDataOf(input.data);
  const id = input.customer?.gateway_customer_id;
  const kept_for = options.saved_methods && save && id !== undefined ? { id } : undefined;
  switch (source) {
    case "paypal":
      return { paypal: paypalSource(input, options, kept_for) };
    case "venmo":
      return { venmo: venmoSource(options, kept_for) };
    case "card":
      return { card: cardSource(input, options, kept_for) };
    case undefined:
      return undefined;
  }
}

type KeptFor = Readonly<{ id: string }> | undefined;

function paypalSource(
  { locale, return_url }: CreatePaymentInput,
  options: PayPalOptions,
  customer: KeptFor,
): NonNullable<PaymentSource["paypal"]> {
  return {
    experienceContext: {
      ...(options.brand_name !== undefined && { brandName: options.brand_name }),
      ...(locale !== undefined && LOCALE.test(locale) && { locale }),
      // The store has its own address, which PayPal is not told.
      shippingPreference: PaypalWalletContextShippingPreference.NoShipping,
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

function venmoSource({ brand_name }: PayPalOptions, customer: KeptFor): NonNullable<PaymentSource["venmo"]> {
  return {
    experienceContext: {
      ...(brand_name !== undefined && { brandName: brand_name }),
      shippingPreference: VenmoWalletExperienceContextShippingPreference.NoShipping,
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

/** Who gives up on PayPal's page comes back to the same page: what they did is read from the order. */
function returnUrls(url: string | undefined): { returnUrl?: string; cancelUrl?: string } {
  return url === undefined ? {} : { returnUrl: url, cancelUrl: url };
}
