import type { Browser, BrowserContext, Page } from "playwright-core";
import type { PaypalSimulator } from "../simulators/paypal";
import type { StripeSimulator } from "../simulators/stripe";
import { withRunningStore } from "../support/suite";
import {
  accessibilityViolations,
  LANGUAGES,
  launchBrowser,
  openContext,
  screenshot,
  type Language,
  type SizeName,
} from "./support/browser";
import {
  APPROVED,
  CHALLENGED,
  decideInFrame,
  decideInWindow,
  FIELDS,
  FUNDS,
  offer,
  startPayPal,
  typeInto,
} from "./support/paypal/paypal-store";
import { playPayPal, type AskedOfPayPal, type PayPalNetwork } from "./support/paypal/stub-network";
import { Shopper } from "./support/shopper";
import {
  APPROVED as STRIPE_APPROVED,
  FIELDS as STRIPE_FIELDS,
  FUNDS as STRIPE_FUNDS,
  startStripe,
  typeInto as typeIntoStripe,
} from "./support/stripe/stripe-store";
import { playStripe, type Asked } from "./support/stripe/stub-network";

/** PayPal first; the sandbox's methods stand behind it. */
const PAYPAL_FIRST = ["pp_paypal_main", "pp_sandbox_a", "pp_system_default"];

let paypal: PaypalSimulator;
let stripe: StripeSimulator;

/**
 * PayPal's part of the hosted checkout: Medusa, the real gateway, PayPal's real loader package and Chromium; a simulator in
 * place of PayPal's API and pages, and a stub in place of PayPal's script. Stripe runs beside it in the same store.
 */
withRunningStore(
  (running) => {
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let problems: string[];
    let asked: AskedOfPayPal;
    let others: Asked;

    beforeAll(async () => {
      browser = await launchBrowser();
    });
    beforeEach(() => offer(running, PAYPAL_FIRST));
    afterAll(async () => {
      await browser?.close();
      await Promise.all([paypal?.stop(), stripe?.stop()]);
    });
    afterEach(async () => {
      const refused = await page.evaluate(() => Reflect.get(window, "refusedByPolicy") as string[]);
      await context.close();
      expect({ problems, refused, others: others.others }).toEqual({ problems: [], refused: [], others: [] });
      await Promise.all([paypal.api.clearFaults(), stripe.api.clearFaults()]);
    });

    type Visit = PayPalNetwork &
      Readonly<{ language?: Language; size?: SizeName; scheme?: "light" | "dark" }>;

    async function visit({ language = "en", size = "desktop", scheme, ...network }: Visit = {}) {
      ({ context, page, problems } = await openContext(browser, size, scheme));
      page.setDefaultTimeout(20_000);
      others = await playStripe(context, stripe);
      asked = await playPayPal(context, paypal, network);
      await page.addInitScript(() => {
        const refused: string[] = [];
        Object.assign(window, { refusedByPolicy: refused });
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
          refused.push(`${violatedDirective} ${blockedURI}`),
        );
      });
      await page.goto(`${running.base_url()}/checkout/demo?locale=${language}`);
      const shopper = new Shopper(page, language);
      await shopper.sees("options.title");
      return shopper;
    }

    const choose = (name: string) => page.getByRole("radio", { name }).first().check();
    const stubButton = (name: string) => page.getByRole("button", { name: `${name} (stub)`, exact: true });

    async function lookAt(name: string, forDocs = false): Promise<void> {
      await screenshot(page, name, { forDocs });
      expect(await accessibilityViolations(page)).toEqual([]);
    }

    const authorized = () => paypal.api.ledger().filter((row) => row.authorized > 0).length;
    const stripeAuthorized = () => stripe.api.ledger().filter((row) => row.authorized > 0).length;
    const operations = (name: string) =>
      paypal.api.requests().filter(({ operation }) => operation === name).length;

    for (const language of LANGUAGES) {
      it(`a card is paid with in ${language}`, async () => {
        const before = authorized();
        const shopper = await visit({ language });
        await typeInto(page, language, { number: APPROVED, name: "Sam Fern" });
        await lookAt(`paypal-card-${language}-desktop`, true);
        await shopper.payButton().click();
        await shopper.sees("done.title");
        expect(authorized() - before).toBe(1);
        await lookAt(`paypal-done-${language}-desktop`);
      });
    }

    it("the fields stand on a phone, in the dark and right to left", async () => {
      const shopper = await visit({ language: "ar", size: "phone", scheme: "dark" });
      await page.getByLabel(FIELDS.ar[0]).waitFor();
      await lookAt("paypal-card-ar-phone-dark");
      expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl");
      expect(await shopper.payButton().isEnabled()).toBe(true);
    });

    it("one script and one instance serve all of PayPal's methods, told the client id and no secret", async () => {
      await visit({ offered: ["paypal", "paylater", "advanced_cards", "googlepay"] });
      await page.getByLabel(FIELDS.en[0]).waitFor();
      await choose("PayPal Pay Later");
      await stubButton("PayPal Pay Later").waitFor();
      expect(asked.scripts).toEqual(["https://www.sandbox.paypal.com/web-sdk/v6/core"]);
      const instances = await page.evaluate(
        () => (Reflect.get(window, "paypalStub") as { instances: unknown[] }).instances,
      );
      expect(instances).toEqual([
        {
          clientId: "client-id-of-checkout",
          components: ["paypal-payments", "card-fields", "googlepay-payments"],
          pageType: "checkout",
          locale: "en-US",
        },
      ]);
    });

    it("what is missing is said beside its field, and nothing is begun", async () => {
      const shopper = await visit();
      await page.getByLabel(FIELDS.en[0]).fill("4868");
      const before = operations("orders.create");
      await shopper.payButton().click();
      await page.getByText("Enter the security code.").last().waitFor();
      await lookAt("paypal-card-incomplete-en-desktop");
      expect(await page.locator(".tender").getAttribute("data-phase")).toBe("choosing");
      expect(operations("orders.create")).toBe(before);
      await typeInto(page, "en", { number: APPROVED });
      expect(await page.locator(".tender-field__error").count()).toBe(0);
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    for (const language of LANGUAGES) {
      it(`a refused card leads to the alternatives in ${language}`, async () => {
        const shopper = await visit({ language });
        await typeInto(page, language, { number: APPROVED, name: FUNDS });
        await shopper.payButton().click();
        await shopper.alternatives().first().waitFor();
        await lookAt(`paypal-declined-${language}-desktop`);
        await shopper.alternatives().last().click();
        await shopper.sees("options.title");
        await shopper.payButton().click();
        await shopper.sees("done.title");
      });
    }

    it("a refused card is followed by another card in the same form", async () => {
      const shopper = await visit();
      await typeInto(page, "en", { number: APPROVED, name: FUNDS });
      await shopper.payButton().click();
      await shopper.button("declined.another_card").click();
      // Everything typed stays.
      expect(await page.getByLabel(FIELDS.en[0]).inputValue()).toBe(APPROVED);
      await page.getByLabel(FIELDS.en[3]).fill("Sam Fern");
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it("3-D Secure over the page, passed", async () => {
      const shopper = await visit();
      await typeInto(page, "en", { number: CHALLENGED });
      await shopper.payButton().click();
      await decideInFrame(page, "Approve");
      await shopper.sees("done.title");
    });

    it("3-D Secure over the page, not passed, is a refusal", async () => {
      const shopper = await visit();
      const before = authorized();
      await typeInto(page, "en", { number: CHALLENGED });
      await shopper.payButton().click();
      await decideInFrame(page, "Fail");
      await shopper.alternatives().first().waitFor();
      expect(authorized()).toBe(before);
      await lookAt("paypal-three-d-secure-failed-en-desktop");
    });

    it("3-D Secure over the page, closed, loses nothing", async () => {
      const shopper = await visit();
      await typeInto(page, "en", { number: CHALLENGED });
      await shopper.payButton().click();
      await decideInFrame(page, "Cancel");
      await page.locator(".tender[data-phase=choosing]").waitFor();
      expect(await page.getByLabel(FIELDS.en[0]).inputValue()).toBe(CHALLENGED);
      await page.getByLabel(FIELDS.en[0]).fill(APPROVED);
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it("a double click pays once", async () => {
      const shopper = await visit();
      await typeInto(page, "en", { number: APPROVED });
      const before = [authorized(), operations("orders.create")];
      await shopper.payButton().dblclick();
      await shopper.sees("done.title");
      expect([authorized(), operations("orders.create")]).toEqual(before.map((count) => count + 1));
    });

    for (const language of LANGUAGES) {
      it(`PayPal is approved in its own window in ${language}`, async () => {
        const shopper = await visit({ language });
        await choose("PayPal");
        await stubButton("PayPal").waitFor();
        await lookAt(`paypal-button-${language}-desktop`, true);
        expect(await shopper.payButton().count()).toBe(0);
        const before = authorized();
        await decideInWindow(context, () => stubButton("PayPal").click(), "Approve");
        await shopper.sees("done.title");
        expect((await shopper.facts())[shopper.text("done.paid_with")]).toBe("PayPal");
        expect(authorized() - before).toBe(1);
      });
    }

    it("PayPal's window, cancelled, leaves nothing stuck: the same order is approved afterwards", async () => {
      const shopper = await visit();
      await choose("PayPal");
      const before = operations("orders.create");
      await decideInWindow(context, () => stubButton("PayPal").click(), "Cancel");
      await page.waitForTimeout(300);
      expect(await page.locator(".tender").getAttribute("data-phase")).toBe("choosing");
      expect(await page.locator(".tender-notice").count()).toBe(0);
      await decideInWindow(context, () => stubButton("PayPal").click(), "Approve");
      await shopper.sees("done.title");
      expect(operations("orders.create") - before).toBe(1);
    });

    it("PayPal's window, cancelled, leaves the card to pay with", async () => {
      const shopper = await visit();
      await page.getByLabel(FIELDS.en[0]).waitFor();
      await choose("PayPal");
      await decideInWindow(context, () => stubButton("PayPal").click(), "Cancel");
      await page.locator("input[type=radio]").first().check();
      await typeInto(page, "en", { number: APPROVED });
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it("Pay Later is approved by its own button on a phone in the dark", async () => {
      const shopper = await visit({ language: "ar", size: "phone", scheme: "dark" });
      await choose("الدفع لاحقًا عبر PayPal");
      await stubButton("PayPal Pay Later").waitFor();
      await lookAt("paypal-pay-later-ar-phone-dark");
      await decideInWindow(context, () => stubButton("PayPal Pay Later").click(), "Approve");
      await shopper.sees("done.title");
    });

    it("a window that breaks off is told, charges nothing, and can be opened again", async () => {
      const shopper = await visit({ windowFails: true });
      await choose("PayPal");
      await stubButton("PayPal").click();
      await shopper.seesNotice("form_failed");
      await lookAt("paypal-window-failed-en-desktop");
      await stubButton("PayPal").click();
      await shopper.seesNotice("form_failed");
    });

    it("a wallet's button pays through PayPal", async () => {
      const shopper = await visit({ offered: ["advanced_cards", "paypal", "googlepay"] });
      await page.getByRole("button", { name: "Google Pay" }).waitFor();
      await lookAt("paypal-wallet-en-desktop");
      const before = authorized();
      await page.getByRole("button", { name: "Google Pay" }).click();
      await shopper.sees("done.title");
      expect(authorized() - before).toBe(1);
    });

    it("what PayPal does not offer for the cart says so, without an invitation to try again", async () => {
      const shopper = await visit({ offered: ["paypal"] });
      await page.getByText(shopper.text("form.not_offered")).waitFor();
      await lookAt("paypal-not-offered-en-desktop");
      expect(await shopper.button("form.try_again").count()).toBe(0);
      expect(await page.getByRole("button", { name: "Google Pay" }).count()).toBe(0);
      await choose("PayPal");
      await stubButton("PayPal").waitFor();
    });

    for (const language of LANGUAGES) {
      it(`a blocked script is no dead end in ${language}`, async () => {
        let isBlocked = true;
        const shopper = await visit({ language, size: "phone", isBlocked: () => isBlocked });
        await page.getByText(shopper.text("form.unavailable")).waitFor();
        await page.getByText(shopper.text("form.other_ways")).waitFor();
        await lookAt(`paypal-blocked-${language}-phone`, true);
        expect(await shopper.payButton().count()).toBe(0);

        isBlocked = false;
        await shopper.button("form.try_again").click();
        await typeInto(page, language, { number: APPROVED });
        await shopper.payButton().click();
        await shopper.sees("done.title");
      });

      it(`PayPal is paid with on its own page where its script is blocked in ${language}`, async () => {
        const shopper = await visit({ language, size: "phone", isBlocked: () => true });
        await choose("PayPal");
        await page.getByText(shopper.text("form.button_unavailable")).waitFor();
        await lookAt(`paypal-blocked-button-${language}-phone`);
        await shopper.payButton().click();
        await page.waitForURL(/checkoutnow/);
        await page.getByRole("button", { name: "Approve" }).click();
        await shopper.sees("done.title");
      });
    }

    it("PayPal's page, cancelled, leads back to the ways to pay", async () => {
      const shopper = await visit({ isBlocked: () => true });
      await choose("PayPal");
      await shopper.payButton().click();
      await page.waitForURL(/checkoutnow/);
      await page.getByRole("button", { name: "Cancel" }).click();
      await shopper.seesNotice("step_up_unfinished");
      await lookAt("paypal-page-canceled-en-desktop");
    });

    it("a blocked script leaves the other ways to pay", async () => {
      const shopper = await visit({ isBlocked: () => true });
      await page.getByText(shopper.text("form.unavailable")).waitFor();
      await choose("arranged with the store");
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it("a card that does not reach PayPal is told, charges nothing, and can be sent again", async () => {
      let apiFails = false;
      const shopper = await visit({ apiFails: () => apiFails });
      await typeInto(page, "en", { number: APPROVED });
      const before = authorized();
      apiFails = true;
      await shopper.payButton().click();
      await shopper.seesNotice("form_failed");
      expect(authorized()).toBe(before);
      apiFails = false;
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it("a language that changes keeps what was typed", async () => {
      const shopper = await visit();
      await typeInto(page, "en", { number: APPROVED });
      await page.getByRole("link", { name: "العربية" }).click();
      await page.getByText("رقم البطاقة", { exact: true }).waitFor();
      await new Shopper(page, "ar").payButton().click();
      await new Shopper(page, "ar").sees("done.title");
      expect(shopper.language).toBe("en");
    });

    describe("beside Stripe", () => {
      it("PayPal finishes a cart whose card Stripe refused", async () => {
        await offer(running, ["pp_stripe_main", "pp_paypal_main"]);
        const shopper = await visit();
        await typeIntoStripe(page, "en", STRIPE_FUNDS);
        await shopper.payButton().click();
        await shopper.alternatives().first().waitFor();
        await lookAt("stripe-declined-paypal-next-en-desktop");
        const before = authorized();
        await shopper.alternatives().filter({ hasText: "PayPal" }).first().click();
        await decideInWindow(context, () => stubButton("PayPal").click(), "Approve");
        await shopper.sees("done.title");
        expect(authorized() - before).toBe(1);
      });

      it("PayPal finishes a cart that Stripe cannot take", async () => {
        await offer(running, ["pp_stripe_main", "pp_paypal_main"]);
        const shopper = await visit();
        await typeIntoStripe(page, "en", STRIPE_APPROVED);
        await stripe.api.fault({ operation: "payment_intents.create", fault: "http_429" });
        const before = authorized();
        await shopper.payButton().click();
        await shopper.seesNotice("details_again");
        await page.getByLabel(FIELDS.en[3]).waitFor();
        await lookAt("stripe-down-paypal-next-en-desktop");
        await typeInto(page, "en", { number: APPROVED });
        await shopper.payButton().click();
        await shopper.sees("done.title");
        expect(authorized() - before).toBe(1);
      });

      it("Stripe finishes a cart whose payer PayPal's own funding was refused to", async () => {
        await offer(running, ["pp_stripe_main", "pp_paypal_main"]);
        const shopper = await visit();
        await choose("PayPal");
        const [opened] = await Promise.all([context.waitForEvent("page"), stubButton("PayPal").click()]);
        await opened.getByLabel("Pay with").selectOption("declined");
        await opened.getByRole("button", { name: "Approve" }).click();
        // PayPal lets the payer choose other funding on its page first.
        await page.waitForURL(/checkoutnow/);
        await page.getByRole("button", { name: "Cancel" }).click();
        await shopper.seesNotice("step_up_unfinished");
        const before = stripeAuthorized();
        await page.locator("input[type=radio]").first().check();
        await typeIntoStripe(page, "en", STRIPE_APPROVED);
        await shopper.payButton().click();
        await shopper.sees("done.title");
        expect(stripeAuthorized() - before).toBe(1);
      });

      it("Stripe finishes a cart that PayPal cannot take", async () => {
        await offer(running, ["pp_paypal_main", "pp_stripe_main"]);
        const shopper = await visit();
        await typeInto(page, "en", { number: APPROVED });
        await paypal.api.fault({ operation: "orders.create", fault: "http_429" });
        const before = stripeAuthorized();
        await shopper.payButton().click();
        await shopper.seesNotice("details_again");
        await page.getByLabel(STRIPE_FIELDS.en[1]).waitFor();
        await lookAt("paypal-down-stripe-next-en-desktop");
        await typeIntoStripe(page, "en", STRIPE_APPROVED);
        await shopper.payButton().click();
        await shopper.sees("done.title");
        expect(stripeAuthorized() - before).toBe(1);
      });
    });
  },
  async () => {
    const [ofPayPal, ofStripe] = await Promise.all([startPayPal(), startStripe()]);
    paypal = ofPayPal.simulator;
    stripe = ofStripe.simulator;
    return { ...ofPayPal.env, ...ofStripe.env };
  },
);
