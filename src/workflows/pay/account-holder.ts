import type { AccountHolderDTO, CustomerDTO, Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules, isPresent } from "@medusajs/framework/utils";
import { messageOf } from "../../gateway";
import { findGateway } from "../medusa/payment-providers";
import { paymentModule } from "../medusa/payment-session";

/** A logged-in customer as payment providers get to know it. */
export type PayingCustomerContext = { customer?: unknown; account_holder?: unknown };

/**
 * The customer with their record at the provider, as Medusa's own session workflow does it. Guests (`customer_id` null) have
 * none. A missing one is made where the payment needs it; where it cannot be made, the customer pays all the same.
 * @param data what the shopper sent along
 */
export async function loadPayingCustomer(
  container: MedusaContainer,
  { customer_id, provider_id, data }: { customer_id: string | null; provider_id: string; data?: unknown },
): Promise<PayingCustomerContext> {
  if (!customer_id) {
    return {};
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data: customers } = await query.graph({
    entity: "customer",
    fields: [
      "id",
      "email",
      "company_name",
      "first_name",
      "last_name",
      "phone",
      "addresses.*",
      "account_holders.*",
    ],
    filters: { id: customer_id },
  });
  const customer = customers[0] as
    | (CustomerDTO & {
        account_holders?: (AccountHolderDTO | undefined)[];
        addresses?: { is_default_billing?: boolean }[];
      })
    | undefined;
  if (!customer) {
    return {};
  }
  const paying = {
    ...customer,
    billing_address:
      customer.addresses?.find((address) => address.is_default_billing) ?? customer.addresses?.[0],
  };
  const known = customer.account_holders?.find((holder) => holder?.provider_id === provider_id);
  const needed = findGateway(container, provider_id)?.gateway.customers?.isNeededFor?.(data) ?? true;
  const account_holder = known ?? (needed ? await makeHolder(container, provider_id, paying) : undefined);
  return { customer: paying, account_holder };
}

async function makeHolder(
  container: MedusaContainer,
  provider_id: string,
  customer: CustomerDTO,
): Promise<AccountHolderDTO | undefined> {
  try {
    const account_holder = await paymentModule(container).createAccountHolder({
      provider_id,
      context: { customer } as never,
    });
    if (!isPresent(account_holder)) {
      return undefined;
    }
    await container.resolve(ContainerRegistrationKeys.LINK).create({
      [Modules.CUSTOMER]: { customer_id: customer.id },
      [Modules.PAYMENT]: { account_holder_id: account_holder.id },
    });
    return account_holder;
  } catch (error) {
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    logger.warn(
      `${provider_id} made no record of customer ${customer.id}, who pays without: ${messageOf(error)}`,
    );
    return undefined;
  }
}
