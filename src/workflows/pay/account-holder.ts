import type { AccountHolderDTO, CustomerDTO, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules, isPresent } from "@medusajs/framework/utils";
import { paymentModule } from "../medusa/payment-session";

/** A logged-in customer as payment providers get to know it. */
export type PayingCustomerContext = { customer?: unknown; account_holder?: unknown };

/**
 * The customer's record at the provider, made when missing, as Medusa's own session workflow does it.
 * Guests (`customer_id` null) have none.
 */
export async function loadPayingCustomer(
  container: MedusaContainer,
  customer_id: string | null,
  provider_id: string,
): Promise<PayingCustomerContext> {
  if (!customer_id) {
    return {};
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
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
  const customer = data[0] as
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
  const account_holder = await paymentModule(container).createAccountHolder({
    provider_id,
    context: { account_holder: known, customer: paying } as never,
  });
  if (!known && isPresent(account_holder)) {
    await container.resolve(ContainerRegistrationKeys.LINK).create({
      [Modules.CUSTOMER]: { customer_id },
      [Modules.PAYMENT]: { account_holder_id: account_holder.id },
    });
  }
  return { customer: paying, account_holder };
}
