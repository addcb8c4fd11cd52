import type { BrowserContext, Page } from "playwright-core";
import { logInCustomer } from "../../support/customer";
import type { Running } from "../../support/suite";

/** A customer of the store with a cart to fill, known to the browser by Medusa's session, as to a storefront's own. */
export class Customer {
  private constructor(
    private readonly running: Running,
    readonly headers: Readonly<{ authorization: string }>,
  ) {}

  static async register(running: Running): Promise<Customer> {
    return new Customer(running, await logInCustomer(await running.shopper()));
  }

  async logIn(context: BrowserContext): Promise<void> {
    const session = await context.request.post(`${this.running.base_url()}/auth/session`, {
      headers: this.headers,
    });
    expect(session.status()).toBe(200);
  }
}

/** Has the page wait for what is saved for as long as it takes: a busy machine is not a slow gateway. */
export async function waitForSaved(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { setTimeout: after } = window;
    Object.assign(window, {
      setTimeout: (work: () => void, ms?: number) => after(work, ms === 1_500 ? 15_000 : ms),
    });
  });
}

/** Holds what is saved back until it is let go. */
export async function holdSaved(context: BrowserContext): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await context.route("**/saved-payment-methods", async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}
