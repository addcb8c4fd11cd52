import type Stripe from "stripe";
import { found, type Account } from "../account";
import { invalidRequest } from "../errors";
import { newId } from "../ids";

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

const WALLETS = ["amazon_pay", "apple_pay", "google_pay", "klarna", "link", "paypal"] as const;

/** Registers a domain for wallets; the same one again answers what there is. @throws StripeRefusal 400 */
export function createDomain(
  account: Account,
  { domain_name, enabled = true }: Stripe.PaymentMethodDomainCreateParams,
): Stripe.PaymentMethodDomain {
  if (!DOMAIN.test(domain_name)) {
    throw invalidRequest(
      `${domain_name} is not a valid domain name. Give it without scheme, port and path, as it is on the Internet.`,
      { param: "domain_name" },
    );
  }
  const known = [...account.payment_method_domains.values()].find(
    (domain) => domain.domain_name === domain_name,
  );
  if (known) {
    return known;
  }
  const active = (): { status: "active" } => ({ status: "active" });
  const domain: Stripe.PaymentMethodDomain = {
    id: newId("pmd"),
    object: "payment_method_domain",
    amazon_pay: active(),
    apple_pay: active(),
    created: account.clock.seconds(),
    domain_name,
    enabled,
    google_pay: active(),
    klarna: active(),
    link: active(),
    livemode: false,
    paypal: active(),
  };
  account.payment_method_domains.set(domain.id, domain);
  return domain;
}

/** Stripe looks at the domain again: what was refused becomes active. @throws StripeRefusal 404 */
export function validateDomain(account: Account, id: string): Stripe.PaymentMethodDomain {
  const domain = found(account.payment_method_domains, "payment_method_domain", id);
  for (const wallet of WALLETS) {
    domain[wallet] = { status: "active" };
  }
  return domain;
}

/** Apple could not verify the domain. @throws StripeRefusal 404 */
export function refuseApplePay(
  account: Account,
  id: string,
  error_message: string,
): Stripe.PaymentMethodDomain {
  const domain = found(account.payment_method_domains, "payment_method_domain", id);
  domain.apple_pay = { status: "inactive", status_details: { error_message } };
  return domain;
}
