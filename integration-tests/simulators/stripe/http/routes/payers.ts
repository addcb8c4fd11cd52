import { found } from "../../account";
import { invalidRequest, resourceMissing } from "../../errors";
import { idOf } from "../../ids";
import { createConfirmationToken } from "../../objects/confirmation-tokens";
import { createCustomer, deleteCustomer, retrieveCustomer, updateCustomer } from "../../objects/customers";
import { listPage, objectsOf } from "../../objects/lists";
import { methodNamed, newPaymentMethod } from "../../objects/new-method";
import { attach, detach, updateMethod } from "../../objects/payment-methods";
import {
  cancelSetupIntent,
  confirmSetupIntent,
  createSetupIntent,
  updateSetupIntent,
} from "../../objects/setup-intents";
import { browser, del, get, post, type Route } from "../route";

/** Who pays, and with what: customers, payment methods, and how those are saved. */
export const PAYER_ROUTES = {
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
      createConfirmationToken(account, params, true),
    ),
  ),
  "test_helpers.confirmation_tokens.create": post(
    "/v1/test_helpers/confirmation_tokens",
    "TestHelpers.ConfirmationTokenCreateParams",
    ({ account, params }) => createConfirmationToken(account, params, false),
  ),
  "confirmation_tokens.retrieve": get(
    "/v1/confirmation_tokens/:id",
    "ConfirmationTokenRetrieveParams",
    ({ account, id }) => found(account.confirmation_tokens, "confirmation_token", id).object,
  ),
} satisfies Record<string, Route>;
