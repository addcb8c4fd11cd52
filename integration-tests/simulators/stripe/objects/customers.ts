import type Stripe from "stripe";
import { resourceMissing } from "../errors";
import type { Account } from "../account";
import { newId } from "../ids";
import { emptied, mergedMetadata } from "../metadata";
import { methodNamed } from "./new-method";
import { attach } from "./payment-methods";

export function createCustomer(account: Account, params: Stripe.CustomerCreateParams): Stripe.Customer {
  const customer: Stripe.Customer = {
    id: newId("cus", 14),
    object: "customer",
    address: null,
    balance: 0,
    created: account.clock.seconds(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: newId("inv", 8).slice(4).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
  account.customers.set(customer.id, customer);
  apply(account, customer, params);
  account.emit("customer.created", customer);
  if (params.payment_method !== undefined) {
    attach(account, methodNamed(account, params.payment_method), customer.id);
  }
  return customer;
}

export function updateCustomer(
  account: Account,
  id: string,
  params: Stripe.CustomerUpdateParams,
): Stripe.Customer {
  const customer = account.customer(id, "id");
  apply(account, customer, params);
  account.emit("customer.updated", customer);
  return customer;
}

/** A deleted customer can be retrieved still, as a stub. @throws StripeRefusal 404 */
export function retrieveCustomer(account: Account, id: string): Stripe.Customer | Stripe.DeletedCustomer {
  return account.deleted_customers.get(id) ?? account.customer(id, "id");
}

/** Its payment methods are detached; its payments stay. @throws StripeRefusal 404 */
export function deleteCustomer(account: Account, id: string): Stripe.DeletedCustomer {
  const customer = account.customer(id, "id");
  const deleted: Stripe.DeletedCustomer = { id, object: "customer", deleted: true };
  account.customers.delete(id);
  account.deleted_customers.set(id, deleted);
  for (const method of account.payment_methods.values()) {
    if (method.object.customer === id) {
      method.object.customer = null;
      method.spent = true;
    }
  }
  account.emit("customer.deleted", customer);
  return deleted;
}

function apply(account: Account, customer: Stripe.Customer, params: Stripe.CustomerUpdateParams): void {
  customer.address = addressOf(params.address, customer.address ?? null);
  customer.description = params.description ?? customer.description;
  customer.email = params.email ?? customer.email;
  customer.metadata = mergedMetadata(customer.metadata, params.metadata);
  customer.name = params.name ?? customer.name;
  customer.phone = params.phone ?? customer.phone;
  customer.preferred_locales = params.preferred_locales ?? customer.preferred_locales;
  const default_method = params.invoice_settings?.default_payment_method;
  if (default_method !== undefined) {
    const wanted = emptied(default_method, null);
    const method =
      wanted === null ? undefined : account.paymentMethod(wanted, "invoice_settings[default_payment_method]");
    if (method && method.object.customer !== customer.id) {
      throw resourceMissing("payment_method", method.object.id, "invoice_settings[default_payment_method]");
    }
    customer.invoice_settings.default_payment_method = wanted;
  }
}

function addressOf(
  given: Stripe.CustomerUpdateParams["address"],
  before: Stripe.Address | null,
): Stripe.Address | null {
  if (given === undefined) {
    return before;
  }
  if (given === "" || given === null) {
    return null;
  }
  const { city, country, line1, line2, postal_code, state } = given;
  return {
    city: city ?? null,
    country: country ?? null,
    line1: line1 ?? null,
    line2: line2 ?? null,
    postal_code: postal_code ?? null,
    state: state ?? null,
  };
}
