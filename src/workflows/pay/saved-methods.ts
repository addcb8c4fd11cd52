import type { AccountHolderDTO, Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils";
import { messageOf, type SavedMethod } from "../../gateway";
import { optionId } from "../../services";
import { listRegionProviders } from "./list-payment-options";
import { loadCartHead } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";
import { paymentModule } from "../medusa/payment-session";

/** A method a customer has saved at a provider, and the option it pays with. */
export type SavedMethodOfCustomer = SavedMethod & Readonly<{ option_id: string; provider_id: string }>;

/**
 * What the customer has saved at the providers that the cart's region enables; nothing for guests. A provider that
 * cannot be asked is left out: the cart can be paid without.
 */
export async function listSavedMethods(
  container: MedusaContainer,
  input: { cart_id: string; customer_id: string | null },
): Promise<readonly SavedMethodOfCustomer[]> {
  const { region_id } = await loadCartHead(container, input.cart_id);
  const holders = await accountHoldersOf(container, input.customer_id);
  const enabled = holders.length > 0 ? await listRegionProviders(container, region_id) : [];
  const asked = holders.filter(
    ({ provider_id }) =>
      enabled.includes(provider_id) &&
      findGateway(container, provider_id)?.gateway.saved_methods !== undefined,
  );
  return (await savedAtAll(container, asked)).methods;
}

/** What the customer has saved at any of our gateways, and the providers that could not be asked just now. */
export async function listAllSavedMethods(
  container: MedusaContainer,
  customer_id: string,
): Promise<SavedAtAll> {
  const holders = await accountHoldersOf(container, customer_id);
  return savedAtAll(
    container,
    holders.filter(({ provider_id }) => findGateway(container, provider_id)?.gateway.saved_methods),
  );
}

/**
 * Has the provider forget a saved method; one that is gone already is no error. Throws `NOT_FOUND` where the customer has
 * nothing saved at the provider, and a `GatewayError` when it cannot be asked.
 */
export async function removeSavedMethod(
  container: MedusaContainer,
  input: { customer_id: string; provider_id: string; saved_method_id: string },
): Promise<void> {
  const { provider_id, saved_method_id } = input;
  const holders = await accountHoldersOf(container, input.customer_id);
  const holder = holders.find((candidate) => candidate.provider_id === provider_id);
  const gateway_customer_id = holder?.data.id;
  const saved_methods = findGateway(container, provider_id)?.gateway.saved_methods;
  if (!saved_methods || typeof gateway_customer_id !== "string") {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is nothing saved at ${provider_id}.`);
  }
  await saved_methods.remove(gateway_customer_id, saved_method_id);
}

type SavedAtAll = Readonly<{ methods: readonly SavedMethodOfCustomer[]; unreachable: readonly string[] }>;

async function savedAtAll(
  container: MedusaContainer,
  holders: readonly AccountHolderDTO[],
): Promise<SavedAtAll> {
  const saved = await Promise.all(holders.map((holder) => savedAt(container, holder)));
  return {
    methods: saved.flatMap((methods) => methods ?? []),
    unreachable: holders.flatMap(({ provider_id }, at) => (saved[at] ? [] : [provider_id])),
  };
}

/** Undefined where the provider cannot be asked. */
async function savedAt(
  container: MedusaContainer,
  account_holder: AccountHolderDTO,
): Promise<readonly SavedMethodOfCustomer[] | undefined> {
  const { provider_id } = account_holder;
  try {
    const saved = await paymentModule(container).listPaymentMethods({
      provider_id,
      context: { account_holder },
    });
    return saved.map(({ id, data }) => {
      const method = { ...(data as Omit<SavedMethod, "id">), id };
      return { ...method, provider_id, option_id: optionId(provider_id, method.method) };
    });
  } catch (error) {
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    logger.warn(`${provider_id} could not be asked for saved payment methods: ${messageOf(error)}`);
    return undefined;
  }
}

async function accountHoldersOf(
  container: MedusaContainer,
  customer_id: string | null,
): Promise<readonly AccountHolderDTO[]> {
  if (!customer_id) {
    return [];
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "customer",
    fields: ["account_holders.*"],
    filters: { id: customer_id },
  });
  const [customer] = data as unknown as readonly { account_holders?: (AccountHolderDTO | undefined)[] }[];
  return (customer?.account_holders ?? []).filter((holder) => holder !== undefined);
}
