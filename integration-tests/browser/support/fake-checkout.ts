import type { Browser, BrowserContext, Page } from "playwright-core";
import { closeContext, launchBrowser, openContext } from "./browser";
import { startFakeStore, type FakeStore } from "./fake-store";
import { Shopper } from "./shopper";

/** The fake store and an English shopper at a fresh page of it. */
export class FakeCheckout {
  store!: FakeStore;
  browser!: Browser;
  page!: Page;
  shopper!: Shopper;
  #context: BrowserContext | undefined;

  async start(): Promise<void> {
    [this.store, this.browser] = await Promise.all([startFakeStore(), launchBrowser()]);
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    await this.store?.close();
  }

  async enter(): Promise<void> {
    this.store.reset();
    const { context, page } = await openContext(this.browser);
    this.#context = context;
    this.page = page;
    this.shopper = new Shopper(page, "en");
  }

  async leave(): Promise<void> {
    await (this.#context && closeContext(this.#context));
  }

  async open(): Promise<void> {
    await this.page.goto(this.store.checkout("en"));
    await this.shopper.sees("options.title");
  }

  async payWith(number: string): Promise<void> {
    await this.shopper.typeCard({ number });
    await this.shopper.payButton().click();
  }

  /** The label of the field that has the focus, once a field has it. */
  async focusedLabel(): Promise<string | undefined> {
    await this.page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    return this.page.evaluate(() => {
      const field = document.activeElement;
      return field instanceof HTMLInputElement ? field.labels?.[0]?.textContent?.trim() : undefined;
    });
  }
}

/** For the whole of a test file: one fake store and one browser, and for each test a page without memories. */
export function withFakeCheckout(): FakeCheckout {
  const checkout = new FakeCheckout();
  beforeAll(() => checkout.start());
  afterAll(() => checkout.stop());
  beforeEach(() => checkout.enter());
  afterEach(() => checkout.leave());
  return checkout;
}
