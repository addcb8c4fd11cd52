import { found } from "../../account";
import { resourceMissing } from "../../errors";
import { accountObject, balanceObject } from "../../objects/accounts";
import { createDomain, validateDomain } from "../../objects/domains";
import { listPage } from "../../objects/lists";
import { get, post, type Route } from "../route";

/** What concerns the account as a whole: itself, its balance, domains, disputes and events. */
export const ACCOUNT_ROUTES = {
  "account.retrieve": get("/v1/account", "AccountRetrieveCurrentParams", ({ account }) =>
    accountObject(account),
  ),
  "balance.retrieve": get("/v1/balance", "BalanceRetrieveParams", ({ account }) => balanceObject(account)),
  "balance_transactions.retrieve": get(
    "/v1/balance_transactions/:id",
    "BalanceTransactionRetrieveParams",
    ({ account, id }) => found(account.balance_transactions, "balance transaction", id),
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
