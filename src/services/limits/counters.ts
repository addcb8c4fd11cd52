import type { Limits, RefusalLimit } from "./limits-schema";

/** Who tries to pay. The address comes as a keyed hash. */
export type Trier = Readonly<{
  cart_id: string;
  customer_id: string | null;
  /** Null where the address says nothing of the shopper, e.g. that of a proxy in the store's own network. */
  address_key: string | null;
}>;

export type LimitScope = "cart" | "customer" | "address";

/** Under what a try is counted, and how much may be counted there. */
export type TryCounter = RefusalLimit &
  Readonly<{
    key: string;
    scope: LimitScope;
    /** Holds only while refusals look like card testing. */
    tightened: boolean;
  }>;

/**
 * Everything a try is counted under. The stricter limits have counters of their own, kept at all times: their
 * windows are longer, and when an attack begins they must know what went before.
 */
export function countersOf(trier: Trier, limits: Limits): readonly TryCounter[] {
  const { card_testing } = limits;
  const ids = { cart: trier.cart_id, customer: trier.customer_id, address: trier.address_key };
  const rows = [
    ["cart", false, limits.cart],
    ["customer", false, limits.customer],
    ["address", false, limits.address],
    ["customer", true, card_testing && card_testing.customer],
    ["address", true, card_testing && card_testing.address],
  ] as const;
  return rows.flatMap(([scope, tightened, limit]) => {
    const id = ids[scope];
    return limit && id !== null
      ? [{ ...limit, key: `${scope}${tightened ? ":tightened" : ""}:${id}`, scope, tightened }]
      : [];
  });
}

/** The longest time anything is counted for. */
export function longestWindowMs({ cart, customer, address, card_testing }: Limits): number {
  const windows = [cart, customer, address];
  const stricter = card_testing ? [card_testing, card_testing.customer, card_testing.address] : [];
  return Math.max(0, ...[...windows, ...stricter].map((limit) => (limit ? limit.within_ms : 0)));
}
