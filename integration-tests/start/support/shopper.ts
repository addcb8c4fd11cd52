/** What `npm start` writes for programs; all that this shopper knows of the store. */
export type Demo = Readonly<{
  base_url: string;
  checkout_url: string;
  admin_url: string;
  bank_url: string;
  chain_url: string;
  publishable_key: string;
  admin_email: string;
  admin_password: string;
  database_folder?: string;
}>;

type Answer = Readonly<{ status: number; body: ReturnType<typeof JSON.parse> }>;

/** Shops through the documented Store API, with what demo.json says and nothing else. */
export class DemoShopper {
  private constructor(
    private readonly demo: Demo,
    private readonly cart_id: string,
  ) {}

  /** One who has filled a cart, with an address and a way to ship. */
  static async withCart(demo: Demo): Promise<DemoShopper> {
    const ask = asker(demo);
    const { regions } = (await ask("/store/regions")).body;
    const { products } = (await ask("/store/products")).body;
    const { cart } = (
      await ask("/store/carts", {
        region_id: regions[0].id,
        email: "shopper@example.com",
        items: [{ variant_id: products[0].variants[0].id, quantity: 1 }],
        shipping_address: {
          first_name: "Sam",
          last_name: "Shopper",
          address_1: "Street 1",
          city: "Berlin",
          postal_code: "10115",
          country_code: "de",
        },
      })
    ).body;
    const { shipping_options } = (await ask(`/store/shipping-options?cart_id=${cart.id}`)).body;
    await ask(`/store/carts/${cart.id}/shipping-methods`, { option_id: shipping_options[0].id });
    return new DemoShopper(demo, cart.id);
  }

  async options(): Promise<{ id: string; method: string }[]> {
    return (await asker(this.demo)(`/store/carts/${this.cart_id}/payment-options`)).body.payment_options;
  }

  /** Starts an attempt with the option and confirms it. */
  async pay(option_id: string, data?: object): Promise<Answer> {
    const ask = asker(this.demo);
    const attempts = `/store/carts/${this.cart_id}/payment-attempts`;
    const { body } = await ask(attempts, { option_id });
    return ask(`${attempts}/${body.payment_attempt.id}/confirm`, { data });
  }
}

function asker({ base_url, publishable_key }: Demo) {
  return async (path: string, body?: object): Promise<Answer> => {
    const answer = await fetch(`${base_url}${path}`, {
      method: body ? "POST" : "GET",
      headers: { "content-type": "application/json", "x-publishable-api-key": publishable_key },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
}
