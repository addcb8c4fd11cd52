import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";

const Adjusted = z.object({
  adjustments: z.array(z.object({ code: z.string().nullish() }).nullable()).nullish(),
});
const Adjustments = z.object({
  items: z.array(Adjusted.nullable()).nullish(),
  shipping_methods: z.array(Adjusted.nullable()).nullish(),
});

/** Codes of the promotions that take something off the cart; none for an unknown cart. */
export async function appliedCodes(
  container: MedusaContainer,
  cart_id: string,
): Promise<ReadonlySet<string>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "cart",
    fields: ["id", "items.adjustments.code", "shipping_methods.adjustments.code"],
    filters: { id: cart_id },
  });
  const { items, shipping_methods } = Adjustments.parse(data[0] ?? {});
  return new Set(
    [...(items ?? []), ...(shipping_methods ?? [])].flatMap((line) =>
      (line?.adjustments ?? []).flatMap((adjustment) => adjustment?.code ?? []),
    ),
  );
}
