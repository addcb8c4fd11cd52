import { z } from "@medusajs/framework/zod";
import type { StripeClient } from "./client";

const Wallet = z.object({
  status: z.string(),
  status_details: z.object({ error_message: z.string() }).optional(),
});
const DomainAnswer = z.object({
  id: z.string(),
  object: z.literal("payment_method_domain"),
  domain_name: z.string(),
  enabled: z.boolean(),
  apple_pay: Wallet,
  google_pay: Wallet,
  link: Wallet,
});
type DomainAnswer = z.output<typeof DomainAnswer>;
const DomainsAnswer = z.object({ data: z.array(DomainAnswer) });

const WALLETS = ["apple_pay", "google_pay", "link"] as const;

/** What stands in the way of one wallet on a domain, if anything. */
export type WalletState = Readonly<{ active: boolean; problem?: string }>;
export type WalletDomain = Readonly<{ domain: string } & Record<(typeof WALLETS)[number], WalletState>>;

/**
 * Sees to it that the account may show wallet buttons on these domains: registers what is missing, switches on what was
 * switched off, and has Stripe check again what does not work yet (Stripe docs: Register domains for payments). Every
 * subdomain is a domain of its own. Safe to repeat.
 *
 * @param domains without `https://`
 * @returns one row a domain, in the order given
 * @throws GatewayError when Stripe cannot be asked, or refuses a domain
 */
export async function registerWalletDomains(
  client: StripeClient,
  domains: readonly string[],
  signal: AbortSignal,
): Promise<WalletDomain[]> {
  const registered: WalletDomain[] = [];
  for (const domain of domains) {
    registered.push(await registerOne(client, domain, signal));
  }
  return registered;
}

async function registerOne(
  client: StripeClient,
  domain_name: string,
  signal: AbortSignal,
): Promise<WalletDomain> {
  const { data } = await client.call(signal, DomainsAnswer, (sdk) =>
    sdk.paymentMethodDomains.list({ domain_name, limit: 1 }),
  );
  const known = data.find((row) => row.domain_name === domain_name);
  const enabled = known?.enabled
    ? known
    : await client.call(signal, DomainAnswer, (sdk) =>
        known
          ? sdk.paymentMethodDomains.update(known.id, { enabled: true })
          : sdk.paymentMethodDomains.create({ domain_name }),
      );
  const checked = WALLETS.every((wallet) => isActive(enabled, wallet))
    ? enabled
    : await client.call(signal, DomainAnswer, (sdk) => sdk.paymentMethodDomains.validate(enabled.id));
  const states = WALLETS.map((wallet) => [wallet, stateOf(checked, wallet)] as const);
  return {
    domain: domain_name,
    ...(Object.fromEntries(states) as Record<(typeof WALLETS)[number], WalletState>),
  };
}

function isActive(domain: DomainAnswer, wallet: (typeof WALLETS)[number]): boolean {
  return domain[wallet].status === "active";
}

function stateOf(domain: DomainAnswer, wallet: (typeof WALLETS)[number]): WalletState {
  const problem = domain[wallet].status_details?.error_message;
  return { active: isActive(domain, wallet), ...(problem !== undefined && { problem }) };
}
