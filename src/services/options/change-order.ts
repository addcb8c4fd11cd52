import { createHash } from "node:crypto";
import { optionId } from "./option-id";
import { groupOptions, type PlacedOption } from "./placing";

/** One option as shoppers see it, and the providers that are asked for it, first to last. */
export type OptionPlace = Readonly<{ method: string; provider_ids: readonly string[] }>;

type Option = Pick<PlacedOption, "id" | "method" | "apart"> &
  Readonly<{ provider: Readonly<{ id: string }> }>;

/** Why an order cannot be taken. */
export type OrderFault =
  | Readonly<{ unknown_provider: string }>
  | Readonly<{ provider_id: string; lacks_method: string }>
  | Readonly<{ named_twice: string }>;

/**
 * The position of every option under a wished order, by option id. Options that the wish leaves out follow in the order
 * they have.
 * @param options all there are, in the order they have
 */
export function positionsFor(
  options: readonly Option[],
  wish: readonly OptionPlace[],
): Readonly<{ positions: ReadonlyMap<string, number> } | { fault: OrderFault }> {
  const known = new Map(options.map((option) => [option.id, option]));
  const providers = new Set(options.map(({ provider }) => provider.id));
  const positions = new Map<string, number>();
  for (const { method, provider_ids } of wish) {
    for (const provider_id of provider_ids) {
      const id = optionId(provider_id, method);
      if (!providers.has(provider_id)) return { fault: { unknown_provider: provider_id } };
      if (!known.has(id)) return { fault: { provider_id, lacks_method: method } };
      if (positions.has(id)) return { fault: { named_twice: id } };
      positions.set(id, positions.size);
    }
  }
  for (const { id } of options) {
    if (!positions.has(id)) positions.set(id, positions.size);
  }
  return { positions };
}

/** Stands for an order: another one has another. */
export function orderRevision(options: readonly Option[]): string {
  const order = groupOptions(options).map((group) => group.map(({ id }) => id));
  return createHash("sha256").update(JSON.stringify(order)).digest("hex").slice(0, 16);
}
