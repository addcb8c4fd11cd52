/** A shopper with a stopwatch: what the programs of this folder share. */

/** Where the measured store is; `npm run bench` starts it. */
export const STORE = {
  base_url: required("BENCH_BASE_URL"),
  bank_url: required("BENCH_BANK_URL"),
  publishable_key: required("BENCH_PUBLISHABLE_KEY"),
};

export type Catalog = { region_id: string; variant_id: string; shipping_option_id?: string };

/** Calls the Store API and fails loudly on anything but the expected status. */
export function call<T = ReturnType<typeof JSON.parse>>(
  method: string,
  path: string,
  body?: unknown,
  expected = 200,
): Promise<T> {
  const headers = { "x-publishable-api-key": STORE.publishable_key };
  return request(method, `${STORE.base_url}${path}`, { body, expected, headers });
}

/** Calls the bank's control API. */
export function control(method: string, path: string, body?: unknown, expected = 200): Promise<unknown> {
  return request(method, `${STORE.bank_url}/control/${path}`, { body, expected });
}

async function request<T>(
  method: string,
  url: string,
  { body, expected, headers }: { body?: unknown; expected: number; headers?: Record<string, string> },
): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status !== expected) {
    throw new Error(`${method} ${url} answered ${answer.status}: ${text.slice(0, 400)}`);
  }
  return JSON.parse(text || "null") as T;
}

/** Lets the store's region take payments through these providers; as an operator. */
export async function enableProviders({ region_id }: Catalog, payment_providers: string[]): Promise<void> {
  const [email, password] = [required("DEMO_ADMIN_EMAIL"), required("DEMO_ADMIN_PASSWORD")];
  const { token } = await call("POST", "/auth/user/emailpass", { email, password });
  await request("POST", `${STORE.base_url}/admin/regions/${region_id}`, {
    body: { payment_providers },
    expected: 200,
    headers: { authorization: `Bearer ${token}` },
  });
}

export async function readCatalog(): Promise<Catalog> {
  const { regions } = await call("GET", "/store/regions");
  const { products } = await call("GET", "/store/products?handle=demo-teapot");
  return { region_id: regions[0].id, variant_id: products[0].variants[0].id };
}

/** A cart ready to be paid. */
export async function fillCart(catalog: Catalog): Promise<string> {
  const { cart } = await call("POST", "/store/carts", {
    region_id: catalog.region_id,
    email: "bench@example.com",
    items: [{ variant_id: catalog.variant_id, quantity: 1 }],
    shipping_address: {
      first_name: "B",
      last_name: "M",
      address_1: "1",
      city: "Berlin",
      postal_code: "10115",
      country_code: "de",
    },
  });
  const { shipping_options } = await call("GET", `/store/shipping-options?cart_id=${cart.id}`);
  await call("POST", `/store/carts/${cart.id}/shipping-methods`, { option_id: shipping_options[0].id });
  return cart.id;
}

/** Milliseconds the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started_at = performance.now();
  await work();
  return performance.now() - started_at;
}

export function median(samples: number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export function percentile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** `name   12.3 ms` with the ratio to what it is compared with. */
export function row(name: string, value: number, unit: string, ratio?: number, goal?: string): string {
  const shown = `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`;
  return `  ${name.padEnd(52)}${shown.padStart(12)}${ratio === undefined ? "" : `   ${ratio.toFixed(2)}x${goal ? `   (goal ${goal})` : ""}`}`;
}

/** A variable that `npm run bench` sets. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set; "npm run bench" does that.`);
  }
  return value;
}
