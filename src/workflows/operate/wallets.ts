import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils";
import {
  messageOf,
  type OwnWallet,
  type WalletInvoicePage,
  type WalletInvoiceQuery,
  type WalletOverview,
} from "../../gateway";
import { findGateway } from "../medusa/payment-providers";
import { paymentModule } from "../medusa/payment-session";

/** A page waits for it. */
const OVERVIEW_MS = 5_000;

/** A wallet of an installed gateway. `overview` is null where the wallet itself failed, which the log tells. */
export type WalletOfProvider = Readonly<{
  provider_id: string;
  methods: readonly string[];
  has_manual_refunds: boolean;
  overview: WalletOverview | null;
}>;

/** The wallets of all installed gateways that keep one, switched off for new payments or not. */
export async function listWallets(container: MedusaContainer): Promise<readonly WalletOfProvider[]> {
  const providers = await paymentModule(container).listPaymentProviders({});
  const wallets = providers
    .map(({ id }) => id)
    .sort()
    .flatMap((provider_id) => {
      const gateway = findGateway(container, provider_id)?.gateway;
      return gateway?.wallet ? [{ provider_id, gateway, wallet: gateway.wallet }] : [];
    });
  return Promise.all(
    wallets.map(async ({ provider_id, gateway, wallet }) => ({
      provider_id,
      methods: gateway.capabilities.methods.map(({ id }) => id),
      has_manual_refunds: gateway.manual_refunds !== undefined,
      overview: await overviewOf(container, provider_id, wallet),
    })),
  );
}

/** A page of a wallet's invoices, newest first. @throws MedusaError `NOT_FOUND` where the provider has no wallet */
export async function listWalletInvoices(
  container: MedusaContainer,
  provider_id: string,
  query: WalletInvoiceQuery,
): Promise<WalletInvoicePage> {
  const wallet = findGateway(container, provider_id)?.gateway.wallet;
  if (!wallet) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `${provider_id} keeps no wallet of its own.`);
  }
  return wallet.listInvoices(query);
}

/** One that fails hides itself alone. */
async function overviewOf(
  container: MedusaContainer,
  provider_id: string,
  wallet: OwnWallet,
): Promise<WalletOverview | null> {
  try {
    return await wallet.overview(AbortSignal.timeout(OVERVIEW_MS));
  } catch (error) {
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    logger.error(`The wallet of ${provider_id} could not be looked at: ${messageOf(error)}`);
    return null;
  }
}
