import { Modules } from "@medusajs/framework/utils";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { PaypalSimulator } from "../../../simulators/paypal";
import type { StripeSimulator } from "../../../simulators/stripe";
import { withRunningStore, type Running } from "../../../support/suite";
import {
  accessibilityViolations,
  launchBrowser,
  openContext,
  screenshot,
  type Language,
  type SizeName,
  closeContext,
} from "../browser";
import { policyRefusals, watchPolicy } from "../policy";
import { Shopper } from "../shopper";
import { startStripe } from "../stripe/stripe-store";
import { playStripe, type Asked } from "../stripe/stub-network";
import { offer, startPayPal } from "./paypal-store";
import { playPayPal, type AskedOfPayPal, type PayPalNetwork } from "./stub-network";

/** PayPal first; the sandbox's methods stand behind it. */
const PAYPAL_FIRST = ["pp_paypal_main", "pp_sandbox_a", "pp_system_default"];

type Visit = PayPalNetwork &
  Readonly<{
    language?: Language;
    size?: SizeName;
    scheme?: "light" | "dark";
    /** Prepares the browser before the page is asked for. */
    before?: (context: BrowserContext, page: Page) => Promise<void>;
    /** The cart to pay; one of the demo's where it is left out. */
    cart_id?: string;
  }>;

/** The hosted checkout of a store with PayPal, and Stripe beside it, and a shopper's browser in front of it. */
export class PayPalCheckout {
  running!: Running;
  browser!: Browser;
  context!: BrowserContext;
  page!: Page;
  paypal!: PaypalSimulator;
  stripe!: StripeSimulator;
  /** What was asked of PayPal's addresses. */
  asked!: AskedOfPayPal;
  #problems: string[] = [];
  #others!: Asked;

  async start(): Promise<Record<string, string>> {
    const [ofPayPal, ofStripe] = await Promise.all([startPayPal(), startStripe()]);
    this.paypal = ofPayPal.simulator;
    this.stripe = ofStripe.simulator;
    return { ...ofPayPal.env, ...ofStripe.env };
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    await Promise.all([this.paypal?.stop(), this.stripe?.stop()]);
  }

  /** The visit is over; nothing may have gone wrong in it that nobody saw. */
  async leave(): Promise<void> {
    const refused = await policyRefusals(this.page);
    await closeContext(this.context);
    expect({ problems: this.#problems, refused, others: this.#others.others }).toEqual({
      problems: [],
      refused: [],
      others: [],
    });
    await Promise.all([this.paypal.api.clearFaults(), this.stripe.api.clearFaults()]);
  }

  async visit({ language = "en", size, scheme, before, cart_id = "demo", ...network }: Visit = {}) {
    const opened = await openContext(this.browser, size, scheme);
    ({ context: this.context, page: this.page } = opened);
    this.#problems = opened.problems;
    this.page.setDefaultTimeout(20_000);
    this.#others = await playStripe(this.context, this.stripe);
    this.asked = await playPayPal(this.context, this.paypal, network);
    await watchPolicy(this.page);
    await before?.(this.context, this.page);
    await this.page.goto(`${this.running.base_url()}/checkout/${cart_id}?locale=${language}`);
    const shopper = new Shopper(this.page, language);
    await shopper.sees("options.title");
    return shopper;
  }

  /** Enables the providers, in this order. */
  offer(...providers: readonly string[]): Promise<void> {
    return offer(this.running, providers);
  }

  choose(name: string): Promise<void> {
    return this.page.getByRole("radio", { name }).first().check();
  }

  /** A cart of 69.80 USD that goes to the United States; the demo's store sells in euros, in Europe. */
  async cartInDollars(): Promise<string> {
    const { cart_id } = await this.running.shopper();
    const carts = this.running.container().resolve(Modules.CART);
    const { shipping_address } = await carts.retrieveCart(cart_id, { relations: ["shipping_address"] });
    await carts.updateAddresses([{ id: String(shipping_address?.id), country_code: "us" }]);
    await carts.updateCarts(cart_id, { currency_code: "usd" });
    return cart_id;
  }

  /** PayPal's own button, as the stub draws it. */
  stubButton(name: string) {
    return this.page.getByRole("button", { name: `${name} (stub)`, exact: true });
  }

  async lookAt(name: string, forDocs = false): Promise<void> {
    await screenshot(this.page, name, { forDocs });
    expect(await accessibilityViolations(this.page)).toEqual([]);
  }

  /** How many payments PayPal has authorized. */
  authorized(): number {
    return this.paypal.api.ledger().filter((row) => row.authorized > 0).length;
  }

  stripeAuthorized(): number {
    return this.stripe.api.ledger().filter((row) => row.authorized > 0).length;
  }

  /** How often PayPal was asked for something. */
  operations(name: string): number {
    return this.paypal.api.requests().filter(({ operation }) => operation === name).length;
  }
}

/**
 * PayPal's part of the hosted checkout: Medusa, the real gateway, PayPal's real loader package and Chromium; a simulator in
 * place of PayPal's API and pages, and a stub in place of PayPal's script. Stripe runs beside it in the same store.
 *
 * @param env more of what medusa-config.ts reads
 */
export function withPayPalCheckout(
  tests: (checkout: PayPalCheckout) => void,
  env: Readonly<Record<string, string>> = {},
): void {
  const checkout = new PayPalCheckout();
  withRunningStore(
    (running) => {
      checkout.running = running;
      beforeAll(async () => {
        checkout.browser = await launchBrowser();
      });
      beforeEach(() => checkout.offer(...PAYPAL_FIRST));
      afterEach(() => checkout.leave());
      afterAll(() => checkout.stop());
      tests(checkout);
    },
    async () => ({ ...(await checkout.start()), ...env }),
  );
}
