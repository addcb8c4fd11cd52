import { X509Certificate, type KeyObject } from "node:crypto";
import { rootCertificates } from "node:tls";
import { GatewayUnavailable, InvalidWebhook, messageOf, OutcomeUnknown } from "../../gateway/errors";
import type { PayPalOptions } from "./options";
import { fetchText } from "./transport";
import { WebhookBudget } from "./webhook-budget";

/** Where PayPal publishes the certificates of its webhooks. One of the sandbox must not vouch for real money. */
const ORIGINS: Readonly<Record<PayPalOptions["environment"], readonly string[]>> = {
  live: ["https://api.paypal.com", "https://api-m.paypal.com"],
  sandbox: ["https://api.sandbox.paypal.com", "https://api-m.sandbox.paypal.com"],
};
/** As in `CERT-360caa42-fca2a594-a5cafa77`, PayPal's own example. */
const PATH = /^\/v1\/notifications\/certs\/CERT-[\w-]{1,100}$/;

const ONE_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
/** Leaf, intermediates and root together. */
const LONGEST_CHAIN = 6;
const LIMIT_MS = 5_000;
const KEPT = 20;
const KEPT_FOR_MS = 12 * 60 * 60 * 1000;

type Kept = Readonly<{ key: KeyObject; until: number }>;

/** The public keys that PayPal signs webhooks with, each believed only with a chain of certificates to a trusted root. */
export class WebhookCertificates {
  private readonly kept = new Map<string, Kept>();
  private readonly coming = new Map<string, Promise<KeyObject>>();
  private readonly budget = new WebhookBudget();
  private readonly origins: readonly string[];
  private readonly roots: readonly X509Certificate[];

  constructor({
    environment,
    webhook_certificate_origins,
    webhook_root_certificates,
  }: Pick<PayPalOptions, "environment" | "webhook_certificate_origins" | "webhook_root_certificates">) {
    this.origins = [...ORIGINS[environment], ...webhook_certificate_origins];
    this.roots = [...webhook_root_certificates, ...rootCertificates].map((pem) => new X509Certificate(pem));
  }

  /**
   * The key of the certificate at the address.
   * @throws InvalidWebhook for an address that is not PayPal's, or a certificate that nobody trusted vouches for;
   * OutcomeUnknown or GatewayUnavailable when PayPal does not hand it out just now, or too many others were asked for
   */
  async keyAt(address: string): Promise<KeyObject> {
    const url = this.assertOfPayPal(address);
    const known = this.kept.get(url.href);
    if (known && known.until > Date.now()) {
      return known.key;
    }
    const coming = this.coming.get(url.href) ?? this.asked(url).finally(() => this.coming.delete(url.href));
    this.coming.set(url.href, coming);
    return coming;
  }

  /** One that was PayPal's before is asked for again whatever forgers do. */
  private asked(url: URL): Promise<KeyObject> {
    return this.kept.has(url.href)
      ? this.fetched(url)
      : this.budget.spend(
          () => this.fetched(url),
          () => new GatewayUnavailable("Too many certificates were named by webhooks lately."),
        );
  }

  private async fetched(url: URL): Promise<KeyObject> {
    const { status, text } = await fetchText(url, AbortSignal.timeout(LIMIT_MS));
    if (status >= 500 || status === 429) {
      throw new OutcomeUnknown(`PayPal answered ${status} instead of the webhook's certificate.`);
    }
    const chain = chainIn(text);
    const until = Math.min(this.trustedUntil(chain), Date.now() + KEPT_FOR_MS);
    const key = chain[0].publicKey;
    this.keep(url.href, { key, until });
    return key;
  }

  /** @throws InvalidWebhook for an address that is none of PayPal's certificates */
  assertOfPayPal(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const is_plain =
      url && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
    if (!url || !is_plain || !this.origins.includes(url.origin) || !PATH.test(url.pathname)) {
      throw new InvalidWebhook("The webhook's certificate is not at an address of PayPal's.");
    }
    return url;
  }

  /** Until when (Unix ms) the whole chain is valid. @throws InvalidWebhook when it does not lead to a trusted root */
  private trustedUntil([leaf, ...others]: Chain): number {
    let current: X509Certificate = leaf;
    let until = Number.POSITIVE_INFINITY;
    for (let length = 1; length <= LONGEST_CHAIN; length += 1) {
      until = Math.min(until, validUntil(current));
      const root = this.roots.find((candidate) => isIssuer(candidate, current));
      if (root) {
        return Math.min(until, validUntil(root));
      }
      const subject = current;
      const issuer = others.find((candidate) => candidate !== subject && isIssuer(candidate, subject));
      if (!issuer) {
        break;
      }
      current = issuer;
    }
    throw new InvalidWebhook("Nobody trusted vouches for the webhook's certificate.");
  }

  private keep(address: string, kept: Kept): void {
    if (this.kept.size >= KEPT) {
      this.kept.clear();
    }
    this.kept.set(address, kept);
  }
}

type Chain = readonly [X509Certificate, ...X509Certificate[]];

function chainIn(text: string): Chain {
  try {
    const [leaf, ...others] = (text.match(ONE_CERTIFICATE) ?? [])
      .slice(0, LONGEST_CHAIN)
      .map((pem) => new X509Certificate(pem));
    if (leaf) {
      return [leaf, ...others];
    }
  } catch (cause) {
    throw new InvalidWebhook(`The webhook's certificate cannot be read: ${messageOf(cause)}.`);
  }
  throw new InvalidWebhook("There is no certificate at the webhook's address.");
}

function isIssuer(issuer: X509Certificate, subject: X509Certificate): boolean {
  return issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
}

/** @throws InvalidWebhook for a certificate that is not valid now */
function validUntil({ validFrom, validTo }: X509Certificate): number {
  const until = Date.parse(validTo);
  if (!(Date.parse(validFrom) <= Date.now() && Date.now() < until)) {
    throw new InvalidWebhook("The webhook's certificate is not valid any more, or not yet.");
  }
  return until;
}
