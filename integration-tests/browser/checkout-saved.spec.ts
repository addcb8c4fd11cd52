import type { Browser, Page } from "playwright-core";
import Stripe from "stripe";
import type { StripeSimulator } from "../simulators/stripe";
import { withRunningStore } from "../support/suite";
import {
  accessibilityViolations,
  LANGUAGES,
  launchBrowser,
  openContext,
  screenshot,
  type Language,
  closeContext,
} from "./support/browser";
import { Customer, holdSaved, waitForSaved } from "./support/customer";
import { Shopper } from "./support/shopper";
import { APPROVED, FIELDS, offerStripe, startStripe, typeInto } from "./support/stripe/stripe-store";
import { playStripe, type Asked } from "./support/stripe/stub-network";

const CARD = "pp_stripe_main:card";
let simulator: StripeSimulator;

/** A logged-in customer who saved a card with an order before: Medusa, the real gateway and Chromium. */
withRunningStore(
  (running) => {
    let browser: Browser;
    let page: Page;
    let problems: string[];
    let asked: Asked;
    let close: () => Promise<void>;

    beforeAll(async () => {
      browser = await launchBrowser();
    });
    beforeEach(() => offerStripe(running));
    afterAll(async () => {
      await browser?.close();
      await simulator?.stop();
    });
    afterEach(async () => {
      await close?.();
      expect({ problems, others: asked.others }).toEqual({ problems: [], others: [] });
    });

    /** Saves a card with one order and opens the checkout of the next cart, logged in as a storefront would be. */
    async function visit(
      language: Language,
      meanwhile?: (stripe: Stripe, customer: string) => Promise<void>,
      prepare: (page: Page) => Promise<void> = waitForSaved,
    ) {
      const former = await running.shopper();
      const customer = await Customer.register(running);
      const { headers } = customer;
      const { body } = await former.start(CARD, undefined, headers);
      const confirm = `/store/carts/${former.cart_id}/payment-attempts/${body.payment_attempt.id}/confirm`;
      const paid = await former.post(
        confirm,
        { data: { payment_method: "pm_card_visa", save: true } },
        headers,
      );
      expect(paid.body.type).toBe("order");
      const stripe = new Stripe("sk_test_checkout", simulator.sdk);
      const { data: customers } = await stripe.customers.list({ limit: 1 });
      await meanwhile?.(stripe, customers[0]!.id);

      const { cart_id } = await running.shopper();
      const opened = await openContext(browser, "desktop");
      ({ page, problems } = opened);
      close = () => closeContext(opened.context);
      page.setDefaultTimeout(20_000);
      asked = await playStripe(opened.context, simulator, {});
      await prepare(page);
      await customer.logIn(opened.context);
      await page.goto(`${running.base_url()}/checkout/${cart_id}?locale=${language}`);
      const shopper = new Shopper(page, language);
      await shopper.sees("options.title");
      return shopper;
    }

    const row = (last4: string) => page.locator(".tender-saved__row", { hasText: last4 });
    const paidWith = () =>
      simulator.api
        .requests()
        .filter(({ operation }) => operation === "payment_intents.confirm")
        .at(-1)?.params as { payment_method?: string; confirmation_token?: string };

    for (const language of LANGUAGES) {
      it(`a saved card pays at once in ${language}, without Stripe's form`, async () => {
        const shopper = await visit(language);
        await row("4242").waitFor();
        expect(await row("4242").getByRole("radio").isChecked()).toBe(true);
        expect(await page.getByLabel(FIELDS[language][0]).count()).toBe(0);
        await page.waitForFunction(() => document.querySelector(".tender-own-form__loading") === null);
        await screenshot(page, `saved-card-${language}-desktop`, { forDocs: true });
        expect(await accessibilityViolations(page)).toEqual([]);
        await shopper.payButton().click();
        await shopper.sees("done.title");
        expect(paidWith()).toMatchObject({ payment_method: expect.stringMatching(/^pm_/) });
      });
    }

    it("a list that comes late leaves the form, the focus and what was typed as they are", async () => {
      let letGo = (): void => undefined;
      const shopper = await visit("en", undefined, async (opened) => {
        letGo = await holdSaved(opened.context());
      });
      await typeInto(page, "en", APPROVED);
      const number = page.getByLabel(FIELDS.en[0]);
      await number.focus();
      const top = async () => (await number.boundingBox())?.y ?? 0;
      const before = await top();
      letGo();
      const fold = page.getByText(shopper.text("saved.late"));
      await fold.waitFor();
      expect(await number.evaluate((input) => input === document.activeElement)).toBe(true);
      expect(await number.inputValue()).toBe(APPROVED);
      // One line has come above the field, whatever is saved.
      expect((await top()) - before).toBeLessThanOrEqual(64);
      expect(await page.getByRole("status").first().innerText()).toBe(shopper.text("saved.late_announced"));
      expect(await row("4242").isVisible()).toBe(false);
      await screenshot(page, "saved-late-en-desktop");
      expect(await accessibilityViolations(page)).toEqual([]);
      await shopper.payButton().click();
      await shopper.sees("done.title");
      expect(paidWith()).toMatchObject({ confirmation_token: expect.stringMatching(/^ctoken_/) });
    });

    it("a list that comes late can be paid with once it is unfolded", async () => {
      let letGo = (): void => undefined;
      const shopper = await visit("ar", undefined, async (opened) => {
        letGo = await holdSaved(opened.context());
      });
      await page.getByLabel(FIELDS.ar[0]).waitFor();
      letGo();
      const fold = page.locator("summary", { hasText: shopper.text("saved.late") });
      await fold.focus();
      await page.keyboard.press("Enter");
      expect(await page.getByLabel(shopper.text("saved.another")).isChecked()).toBe(true);
      await row("4242").getByRole("radio").check();
      expect(await page.getByLabel(FIELDS.ar[0]).isVisible()).toBe(false);
      await screenshot(page, "saved-late-unfolded-ar-desktop");
      expect(await accessibilityViolations(page)).toEqual([]);
      await shopper.payButton().click();
      await shopper.sees("done.title");
      expect(paidWith()).toMatchObject({ payment_method: expect.stringMatching(/^pm_/) });
    });

    it("another card is typed as ever, and what was typed stays while the saved one is looked at", async () => {
      const shopper = await visit("en");
      const another = page.getByLabel(shopper.text("saved.another"));
      await another.check();
      await page.getByLabel(FIELDS.en[0]).waitFor();
      await typeInto(page, "en", APPROVED);
      await row("4242").getByRole("radio").check();
      expect(await page.getByLabel(FIELDS.en[0]).isVisible()).toBe(false);
      await another.check();
      expect(await page.getByLabel(FIELDS.en[0]).inputValue()).toContain("4242");
      await shopper.payButton().click();
      await shopper.sees("done.title");
      expect(paidWith()).toMatchObject({ confirmation_token: expect.stringMatching(/^ctoken_/) });
    });

    it("a saved card that is refused gives way to the form for another", async () => {
      const shopper = await visit("en", async (stripe, customer) => {
        await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
      });
      await row("0341").getByRole("radio").check();
      await shopper.payButton().click();
      await page.locator('[data-phase="declined"]').waitFor();
      await page.getByRole("button", { name: /card/i }).first().click();
      await page.getByLabel(FIELDS.en[0]).waitFor();
      expect(await page.getByLabel(shopper.text("saved.another")).isChecked()).toBe(true);
      await typeInto(page, "en", APPROVED);
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });
  },
  async () => {
    const started = await startStripe();
    simulator = started.simulator;
    return started.env;
  },
);
