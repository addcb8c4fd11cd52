import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils";
import { tenderModule } from "../medusa/load-cart";
import { listAllSavedMethods, removeSavedMethod, type SavedMethodOfCustomer } from "../pay/saved-methods";

/** What a customer has saved, and the providers that could not tell. */
export type CustomerPaymentMethods = Readonly<{
  methods: readonly SavedMethodOfCustomer[];
  unreachable: readonly string[];
}>;

/** What a customer has saved at each gateway, whether it is offered now or not. @throws MedusaError `NOT_FOUND` */
export async function listCustomerPaymentMethods(
  container: MedusaContainer,
  customer_id: string,
): Promise<CustomerPaymentMethods> {
  await requireCustomer(container, customer_id);
  return listAllSavedMethods(container, customer_id);
}

/** Has a gateway forget one of them. @throws MedusaError `NOT_FOUND` where the customer has no such method there */
export async function removeCustomerPaymentMethod(
  container: MedusaContainer,
  input: Readonly<{ actor_id: string; customer_id: string; provider_id: string; saved_method_id: string }>,
): Promise<void> {
  const { actor_id, customer_id, provider_id, saved_method_id } = input;
  const { methods, unreachable } = await listCustomerPaymentMethods(container, customer_id);
  const found = methods.find((method) => method.provider_id === provider_id && method.id === saved_method_id);
  if (!found && !unreachable.includes(provider_id)) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `The customer has no payment method ${saved_method_id} saved at ${provider_id}.`,
    );
  }
  await removeSavedMethod(container, { customer_id, provider_id, saved_method_id });
  await tenderModule(container).changes.add({
    actor_id,
    action: "saved_method.remove",
    subject: customer_id,
    before: {
      provider_id,
      saved_method_id,
      method: found?.method ?? null,
      brand: found?.brand ?? null,
      last4: found?.last4 ?? null,
    },
  });
}

async function requireCustomer(container: MedusaContainer, id: string): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: "customer", fields: ["id"], filters: { id } });
  if (!data[0]) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Customer ${id} was not found.`);
  }
}
