/** What the hosted page is told when it is served, as JSON inside the page. The checkout imports the type only. */
export type HostedBoot = Readonly<{
  cart_id: string;
  publishable_key: string;
  store_name: string;
  locale: "en" | "ar";
  digits: "latn" | "arab";
  /** The store's own site, where the shopper goes on afterwards; null when the operator named none. */
  store_url: string | null;
  /** How long an unknown payment keeps the cart from being paid another way. */
  unknown_blocks_ms: number;
  /** Instead of a checkout. */
  blocked: "not_found" | "failed" | null;
  /** Of a cart that is an order already. */
  order: Readonly<{
    id: string;
    display_id: number;
    email: string | null;
    currency_code: string;
    total: number;
    /** The title of the way it was paid, per language; null where no attempt tells. */
    paid_with: Readonly<Record<"en" | "ar", string>> | null;
    /** False while the money is yet to come, e.g. on delivery. */
    is_paid: boolean;
    /** The attempt it was placed with, unless its money has come; null where no attempt tells. */
    open_attempt_id: string | null;
  }> | null;
}>;
