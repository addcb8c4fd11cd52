import type { TestStore } from "./store";

/** An answer of the API: status and body. */
export type Answer<T = ReturnType<typeof JSON.parse>> = { status: number; body: T; headers: Headers };

/** A shopper's browser as far as the Store API can tell: fetch, a publishable key, a cart. */
export class Shopper {
  cart_id = "";

  constructor(
    private readonly base_url: string,
    private readonly store: TestStore,
    private readonly locale = "en",
  ) {}

  /** A new cart with one teapot (64.90 EUR) and standard shipping (4.90 EUR): 69.80 EUR. */
  async fillCart(quantity = 1): Promise<string> {
    const { body } = await this.post("/store/carts", {
      region_id: this.store.region_id,
      email: "shopper@example.com",
      items: [{ variant_id: this.store.variant_id, quantity }],
      shipping_address: {
        first_name: "Sam",
        last_name: "Shopper",
        address_1: "Street 1",
        city: "Berlin",
        postal_code: "10115",
        country_code: "de",
      },
    });
    this.cart_id = body.cart.id;
    await this.post(`/store/carts/${this.cart_id}/shipping-methods`, {
      option_id: this.store.shipping_option_id,
    });
    return this.cart_id;
  }

  /** Takes so many teapots. */
  async setQuantity(quantity: number): Promise<void> {
    const { body } = await this.get(`/store/carts/${this.cart_id}`);
    const path = `/store/carts/${this.cart_id}/line-items/${body.cart.items[0].id}`;
    const { status } = await this.post(path, { quantity });
    if (status !== 200) throw new Error(`The cart was not changed: ${status}.`);
  }

  options() {
    return this.get(`/store/carts/${this.cart_id}/payment-options`);
  }

  start(option_id: string, data?: Record<string, unknown>, headers: Record<string, string> = {}) {
    return this.post(
      `/store/carts/${this.cart_id}/payment-attempts`,
      { option_id, ...(data && { data }) },
      headers,
    );
  }

  attempt(attempt_id: string) {
    return this.get(`/store/carts/${this.cart_id}/payment-attempts/${attempt_id}`);
  }

  confirm(attempt_id: string, data?: Record<string, unknown>) {
    return this.post(
      `/store/carts/${this.cart_id}/payment-attempts/${attempt_id}/confirm`,
      data ? { data } : {},
    );
  }

  /** Starts an attempt with the option and confirms it with the card. */
  async pay(option_id: string, number: string) {
    const started = await this.start(option_id);
    if (started.status !== 200) {
      throw new Error(`${option_id} could not be started: ${started.status} ${JSON.stringify(started.body)}`);
    }
    return {
      started,
      confirmed: await this.confirm(started.body.payment_attempt.id, { card: cardOf(number) }),
    };
  }

  get(path: string): Promise<Answer> {
    return this.send("GET", path);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send("POST", path, body, headers);
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await fetch(`${this.base_url}${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        "x-publishable-api-key": this.store.publishable_key,
        "x-medusa-locale": this.locale,
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : {} };
  }
}

/** Card data that is valid but for its number. */
export function cardOf(number: string) {
  return { number, exp_month: 12, exp_year: new Date().getFullYear() + 2, cvc: "123" };
}
