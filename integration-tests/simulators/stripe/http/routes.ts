import { found } from "../account";
import { invalidRequest, resourceMissing } from "../errors";
import { idOf } from "../ids";
import { accountObject, balanceObject } from "../objects/accounts";
import { captureIntent } from "../objects/capture";
import { confirmIntent } from "../objects/confirm";
import { createConfirmationToken } from "../objects/confirmation-tokens";
import { createCustomer, deleteCustomer, retrieveCustomer, updateCustomer } from "../objects/customers";
import { createDomain, validateDomain } from "../objects/domains";
import { listPage, searchPage } from "../objects/lists";
import { cancelIntent, createIntent, updateIntent } from "../objects/payment-intents";
import { attach, detach, methodNamed, newPaymentMethod, updateMethod } from "../objects/payment-methods";
import { createRefund, updateRefund } from "../objects/refunds";
import { intentMatcher } from "../objects/search-query";
import {
  cancelSetupIntent,
  confirmSetupIntent,
  createSetupIntent,
  updateSetupIntent,
} from "../objects/setup-intents";
import { browser, del, get, post, type Route } from "./route";

/** Every operation there is, by Stripe's resource and verb. Of two paths that fit, the earlier is taken. */
export const ROUTES = {
  "account.retrieve": get("/v1/account", "AccountRetrieveCurrentParams", ({ account }) =>
    accountObject(account),
  ),
  "balance.retrieve": get("/v1/balance", "BalanceRetrieveParams", ({ account }) => balanceObject(account)),
  "balance_transactions.retrieve": get(
    "/v1/balance_transactions/:id",
    "BalanceTransactionRetrieveParams",
    ({ account, id }) => found(account.balance_transactions, "balance transaction", id),
  ),

  "payment_intents.create": post(
    "/v1/payment_intents",
    "PaymentIntentCreateParams",
    ({ account, params, legacy }) => createIntent(account, params, legacy),
  ),
  "payment_intents.list": get("/v1/payment_intents", "PaymentIntentListParams", ({ account, params, path }) =>
    listPage(
      path,
      objectsOf(account.payment_intents),
      params,
      ({ customer }) => params.customer === undefined || idOf(customer) === params.customer,
    ),
  ),
  "payment_intents.search": get(
    "/v1/payment_intents/search",
    "PaymentIntentSearchParams",
    ({ account, params, path }) =>
      searchPage(path, objectsOf(account.payment_intents), params, intentMatcher),
  ),
  "payment_intents.retrieve": browser(
    get(
      "/v1/payment_intents/:id",
      "PaymentIntentRetrieveParams",
      ({ account, id }) => account.paymentIntent(id).object,
    ),
  ),
  "payment_intents.update": post(
    "/v1/payment_intents/:id",
    "PaymentIntentUpdateParams",
    ({ account, params, id }) => updateIntent(account, { ...params, id }),
  ),
  "payment_intents.confirm": browser(
    post("/v1/payment_intents/:id/confirm", "PaymentIntentConfirmParams", ({ account, params, id }) =>
      confirmIntent(account, account.paymentIntent(id), params),
    ),
  ),
  "payment_intents.capture": post(
    "/v1/payment_intents/:id/capture",
    "PaymentIntentCaptureParams",
    ({ account, params, id }) => captureIntent(account, { ...params, id }),
  ),
  "payment_intents.cancel": post(
    "/v1/payment_intents/:id/cancel",
    "PaymentIntentCancelParams",
    ({ account, params, id }) => cancelIntent(account, { ...params, id }),
  ),

  "charges.list": get("/v1/charges", "ChargeListParams", ({ account, params, path }) =>
    listPage(
      path,
      account.charges.values(),
      params,
      ({ payment_intent, customer }) =>
        (params.payment_intent === undefined || payment_intent === params.payment_intent) &&
        (params.customer === undefined || idOf(customer) === params.customer),
    ),
  ),
  "charges.retrieve": get("/v1/charges/:id", "ChargeRetrieveParams", ({ account, id }) =>
    account.charge(id, "id"),
  ),

  "refunds.create": post("/v1/refunds", "RefundCreateParams", ({ account, params }) =>
    createRefund(account, params),
  ),
  "refunds.list": get("/v1/refunds", "RefundListParams", ({ account, params, path }) =>
    listPage(
      path,
      account.refunds.values(),
      params,
      ({ payment_intent, charge }) =>
        (params.payment_intent === undefined || payment_intent === params.payment_intent) &&
        (params.charge === undefined || charge === params.charge),
    ),
  ),
  "refunds.retrieve": get("/v1/refunds/:id", "RefundRetrieveParams", ({ account, id }) =>
    found(account.refunds, "refund", id),
  ),
  "refunds.update": post("/v1/refunds/:id", "RefundUpdateParams", ({ account, params, id }) =>
    updateRefund(account, id, params),
  ),

  "customers.create": post("/v1/customers", "CustomerCreateParams", ({ account, params }) =>
    createCustomer(account, params),
  ),
  "customers.list": get("/v1/customers", "CustomerListParams", ({ account, params, path }) =>
    listPage(
      path,
      account.customers.values(),
      params,
      ({ email }) => params.email === undefined || email === params.email,
    ),
  ),
  "customers.retrieve": get("/v1/customers/:id", "CustomerRetrieveParams", ({ account, id }) =>
    retrieveCustomer(account, id),
  ),
  "customers.update": post("/v1/customers/:id", "CustomerUpdateParams", ({ account, params, id }) =>
    updateCustomer(account, id, params),
  ),
  "customers.delete": del("/v1/customers/:id", "CustomerDeleteParams", ({ account, id }) =>
    deleteCustomer(account, id),
  ),
  "customers.list_payment_methods": get(
    "/v1/customers/:id/payment_methods",
    "CustomerListPaymentMethodsParams",
    ({ account, params, id, path }) => {
      account.customer(id, "customer");
      return listPage(
        path,
        objectsOf(account.payment_methods),
        params,
        ({ customer, type, allow_redisplay }) =>
          customer === id &&
          (params.type === undefined || type === params.type) &&
          (params.allow_redisplay === undefined || allow_redisplay === params.allow_redisplay),
      );
    },
  ),
  "customers.retrieve_payment_method": get(
    "/v1/customers/:id/payment_methods/:id",
    "CustomerRetrievePaymentMethodParams",
    ({ account, id, sub_id }) => {
      const { object } = account.paymentMethod(sub_id);
      if (object.customer !== id) {
        throw resourceMissing("PaymentMethod", sub_id, "payment_method");
      }
      return object;
    },
  ),

  "payment_methods.create": browser(
    post("/v1/payment_methods", "PaymentMethodCreateParams", ({ account, params }) => {
      const { object } = newPaymentMethod(account, params);
      return object;
    }),
  ),
  "payment_methods.list": get(
    "/v1/payment_methods",
    "PaymentMethodListParams",
    ({ account, params, path }) => {
      if (params.customer === undefined) {
        throw invalidRequest("Missing required param: customer.", {
          code: "parameter_missing",
          param: "customer",
        });
      }
      account.customer(params.customer);
      return listPage(
        path,
        objectsOf(account.payment_methods),
        params,
        ({ customer, type }) =>
          customer === params.customer && (params.type === undefined || type === params.type),
      );
    },
  ),
  "payment_methods.retrieve": get(
    "/v1/payment_methods/:id",
    "PaymentMethodRetrieveParams",
    ({ account, id }) => methodNamed(account, id).object,
  ),
  "payment_methods.update": post(
    "/v1/payment_methods/:id",
    "PaymentMethodUpdateParams",
    ({ account, params, id }) => {
      const record = account.paymentMethod(id);
      updateMethod(account, record, params);
      return record.object;
    },
  ),
  "payment_methods.attach": post(
    "/v1/payment_methods/:id/attach",
    "PaymentMethodAttachParams",
    ({ account, params, id }) => {
      if (params.customer === undefined) {
        throw invalidRequest("Missing required param: customer.", {
          code: "parameter_missing",
          param: "customer",
        });
      }
      const record = methodNamed(account, id);
      attach(account, record, params.customer);
      return record.object;
    },
  ),
  "payment_methods.detach": post(
    "/v1/payment_methods/:id/detach",
    "PaymentMethodDetachParams",
    ({ account, id }) => {
      const record = account.paymentMethod(id);
      detach(account, record);
      return record.object;
    },
  ),

  "setup_intents.create": post(
    "/v1/setup_intents",
    "SetupIntentCreateParams",
    ({ account, params, legacy }) => createSetupIntent(account, params, legacy),
  ),
  "setup_intents.list": get("/v1/setup_intents", "SetupIntentListParams", ({ account, params, path }) =>
    listPage(
      path,
      objectsOf(account.setup_intents),
      params,
      ({ customer, payment_method }) =>
        (params.customer === undefined || idOf(customer) === params.customer) &&
        (params.payment_method === undefined || idOf(payment_method) === params.payment_method),
    ),
  ),
  "setup_intents.retrieve": browser(
    get(
      "/v1/setup_intents/:id",
      "SetupIntentRetrieveParams",
      ({ account, id }) => found(account.setup_intents, "setupintent", id, "intent").object,
    ),
  ),
  "setup_intents.update": post(
    "/v1/setup_intents/:id",
    "SetupIntentUpdateParams",
    ({ account, params, id }) => updateSetupIntent(account, id, params),
  ),
  "setup_intents.confirm": browser(
    post("/v1/setup_intents/:id/confirm", "SetupIntentConfirmParams", ({ account, params, id }) =>
      confirmSetupIntent(account, id, params),
    ),
  ),
  "setup_intents.cancel": post(
    "/v1/setup_intents/:id/cancel",
    "SetupIntentCancelParams",
    ({ account, params, id }) => cancelSetupIntent(account, id, params),
  ),

  // Stripe.js makes tokens at an address of its own; this one is for a stub of it.
  "confirmation_tokens.create": browser(
    post("/v1/confirmation_tokens", "TestHelpers.ConfirmationTokenCreateParams", ({ account, params }) =>
      createConfirmationToken(account, params),
    ),
  ),
  "test_helpers.confirmation_tokens.create": post(
    "/v1/test_helpers/confirmation_tokens",
    "TestHelpers.ConfirmationTokenCreateParams",
    ({ account, params }) => createConfirmationToken(account, params),
  ),
  "confirmation_tokens.retrieve": get(
    "/v1/confirmation_tokens/:id",
    "ConfirmationTokenRetrieveParams",
    ({ account, id }) => found(account.confirmation_tokens, "confirmation_token", id).object,
  ),

  "payment_method_domains.create": post(
    "/v1/payment_method_domains",
    "PaymentMethodDomainCreateParams",
    ({ account, params }) => createDomain(account, params),
  ),
  "payment_method_domains.list": get(
    "/v1/payment_method_domains",
    "PaymentMethodDomainListParams",
    ({ account, params, path }) =>
      listPage(
        path,
        account.payment_method_domains.values(),
        params,
        ({ domain_name, enabled }) =>
          (params.domain_name === undefined || domain_name === params.domain_name) &&
          (params.enabled === undefined || enabled === params.enabled),
      ),
  ),
  "payment_method_domains.retrieve": get(
    "/v1/payment_method_domains/:id",
    "PaymentMethodDomainRetrieveParams",
    ({ account, id }) => found(account.payment_method_domains, "payment_method_domain", id),
  ),
  "payment_method_domains.update": post(
    "/v1/payment_method_domains/:id",
    "PaymentMethodDomainUpdateParams",
    ({ account, params, id }) => {
      const domain = found(account.payment_method_domains, "payment_method_domain", id);
      domain.enabled = params.enabled ?? domain.enabled;
      return domain;
    },
  ),
  "payment_method_domains.validate": post(
    "/v1/payment_method_domains/:id/validate",
    "PaymentMethodDomainValidateParams",
    ({ account, id }) => validateDomain(account, id),
  ),

  "disputes.list": get("/v1/disputes", "DisputeListParams", ({ account, params, path }) =>
    listPage(
      path,
      account.disputes.values(),
      params,
      ({ payment_intent, charge }) =>
        (params.payment_intent === undefined || payment_intent === params.payment_intent) &&
        (params.charge === undefined || charge === params.charge),
    ),
  ),
  "disputes.retrieve": get("/v1/disputes/:id", "DisputeRetrieveParams", ({ account, id }) =>
    found(account.disputes, "dispute", id),
  ),

  "events.list": get("/v1/events", "EventListParams", ({ account, params, path }) =>
    listPage(
      path,
      account.events,
      params,
      ({ type }) =>
        (params.type === undefined || params.type === type) &&
        (params.types === undefined || params.types.includes(type)),
    ),
  ),
  "events.retrieve": get("/v1/events/:id", "EventRetrieveParams", ({ account, id }) => {
    const event = account.events.find((known) => known.id === id);
    if (!event) {
      throw resourceMissing("event", id);
    }
    return event;
  }),
} satisfies Record<string, Route>;

export type OperationName = keyof typeof ROUTES;

function objectsOf<T>(records: ReadonlyMap<string, { readonly object: T }>): T[] {
  return [...records.values()].map(({ object }) => object);
}
