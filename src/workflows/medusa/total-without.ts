import type { CartDTO } from "@medusajs/framework/types";
import { decorateCartTotals } from "@medusajs/framework/utils";
import { moneyFromDecimal, type Money } from "../../gateway";

type Totalled = Parameters<typeof decorateCartTotals>[0];

/** What the cart would come to without what these promotions take off, added up as Medusa's cart module does. */
export function totalWithout(cart: CartDTO, codes: ReadonlySet<string>): Money {
  const bare = <Line extends { adjustments?: { code?: string }[] }>(line: Line): Line => ({
    ...line,
    adjustments: (line.adjustments ?? []).filter(({ code }) => code === undefined || !codes.has(code)),
  });
  const { total } = decorateCartTotals({
    ...cart,
    items: (cart.items ?? []).map(bare),
    shipping_methods: (cart.shipping_methods ?? []).map(bare),
  } as unknown as Totalled);
  return moneyFromDecimal(total, cart.currency_code);
}
