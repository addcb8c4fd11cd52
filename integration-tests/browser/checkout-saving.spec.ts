import type { BrowserContext, Page } from "playwright-core";
import { LANGUAGES, type Language } from "./support/browser";
import { Customer, waitForSaved } from "./support/customer";
import { withPayPalCheckout } from "./support/paypal/paypal-checkout";
import {
  APPROVED as PAYPAL_CARD,
  decideInWindow,
  FIELDS as PAYPAL_FIELDS,
  typeInto as typeIntoPayPal,
} from "./support/paypal/paypal-store";
import type { Shopper } from "./support/shopper";
import { APPROVED, CHALLENGED, decide, FIELDS, typeInto } from "./support/stripe/stripe-store";

const STRIPE = "pp_stripe_main";
const PAYPAL = "pp_paypal_main";
const SANDBOX = "pp_sandbox_a";

/** The box that keeps what is paid with for next time. The store has Stripe, PayPal with its vault, and the sandbox. */
withPayPalCheckout(
  (on) => {
    let customer: Customer;

    beforeEach(async () => {
      customer = await Customer.register(on.running);
    });

    const logIn = async (context: BrowserContext, page: Page): Promise<void> => {
      await waitForSaved(page);
      await customer.logIn(context);
    };

    async function enter(provider: string, visit: Parameters<typeof on.visit>[0] = {}): Promise<Shopper> {
      await on.offer(provider);
      const { cart_id } = await on.running.shopper();
      return await on.visit({ before: logIn, cart_id, ...visit });
    }

    /** The customer's next cart, in the same browser. */
    async function comesBack(language: Language = "en"): Promise<void> {
      const { cart_id } = await on.running.shopper();
      await on.page.goto(`${on.running.base_url()}/checkout/${cart_id}?locale=${language}`);
    }

    const box = (shopper: Shopper) =>
      on.page.getByRole("checkbox", { name: new RegExp(`${shopper.text("save.card")}|PayPal`) });
    const saved = () => on.page.locator(".tender-saved__row").first();

    async function paysWithSaved(shopper: Shopper, name: string | RegExp): Promise<void> {
      await saved().filter({ hasText: name }).waitFor();
      expect(await saved().getByRole("radio").isChecked()).toBe(true);
      await shopper.payButton().click();
      await shopper.sees("done.title");
    }

    async function findsNothingSaved(): Promise<void> {
      const answered = on.page.waitForResponse(/saved-payment-methods/);
      await comesBack();
      expect(await (await answered).json()).toEqual({ saved_payment_methods: [] });
    }

    describe("is shown", () => {
      it.each([
        [STRIPE, FIELDS.en[0]],
        [PAYPAL, PAYPAL_FIELDS.en[0]],
        [SANDBOX, "Card number"],
      ])("to no guest of %s", async (provider, field) => {
        const shopper = await enter(provider, { before: async () => undefined });
        await on.page.getByLabel(field).waitFor();
        expect(await on.page.getByRole("checkbox").count()).toBe(0);
        await on.page.getByText(shopper.text("pay.safe")).waitFor();
      });

      for (const language of LANGUAGES) {
        it(`to a customer in ${language}, unticked, and says what is kept`, async () => {
          const shopper = await enter(STRIPE, { language });
          await on.page.getByLabel(FIELDS[language][0]).waitFor();
          expect(await box(shopper).isChecked()).toBe(false);
          await on.page.getByText(shopper.text("save.card_help")).waitFor();
          await on.page.getByText(shopper.text("pay.safe")).waitFor();
          await on.page.getByLabel(FIELDS[language][2]).focus();
          await on.page.keyboard.press("Tab");
          await on.page.keyboard.press("Space");
          expect(await box(shopper).isChecked()).toBe(true);
          await on.page.getByText(shopper.text("pay.safe_saved")).waitFor();
          await on.lookAt(`save-card-${language}-desktop`, true);
        });

        it(`on a phone and in the dark in ${language}, above PayPal's button`, async () => {
          const shopper = await enter(PAYPAL, { language, size: "phone", scheme: "dark" });
          await on.choose("PayPal");
          await on.stubButton("PayPal").waitFor();
          await box(shopper).check();
          await on.lookAt(`save-paypal-${language}-phone-dark`, true);
        });
      }

      it("for no option that keeps nothing", async () => {
        const shopper = await enter(PAYPAL);
        await on.choose("PayPal Pay Later");
        await on.stubButton("PayPal Pay Later").waitFor();
        expect(await box(shopper).filter({ visible: true }).count()).toBe(0);
      });
    });

    describe("ticked", () => {
      it("has Stripe keep the card, which pays the next order", async () => {
        const shopper = await enter(STRIPE);
        await typeInto(on.page, "en", APPROVED);
        await box(shopper).check();
        await shopper.payButton().click();
        await shopper.sees("done.title");
        await comesBack();
        await paysWithSaved(shopper, "Visa ending in 4242");
      });

      it("has Stripe keep a card that 3-D Secure was asked for", async () => {
        const shopper = await enter(STRIPE);
        await typeInto(on.page, "en", CHALLENGED);
        await box(shopper).check();
        await shopper.payButton().click();
        await decide(on.page, "Approve");
        await shopper.sees("done.title");
        await comesBack();
        await saved().filter({ hasText: "3184" }).waitFor();
      });

      it("has PayPal keep the card, which pays the next order", async () => {
        const shopper = await enter(PAYPAL);
        await typeIntoPayPal(on.page, "en", { number: PAYPAL_CARD });
        await box(shopper).check();
        await shopper.payButton().click();
        await shopper.sees("done.title");
        await comesBack();
        await paysWithSaved(shopper, "Visa ending in 9038");
      });

      it("has PayPal keep the account, which pays the next order without PayPal's window", async () => {
        const shopper = await enter(PAYPAL);
        await on.choose("PayPal");
        await box(shopper).filter({ visible: true }).check();
        await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Approve");
        await shopper.sees("done.title");
        await comesBack();
        await on.choose("PayPal");
        await on.lookAt("saved-paypal-en-desktop");
        await paysWithSaved(shopper, "Your saved PayPal account");
      });

      it("after PayPal's window was closed without it, has another order made that keeps", async () => {
        const shopper = await enter(PAYPAL);
        await on.choose("PayPal");
        const before = on.operations("orders.create");
        await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Cancel");
        await box(shopper).filter({ visible: true }).check();
        await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Approve");
        await shopper.sees("done.title");
        expect(on.operations("orders.create") - before).toBe(2);
        await comesBack();
        await on.choose("PayPal");
        await saved().filter({ hasText: "Your saved PayPal account" }).waitFor();
      });

      it("where PayPal's script is blocked, keeps the account that is approved on PayPal's page", async () => {
        const shopper = await enter(PAYPAL, { isBlocked: () => true });
        await on.choose("PayPal");
        await on.page.getByText(shopper.text("form.button_unavailable")).waitFor();
        await box(shopper).filter({ visible: true }).check();
        await on.lookAt("save-paypal-blocked-en-desktop");
        await shopper.payButton().click();
        await on.page.waitForURL(/checkoutnow/);
        await on.page.getByRole("button", { name: "Approve" }).click();
        await shopper.sees("done.title");
        await comesBack();
        await on.choose("PayPal");
        await saved().filter({ hasText: "Your saved PayPal account" }).waitFor();
      });

      it("has the sandbox's bank keep a card that was typed into the page's own fields", async () => {
        const shopper = await enter(SANDBOX, { language: "ar" });
        await shopper.typeCard({ number: "4242424242424242" });
        await box(shopper).check();
        await on.lookAt("save-sandbox-card-ar-desktop");
        await shopper.payButton().click();
        await shopper.sees("done.title");
        await comesBack("ar");
        await paysWithSaved(shopper, /4242/);
      });
    });

    describe("unticked", () => {
      it("keeps nothing at Stripe", async () => {
        const shopper = await enter(STRIPE);
        await typeInto(on.page, "en", APPROVED);
        await box(shopper).check();
        await box(shopper).uncheck();
        await shopper.payButton().click();
        await shopper.sees("done.title");
        await findsNothingSaved();
      });

      it("keeps no card at PayPal", async () => {
        const shopper = await enter(PAYPAL);
        await typeIntoPayPal(on.page, "en", { number: PAYPAL_CARD });
        await shopper.payButton().click();
        await shopper.sees("done.title");
        await findsNothingSaved();
      });

      it("after PayPal's window was closed with it, keeps no account", async () => {
        const shopper = await enter(PAYPAL);
        await on.choose("PayPal");
        await box(shopper).filter({ visible: true }).check();
        await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Cancel");
        await box(shopper).filter({ visible: true }).uncheck();
        await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Approve");
        await shopper.sees("done.title");
        await findsNothingSaved();
      });
    });
  },
  { PAYPAL_GATEWAY_SAVED_METHODS: "true" },
);
