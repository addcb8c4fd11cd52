/** What the hosted page is told when it is served, as JSON inside the page. The checkout imports the type only. */
export type HostedBoot = Readonly<{
  cart_id: string;
  publishable_key: string;
  store_name: string;
  locale: "en" | "ar";
  digits: "latn" | "arab";
  /** Instead of a checkout. */
  blocked: "not_found" | "failed" | null;
  /** Of a cart that is an order already. */
  order: Readonly<{
    id: string;
    display_id: number;
    email: string | null;
    currency_code: string;
    total: number;
  }> | null;
}>;
