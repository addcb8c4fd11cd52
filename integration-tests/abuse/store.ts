export type Catalog = Readonly<{ region_id: string; variant_id: string }>;

/** What an answer tells a shopper; `status` is HTTP's. */
export type Answer = ReturnType<typeof JSON.parse> & { status: number };

const OPTION = "pp_sandbox_a:card";
const ADDRESS = {
  first_name: "H",
  last_name: "S",
  address_1: "1",
  city: "Berlin",
  postal_code: "10115",
  country_code: "de",
};

/** The Store API as shoppers at other addresses use it, through the store's proxy. */
export class Store {
  private shoppers = 0;
  private shipping_option_id: string | undefined;

  constructor(
    private readonly base_url: string,
    private readonly publishable_key: string,
  ) {}

  async readCatalog(): Promise<Catalog> {
    const { regions } = await this.call("GET", "/store/regions");
    const { products } = await this.call("GET", "/store/products?handle=demo-teapot");
    return { region_id: regions[0].id, variant_id: products[0].variants[0].id };
  }

  /** A cart that can become an order: of any other the card would not even be asked for. */
  async cart({ region_id, variant_id }: Catalog, from?: string): Promise<string> {
    const email = `shopper-${(this.shoppers += 1)}@example.com`;
    const body = { region_id, email, items: [{ variant_id, quantity: 1 }], shipping_address: ADDRESS };
    const { cart } = await this.done("POST", "/store/carts", body, from);
    const option_id = await this.shippingFor(cart.id);
    await this.done("POST", `/store/carts/${cart.id}/shipping-methods`, { option_id }, from);
    return cart.id;
  }

  /** Starts an attempt and confirms it with the card. */
  async pay(cart_id: string, number: string, from: string): Promise<Answer> {
    const attempts = `/store/carts/${cart_id}/payment-attempts`;
    const started = await this.call("POST", attempts, { option_id: OPTION }, from);
    if (started.status !== 200) return started;
    const card = { number, exp_month: 12, exp_year: new Date().getFullYear() + 2, cvc: "123" };
    return this.call("POST", `${attempts}/${started.payment_attempt.id}/confirm`, { data: { card } }, from);
  }

  /** All carts are shipped alike, so that this is asked once. */
  private async shippingFor(cart_id: string): Promise<string> {
    if (this.shipping_option_id === undefined) {
      const { shipping_options } = await this.done("GET", `/store/shipping-options?cart_id=${cart_id}`);
      this.shipping_option_id = String(shipping_options[0].id);
    }
    return this.shipping_option_id;
  }

  private async done(method: string, path: string, body?: unknown, from?: string): Promise<Answer> {
    const answer = await this.call(method, path, body, from);
    if (answer.status !== 200) throw new Error(`${method} ${path} failed: ${JSON.stringify(answer)}`);
    return answer;
  }

  private async call(method: string, path: string, body?: unknown, from?: string): Promise<Answer> {
    const answer = await fetch(`${this.base_url}${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        "x-publishable-api-key": this.publishable_key,
        ...(from && { "x-forwarded-for": from }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { ...JSON.parse(await answer.text()), status: answer.status };
  }
}
