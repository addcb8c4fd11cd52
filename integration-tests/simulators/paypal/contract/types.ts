import type * as sdk from "@paypal/paypal-server-sdk";
import type { Wire } from "./wire";

/** What goes over the wire, by the installed SDK's own types; the compiler checks answers against them. */
export type Money = Wire<sdk.Money>;
export type Link = Wire<sdk.LinkDescription>;
export type Payer = Wire<sdk.Payer>;
export type Address = Wire<sdk.Address>;
export type OrderRequest = Wire<sdk.OrderRequest>;
export type PurchaseUnitRequest = Wire<sdk.PurchaseUnitRequest>;
export type Item = Wire<sdk.ItemRequest>;
/** With what the API takes of Google Pay and the SDK leaves out. */
export type PaymentSourceRequest = Wire<sdk.PaymentSource> &
  Readonly<{
    google_pay?: Readonly<{ attributes?: Readonly<{ verification?: Readonly<{ method?: string }> }> }>;
  }>;
export type CardRequest = Wire<sdk.CardRequest>;
export type PaypalWalletRequest = Wire<sdk.PaypalWallet>;
export type Order = Wire<sdk.Order>;
export type PurchaseUnit = Wire<sdk.PurchaseUnit>;
export type OrderPaymentSource = Wire<sdk.PaymentSourceResponse>;
export type OrderStatus = Wire<sdk.OrderStatus>;
export type Intent = Wire<sdk.CheckoutPaymentIntent>;
export type CardBrand = Wire<sdk.CardBrand>;
export type AuthenticationResult = Wire<sdk.AuthenticationResponse>;
export type ProcessorResponse = Wire<sdk.ProcessorResponse>;
export type Authorization = Wire<sdk.PaymentAuthorization>;
export type AuthorizationStatus = Wire<sdk.AuthorizationStatus>;
export type Capture = Wire<sdk.CapturedPayment>;
export type CaptureStatus = Wire<sdk.CaptureStatus>;
export type CapturePendingReason = Wire<sdk.CaptureIncompleteReason>;
export type Refund = Wire<sdk.Refund>;
export type RefundStatus = Wire<sdk.RefundStatus>;
export type CaptureRequest = Wire<sdk.CaptureRequest>;
export type ReauthorizeRequest = Wire<sdk.ReauthorizeRequest>;
export type RefundRequest = Wire<sdk.RefundRequest>;
export type ConfirmRequest = Wire<sdk.ConfirmOrderRequest>;
export type CompleteRequest = Wire<sdk.OrderCaptureRequest> | Wire<sdk.OrderAuthorizeRequest>;
export type SetupTokenRequest = Wire<sdk.SetupTokenRequest>;
export type SetupToken = Wire<sdk.SetupTokenResponse>;
export type PaymentTokenRequest = Wire<sdk.PaymentTokenRequest>;
export type PaymentToken = Wire<sdk.PaymentTokenResponse>;
export type PaymentTokenList = Wire<sdk.CustomerVaultPaymentTokensResponse>;

/** One step of a JSON Patch (RFC 6902), as far as PayPal takes them. */
export type Patch = Readonly<{ op: string; path?: string; value?: unknown; from?: string }>;
