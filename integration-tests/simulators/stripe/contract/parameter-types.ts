import type Stripe from "stripe";

/** The SDK does not export it by name. */
export type ConfirmationTokenCreateParams = NonNullable<
  Parameters<Stripe["testHelpers"]["confirmationTokens"]["create"]>[0]
>;

/** The SDK's own parameter types that requests are checked against, by name. */
export type ParameterTypes = {
  AccountRetrieveCurrentParams: Stripe.AccountRetrieveCurrentParams;
  BalanceRetrieveParams: Stripe.BalanceRetrieveParams;
  BalanceTransactionRetrieveParams: Stripe.BalanceTransactionRetrieveParams;
  ChargeListParams: Stripe.ChargeListParams;
  ChargeRetrieveParams: Stripe.ChargeRetrieveParams;
  "TestHelpers.ConfirmationTokenCreateParams": ConfirmationTokenCreateParams;
  ConfirmationTokenRetrieveParams: Stripe.ConfirmationTokenRetrieveParams;
  CustomerCreateParams: Stripe.CustomerCreateParams;
  CustomerDeleteParams: Stripe.CustomerDeleteParams;
  CustomerListParams: Stripe.CustomerListParams;
  CustomerListPaymentMethodsParams: Stripe.CustomerListPaymentMethodsParams;
  CustomerRetrieveParams: Stripe.CustomerRetrieveParams;
  CustomerRetrievePaymentMethodParams: Stripe.CustomerRetrievePaymentMethodParams;
  CustomerUpdateParams: Stripe.CustomerUpdateParams;
  DisputeListParams: Stripe.DisputeListParams;
  DisputeRetrieveParams: Stripe.DisputeRetrieveParams;
  EventListParams: Stripe.EventListParams;
  EventRetrieveParams: Stripe.EventRetrieveParams;
  PaymentIntentCancelParams: Stripe.PaymentIntentCancelParams;
  PaymentIntentCaptureParams: Stripe.PaymentIntentCaptureParams;
  PaymentIntentConfirmParams: Stripe.PaymentIntentConfirmParams;
  PaymentIntentCreateParams: Stripe.PaymentIntentCreateParams;
  PaymentIntentListParams: Stripe.PaymentIntentListParams;
  PaymentIntentRetrieveParams: Stripe.PaymentIntentRetrieveParams;
  PaymentIntentSearchParams: Stripe.PaymentIntentSearchParams;
  PaymentIntentUpdateParams: Stripe.PaymentIntentUpdateParams;
  PaymentMethodAttachParams: Stripe.PaymentMethodAttachParams;
  PaymentMethodCreateParams: Stripe.PaymentMethodCreateParams;
  PaymentMethodDetachParams: Stripe.PaymentMethodDetachParams;
  PaymentMethodDomainCreateParams: Stripe.PaymentMethodDomainCreateParams;
  PaymentMethodDomainListParams: Stripe.PaymentMethodDomainListParams;
  PaymentMethodDomainRetrieveParams: Stripe.PaymentMethodDomainRetrieveParams;
  PaymentMethodDomainUpdateParams: Stripe.PaymentMethodDomainUpdateParams;
  PaymentMethodDomainValidateParams: Stripe.PaymentMethodDomainValidateParams;
  PaymentMethodListParams: Stripe.PaymentMethodListParams;
  PaymentMethodRetrieveParams: Stripe.PaymentMethodRetrieveParams;
  PaymentMethodUpdateParams: Stripe.PaymentMethodUpdateParams;
  RefundCreateParams: Stripe.RefundCreateParams;
  RefundListParams: Stripe.RefundListParams;
  RefundRetrieveParams: Stripe.RefundRetrieveParams;
  RefundUpdateParams: Stripe.RefundUpdateParams;
  SetupIntentCancelParams: Stripe.SetupIntentCancelParams;
  SetupIntentConfirmParams: Stripe.SetupIntentConfirmParams;
  SetupIntentCreateParams: Stripe.SetupIntentCreateParams;
  SetupIntentListParams: Stripe.SetupIntentListParams;
  SetupIntentRetrieveParams: Stripe.SetupIntentRetrieveParams;
  SetupIntentUpdateParams: Stripe.SetupIntentUpdateParams;
};

export type ParameterTypeName = keyof ParameterTypes;

/** The declaration file of the SDK that holds each type. */
export const PARAMETER_TYPES: Readonly<Record<ParameterTypeName, string>> = {
  AccountRetrieveCurrentParams: "Accounts.d.ts",
  BalanceRetrieveParams: "Balance.d.ts",
  BalanceTransactionRetrieveParams: "BalanceTransactions.d.ts",
  ChargeListParams: "Charges.d.ts",
  ChargeRetrieveParams: "Charges.d.ts",
  "TestHelpers.ConfirmationTokenCreateParams": "TestHelpers/ConfirmationTokens.d.ts",
  ConfirmationTokenRetrieveParams: "ConfirmationTokens.d.ts",
  CustomerCreateParams: "Customers.d.ts",
  CustomerDeleteParams: "Customers.d.ts",
  CustomerListParams: "Customers.d.ts",
  CustomerListPaymentMethodsParams: "Customers.d.ts",
  CustomerRetrieveParams: "Customers.d.ts",
  CustomerRetrievePaymentMethodParams: "Customers.d.ts",
  CustomerUpdateParams: "Customers.d.ts",
  DisputeListParams: "Disputes.d.ts",
  DisputeRetrieveParams: "Disputes.d.ts",
  EventListParams: "Events.d.ts",
  EventRetrieveParams: "Events.d.ts",
  PaymentIntentCancelParams: "PaymentIntents.d.ts",
  PaymentIntentCaptureParams: "PaymentIntents.d.ts",
  PaymentIntentConfirmParams: "PaymentIntents.d.ts",
  PaymentIntentCreateParams: "PaymentIntents.d.ts",
  PaymentIntentListParams: "PaymentIntents.d.ts",
  PaymentIntentRetrieveParams: "PaymentIntents.d.ts",
  PaymentIntentSearchParams: "PaymentIntents.d.ts",
  PaymentIntentUpdateParams: "PaymentIntents.d.ts",
  PaymentMethodAttachParams: "PaymentMethods.d.ts",
  PaymentMethodCreateParams: "PaymentMethods.d.ts",
  PaymentMethodDetachParams: "PaymentMethods.d.ts",
  PaymentMethodDomainCreateParams: "PaymentMethodDomains.d.ts",
  PaymentMethodDomainListParams: "PaymentMethodDomains.d.ts",
  PaymentMethodDomainRetrieveParams: "PaymentMethodDomains.d.ts",
  PaymentMethodDomainUpdateParams: "PaymentMethodDomains.d.ts",
  PaymentMethodDomainValidateParams: "PaymentMethodDomains.d.ts",
  PaymentMethodListParams: "PaymentMethods.d.ts",
  PaymentMethodRetrieveParams: "PaymentMethods.d.ts",
  PaymentMethodUpdateParams: "PaymentMethods.d.ts",
  RefundCreateParams: "Refunds.d.ts",
  RefundListParams: "Refunds.d.ts",
  RefundRetrieveParams: "Refunds.d.ts",
  RefundUpdateParams: "Refunds.d.ts",
  SetupIntentCancelParams: "SetupIntents.d.ts",
  SetupIntentConfirmParams: "SetupIntents.d.ts",
  SetupIntentCreateParams: "SetupIntents.d.ts",
  SetupIntentListParams: "SetupIntents.d.ts",
  SetupIntentRetrieveParams: "SetupIntents.d.ts",
  SetupIntentUpdateParams: "SetupIntents.d.ts",
};
