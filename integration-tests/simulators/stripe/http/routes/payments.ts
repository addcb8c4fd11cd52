import { found } from "../../account";
import { idOf } from "../../ids";
import { captureIntent } from "../../objects/capture";
import { confirmIntent } from "../../objects/confirm";
import { listPage, objectsOf, searchPage } from "../../objects/lists";
import { cancelIntent, createIntent, updateIntent } from "../../objects/payment-intents";
import { createRefund, updateRefund } from "../../objects/refunds";
import { intentMatcher } from "../../objects/search-query";
import { browser, get, post, type Route } from "../route";

/** What moves money: intents, their charges and refunds. */
export const PAYMENT_ROUTES = {
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
} satisfies Record<string, Route>;
