import type { Browser, Page } from "playwright-core";
import type { StripeSimulator } from "../simulators/stripe";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";
import {
  accessibilityViolations,
  LANGUAGES,
  launchBrowser,
  openContext,
  screenshot,
  type Language,
  type SizeName,
  closeContext,
} from "./support/browser";
import { policyRefusals, watchPolicy } from "./support/policy";
import { Shopper } from "./support/shopper";
import {
  APPROVED,
  CHALLENGED,
  decide,
  FIELDS,
  FUNDS,
  offerStripe,
  startStripe,
  typeInto,
} from "./support/stripe/stripe-store";
import { playStripe, type Asked, type StripeNetwork } from "./support/stripe/stub-network";

let simulator: StripeSimulator;

/**
 * Stripe's part of the hosted checkout: Medusa, the real gateway, the real loader packages and Chromium; a simulator in
 * place of Stripe's API, and a stub in place of Stripe's script.
 */
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
      const refused = await policyRefusals(page);
      await close?.();
      expect({ problems, refused, others: asked.others }).toEqual({ problems: [], refused: [], others: [] });
      await simulator.api.clearFaults();
    });

    type Visit = StripeNetwork &
      Readonly<{ language?: Language; size?: SizeName; scheme?: "light" | "dark" }>;

    async function visit({ language = "en", size = "desktop", scheme, ...network }: Visit = {}) {
      const opened = await openContext(browser, size, scheme);
      ({ page, problems } = opened);
      close = () => closeContext(opened.context);
      page.setDefaultTimeout(20_000);
      asked = await playStripe(opened.context, simulator, network);
      await watchPolicy(page);
      await page.goto(`${running.base_url()}/checkout/demo?locale=${language}`);
      const shopper = new Shopper(page, language);
      await shopper.sees("options.title");
      return shopper;
    }

    const typeCard = (shopper: Shopper, number: string) => typeInto(page, shopper.language, number);

    async function lookAt(name: string, forDocs = false): Promise<void> {
      await screenshot(page, name, { forDocs });
      expect(await accessibilityViolations(page)).toEqual([]);
    }

    const authorized = () => simulator.api.ledger().filter((row) => row.authorized > 0);
    const confirms = () =>
      simulator.api.requests().filter(({ operation }) => operation === "payment_intents.confirm");

    for (const language of LANGUAGES) {
      it(`a card is paid with in ${language}`, async () => {
        const before = authorized().length;
        const shopper = await visit({ language });
        await typeCard(shopper, APPROVED);
        await lookAt(`stripe-card-${language}-desktop`, true);
        await shopper.payButton().click();
        await shopper.sees("done.title");
        expect(authorized().length - before).toBe(1);
        await lookAt(`stripe-done-${language}-desktop`);
      });
    }

    it("the fields stand on a phone and in the dark", async () => {
      const shopper = await visit({ language: "ar", size: "phone", scheme: "dark", wallets: ["googlePay"] });
      await page.getByLabel(FIELDS.ar[0]).waitFor();
      await lookAt("stripe-card-ar-phone-dark");
      expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl");
      expect(await shopper.payButton().isEnabled()).toBe(true);
    });

    it("Stripe is told the amount in its own units, the language and the look, and no secret", async () => {
      await visit();
      await page.getByLabel(FIELDS.en[0]).waitFor();
      const [made] = await page.evaluate(() => {
        const { made: groups } = Reflect.get(window, "stripeStub") as { made: Record<string, unknown>[] };
        return groups.filter(({ allowedPaymentMethodTypes: types }) => String(types) === "card");
      });
      expect(made).toMatchObject({
        mode: "payment",
        currency: "eur",
        captureMethod: "manual",
        locale: "en",
        allowedPaymentMethodTypes: ["card"],
        appearance: { theme: "stripe", variables: { colorPrimary: "#1f5eff", borderRadius: "10px" } },
      });
      expect(Number.isInteger(made?.["amount"])).toBe(true);
      expect(made).not.toHaveProperty("clientSecret");
      const shown = await page.locator(".tender__main form .tender-button--primary").innerText();
      expect(shown.replace(/\D/g, "")).toBe(String(made?.["amount"]));
    });

    for (const language of LANGUAGES) {
      it(`a refused card leads to the alternatives in ${language}`, async () => {
        const shopper = await visit({ language });
        await typeCard(shopper, FUNDS);
        await shopper.payButton().click();
        await shopper.alternatives().first().waitFor();
        await lookAt(`stripe-declined-${language}-desktop`);
        await shopper.alternatives().last().click();
        await shopper.sees("options.title");
        await shopper.payButton().click();
        await shopper.sees("done.title");
      });
    }

    it("a refused card is followed by another card in the same form", async () => {
      const shopper = await visit();
      await typeCard(shopper, FUNDS);
      await shopper.payButton().click();
      await shopper.button("declined.another_card").click();
      // Everything typed stays.
      const number = page.getByLabel(FIELDS.en[0]);
      expect(await number.inputValue()).toBe(FUNDS);
      await number.fill(APPROVED);
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it("what is missing is said by the form, and nothing is sent", async () => {
      const shopper = await visit();
      await page.getByLabel(FIELDS.en[0]).fill("4242");
      const before = confirms().length;
      await shopper.payButton().click();
      await page.getByText("Your card number is incomplete.").waitFor();
      expect(await page.locator(".tender").getAttribute("data-phase")).toBe("choosing");
      await typeCard(shopper, APPROVED);
      await shopper.payButton().click();
      await shopper.sees("done.title");
      expect(confirms().length - before).toBe(1);
    });

    it("a double click pays once", async () => {
      const shopper = await visit();
      await typeCard(shopper, APPROVED);
      const before = [authorized().length, confirms().length];
      await shopper.payButton().dblclick();
      await shopper.sees("done.title");
      expect([authorized().length, confirms().length]).toEqual(before.map((count) => count + 1));
    });

    it.each([
      ["Approve", "done.title"],
      ["Refuse", null],
    ] as const)("3-D Secure over the page, answered with %s", async (decision, key) => {
      const shopper = await visit();
      await typeCard(shopper, CHALLENGED);
      await shopper.payButton().click();
      await shopper.sees("acting.title");
      await page
        .frameLocator("iframe[src^='https://hooks.stripe.com']")
        .getByRole("button")
        .first()
        .waitFor();
      await screenshot(page, `stripe-three-d-secure-${decision}`);
      await decide(page, decision);
      if (key) await shopper.sees(key);
      else await shopper.alternatives().first().waitFor();
      await lookAt(`stripe-after-${decision}`);
    });

    it("3-D Secure is asked for again after the page was reloaded in the middle of it", async () => {
      const shopper = await visit();
      const before = authorized().length;
      await typeCard(shopper, CHALLENGED);
      await shopper.payButton().click();
      await shopper.sees("acting.title");
      await page.reload();
      await shopper.sees("acting.title");
      await decide(page, "Approve");
      await shopper.sees("done.title");
      expect(authorized().length - before).toBe(1);
    });

    it("a wallet pays by its own button", async () => {
      const shopper = await visit({ wallets: ["googlePay"] });
      await page.getByRole("button", { name: "Google Pay (stub)" }).waitFor();
      await lookAt("stripe-wallet-en-desktop");
      await page.getByRole("button", { name: "Google Pay (stub)" }).click();
      await shopper.sees("done.title");
      expect((await shopper.facts())[shopper.text("done.paid_with")]).toBe("Google Pay");
    });

    for (const language of LANGUAGES) {
      it(`a blocked script is no dead end in ${language}`, async () => {
        let isBlocked = true;
        const shopper = await visit({ language, size: "phone", isBlocked: () => isBlocked });
        await page.getByText(shopper.text("form.unavailable")).waitFor();
        await page.getByText(shopper.text("form.other_ways")).waitFor();
        await lookAt(`stripe-blocked-${language}-phone`, true);
        expect(await shopper.payButton().count()).toBe(0);

        isBlocked = false;
        await shopper.button("form.try_again").click();
        await typeCard(shopper, APPROVED);
        await shopper.payButton().click();
        await shopper.sees("done.title");
      });
    }

    it("a blocked script where nothing else can be paid with promises no other way", async () => {
      await enableProviders(running.container(), running.store().region_id, ["pp_stripe_main"]);
      const shopper = await visit({ isBlocked: () => true });
      await page.getByText(shopper.text("form.unavailable")).waitFor();
      await shopper.button("form.try_again").waitFor();
      expect(await page.getByText(shopper.text("form.other_ways")).count()).toBe(0);
      await lookAt("stripe-blocked-alone-en-desktop");
    });

    it("a form that fails to load leaves the other ways to pay", async () => {
      const shopper = await visit({ loadFails: true });
      await page.getByText(shopper.text("form.unavailable")).waitFor();
      await page.getByRole("radio", { name: "Pay later" }).check();
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it("details that do not reach Stripe are told, charge nothing, and can be sent again", async () => {
      let apiFails = true;
      const shopper = await visit({ apiFails: () => apiFails });
      await typeCard(shopper, APPROVED);
      const before = confirms().length;
      await shopper.payButton().click();
      await shopper.seesNotice("form_failed");
      expect(confirms().length).toBe(before);
      await lookAt("stripe-form-failed-en-desktop");
      apiFails = false;
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it("a language that changes keeps what was typed", async () => {
      const shopper = await visit();
      await typeCard(shopper, APPROVED);
      await page.getByRole("link", { name: "العربية" }).click();
      await page.getByLabel(FIELDS.ar[0]).waitFor();
      expect(await page.getByLabel(FIELDS.ar[0]).inputValue()).toBe(APPROVED);
      await shopper.payButton().click();
      await new Shopper(page, "ar").sees("done.title");
    });

    it("a look at another way to pay keeps what was typed", async () => {
      const shopper = await visit();
      await typeCard(shopper, APPROVED);
      await page.getByRole("radio", { name: "Pay later" }).check();
      await page.locator("input[type=radio]").first().check();
      expect(await page.getByLabel(FIELDS.en[0]).inputValue()).toBe(APPROVED);
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it("a cart that Stripe is not offered to keeps the closed policy and loads nothing of Stripe", async () => {
      await enableProviders(running.container(), running.store().region_id, ["pp_sandbox_a"]);
      await visit();
      const answer = await page.reload();
      const headers = answer?.headers() ?? {};
      expect(headers["content-security-policy"]).not.toContain("https:");
      expect(headers["permissions-policy"]).toContain("payment=()");
      expect(asked.scripts).toEqual([]);
      const loaded = await page.evaluate(() =>
        performance.getEntriesByType("resource").map(({ name }) => name),
      );
      expect(loaded.filter((name) => name.endsWith(".js"))).toHaveLength(1);
    });
  },
  async () => {
    const started = await startStripe();
    ({ simulator } = started);
    return started.env;
  },
);
