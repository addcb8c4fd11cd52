import type {
  ICustomerModuleService,
  IProductModuleService,
  IRegionModuleService,
  MedusaContainer,
} from "@medusajs/framework/types";
import { MedusaError, Modules } from "@medusajs/framework/utils";

/** Something by its id; `name` is null where it does not exist any more. */
export type Named = Readonly<{ id: string; name: string | null }>;

export type NamedKind = "customer_group" | "product";

/** What these are called, in the order of the ids. */
export async function namesOf(
  container: MedusaContainer,
  kind: NamedKind,
  ids: readonly string[],
): Promise<readonly Named[]> {
  const found = ids.length > 0 ? await FIND[kind](container, [...new Set(ids)]) : [];
  const name_of = new Map(found.map(({ id, name }) => [id, name]));
  return ids.map((id) => ({ id, name: name_of.get(id) ?? null }));
}

const FIND: Readonly<
  Record<NamedKind, (container: MedusaContainer, ids: string[]) => Promise<readonly Named[]>>
> = {
  customer_group: async (container, id) => {
    const groups = await container
      .resolve<ICustomerModuleService>(Modules.CUSTOMER)
      .listCustomerGroups({ id }, { select: ["id", "name"], take: id.length });
    return groups.map((group) => ({ id: group.id, name: group.name ?? group.id }));
  },
  product: async (container, id) => {
    const products = await container
      .resolve<IProductModuleService>(Modules.PRODUCT)
      .listProducts({ id }, { select: ["id", "title"], take: id.length });
    return products.map((product) => ({ id: product.id, name: product.title }));
  },
};

/** @throws MedusaError `INVALID_DATA` for a code that Medusa knows no country of @param codes in lower case */
export async function assertCountries(container: MedusaContainer, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) {
    return;
  }
  const known = await container
    .resolve<IRegionModuleService>(Modules.REGION)
    .listCountries({ iso_2: [...codes] }, { select: ["iso_2"], take: codes.length });
  const unknown = codes.filter((code) => !known.some(({ iso_2 }) => iso_2 === code));
  if (unknown.length > 0) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `There is no country ${unknown.join(", ")}.`);
  }
}
