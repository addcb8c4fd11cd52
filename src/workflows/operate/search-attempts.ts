import type { ICartModuleService, ICustomerModuleService, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import type { AttemptSearch } from "../../modules/tender/stores/attempt-list";

/** Carts of one customer that are looked through, newest first. */
const MOST_CARTS = 500;
/** Where Postgres' integers end. */
const MOST_DISPLAY_ID = 2_147_483_647;

/**
 * What a search text may stand for: an attempt's, cart's or order's id, an order's number (with or without `#`), a
 * customer's whole e-mail address, or a gateway's reference or its beginning.
 */
export async function searchFor(container: MedusaContainer, text: string): Promise<AttemptSearch> {
  const wanted = text.trim();
  const number = /^#?(\d{1,10})$/.exec(wanted)?.[1];
  const collections = await Promise.all([
    wanted.startsWith("cart_") ? collectionsOfCarts(container, [wanted]) : [],
    wanted.startsWith("order_") ? collectionsOfOrders(container, { id: wanted }) : [],
    number !== undefined && Number(number) <= MOST_DISPLAY_ID
      ? collectionsOfOrders(container, { display_id: Number(number) })
      : [],
    wanted.includes("@") ? collectionsOfCustomer(container, wanted) : [],
  ]);
  return {
    attempt_id: wanted,
    payment_collection_ids: [...new Set(collections.flat())],
    reference: wanted,
  };
}

/** Guests have a customer too, with the address they gave. */
async function collectionsOfCustomer(container: MedusaContainer, email: string): Promise<string[]> {
  const customers = await container
    .resolve<ICustomerModuleService>(Modules.CUSTOMER)
    .listCustomers({ email: [...new Set([email, email.toLowerCase()])] }, { select: ["id"] });
  if (customers.length === 0) {
    return [];
  }
  const carts = await container
    .resolve<ICartModuleService>(Modules.CART)
    .listCarts(
      { customer_id: customers.map(({ id }) => id) },
      { select: ["id"], take: MOST_CARTS, order: { created_at: "DESC" } },
    );
  return collectionsOfCarts(
    container,
    carts.map(({ id }) => id),
  );
}

async function collectionsOfCarts(
  container: MedusaContainer,
  cart_ids: readonly string[],
): Promise<string[]> {
  if (cart_ids.length === 0) {
    return [];
  }
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "cart_payment_collection",
    fields: ["payment_collection_id"],
    filters: { cart_id: [...cart_ids] },
  });
  return (data as { payment_collection_id: string }[]).map(
    ({ payment_collection_id }) => payment_collection_id,
  );
}

async function collectionsOfOrders(
  container: MedusaContainer,
  filters: { id: string } | { display_id: number },
): Promise<string[]> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["id", "payment_collections.id"],
    filters,
  });
  return (data as { payment_collections?: ({ id: string } | null)[] }[]).flatMap(({ payment_collections }) =>
    (payment_collections ?? []).flatMap((one) => (one ? [one.id] : [])),
  );
}
