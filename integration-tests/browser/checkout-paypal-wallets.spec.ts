import type { BrowserContext, Page } from "playwright-core";
import { withPayPalCheckout } from "./support/paypal/paypal-checkout";
import { APPROVED, decideInFrame, FUNDS, typeInto } from "./support/paypal/paypal-store";
import type { Shopper } from "./support/shopper";

const APPLE = { offered: ["advanced_cards", "paypal", "applepay"], hasApplePay: true } as const;
const GOOGLE = { offered: ["advanced_cards", "paypal", "googlepay"] } as const;

/** The device's wallets with PayPal behind them: what Apple's and Google's sheets lead to, whichever way they end. */
withPayPalCheckout(
  (on) => {
    const wallet = (name: "Apple Pay" | "Google Pay") => on.page.getByRole("button", { name, exact: true });
    const sheet = () => on.page.getByRole("dialog", { name: "Apple Pay (stub)" });
    const inSheet = (name: "Pay" | "Cancel") => sheet().getByRole("button", { name, exact: true });
    const notices = () => on.page.evaluate(() => Reflect.get(window, "notices") as string[]);

    /** Has the page note every notice that it ever shows. */
    async function noteNotices(_: BrowserContext, page: Page): Promise<void> {
      await page.addInitScript(() => {
        const notices: string[] = [];
        Object.assign(window, { notices });
        new MutationObserver(() => {
          const shown = document.querySelector(".tender-notice")?.textContent;
          if (shown) notices.push(shown);
        }).observe(document, { childList: true, subtree: true });
      });
    }

    /** Nothing is in the way of paying otherwise. */
    async function paysByCard(shopper: Shopper): Promise<void> {
      await typeInto(on.page, "en", { number: APPROVED });
      await shopper.payButton().click();
      await shopper.sees("done.title");
    }

    describe("Apple Pay", () => {
      it("pays", async () => {
        const shopper = await on.visit(APPLE);
        await wallet("Apple Pay").waitFor();
        await on.lookAt("paypal-apple-pay-en-desktop");
        const before = on.authorized();
        await wallet("Apple Pay").click();
        await inSheet("Pay").click();
        await shopper.sees("done.title");
        expect(await sheet().count()).toBe(0);
        expect(on.authorized() - before).toBe(1);
        expect((await shopper.facts())[shopper.text("done.paid_with")]).toContain("Apple Pay");
      });

      it("whose merchant is not validated says so, and leaves the other ways", async () => {
        const shopper = await on.visit({ ...APPLE, isDomainUnknown: true });
        const before = on.operations("orders.create");
        await wallet("Apple Pay").click();
        await shopper.seesNotice("form_failed");
        expect(await sheet().count()).toBe(0);
        expect(on.operations("orders.create")).toBe(before);
        await on.lookAt("paypal-apple-pay-unvalidated-en-desktop");
        await paysByCard(shopper);
      });

      it("refused by the bank leads to the alternatives", async () => {
        const shopper = await on.visit({ ...APPLE, walletName: FUNDS });
        const before = on.authorized();
        await wallet("Apple Pay").click();
        await inSheet("Pay").click();
        await shopper.alternatives().first().waitFor();
        expect(await sheet().count()).toBe(0);
        expect(on.authorized()).toBe(before);
        await on.lookAt("paypal-apple-pay-declined-en-desktop");
        await shopper.alternatives().last().click();
        await shopper.sees("options.title");
        await shopper.payButton().click();
        await shopper.sees("done.title");
      });

      it("that PayPal does not confirm is told once its sheet is closed", async () => {
        let isDown = false;
        const shopper = await on.visit({ ...APPLE, apiFails: () => isDown });
        await wallet("Apple Pay").click();
        await sheet().getByText("The store is known.").waitFor();
        isDown = true;
        await inSheet("Pay").click();
        await sheet().getByText("Payment not completed").waitFor();
        await inSheet("Cancel").click();
        await shopper.seesNotice("form_failed");
        isDown = false;
        await wallet("Apple Pay").click();
        await inSheet("Pay").click();
        await shopper.sees("done.title");
      });

      it("closed by the shopper leads back to the choice, and charges nothing", async () => {
        const shopper = await on.visit({ ...APPLE, before: noteNotices });
        const before = [on.operations("orders.create"), on.authorized()];
        await wallet("Apple Pay").click();
        await inSheet("Cancel").click();
        await shopper.sees("options.title");
        expect([on.operations("orders.create"), on.authorized()]).toEqual(before);
        await wallet("Apple Pay").click();
        await inSheet("Pay").click();
        await shopper.sees("done.title");
        expect(await notices()).toEqual([]);
      });

      it.each([false, true])(
        "closed before its merchant is validated is left quietly, with an unknown domain: %s",
        async (isDomainUnknown) => {
          const visit = { ...APPLE, isValidationHeld: true, isDomainUnknown, before: noteNotices };
          const shopper = await on.visit(visit);
          await wallet("Apple Pay").click();
          await inSheet("Cancel").click();
          await on.page.evaluate(() => (Reflect.get(window, "endValidation") as () => void)());
          await paysByCard(shopper);
          expect(await notices()).toEqual([]);
        },
      );

      it("that cannot open its sheet says so, and can be tried again", async () => {
        const shopper = await on.visit(APPLE);
        await wallet("Apple Pay").waitFor();
        await on.page.evaluate(() => {
          const { prototype } = Reflect.get(window, "ApplePaySession") as { prototype: { begin(): void } };
          const begin = prototype.begin;
          prototype.begin = () => {
            prototype.begin = begin;
            throw new DOMException("The page is busy.", "InvalidAccessError");
          };
        });
        await wallet("Apple Pay").click();
        await shopper.seesNotice("form_failed");
        await wallet("Apple Pay").click();
        await inSheet("Pay").click();
        await shopper.sees("done.title");
      });

      it("is not offered where the browser has none", async () => {
        const shopper = await on.visit({
          ...APPLE,
          hasApplePay: false,
          offered: [...APPLE.offered, "googlepay"],
        });
        await wallet("Google Pay").waitFor();
        expect(await wallet("Apple Pay").count()).toBe(0);
        await paysByCard(shopper);
      });

      it("that the page may not use takes nothing else with it", async () => {
        const shopper = await on.visit({
          ...APPLE,
          offered: [...APPLE.offered, "googlepay"],
          before: async (context) => {
            await context.addInitScript(() => {
              const session = Reflect.get(window, "ApplePaySession") as { canMakePayments(): boolean };
              session.canMakePayments = () => {
                throw new DOMException("The document is not secure.", "InvalidAccessError");
              };
            });
          },
        });
        await wallet("Google Pay").waitFor();
        expect(await wallet("Apple Pay").count()).toBe(0);
        await paysByCard(shopper);
      });
    });

    describe("Google Pay", () => {
      it("pays", async () => {
        const shopper = await on.visit(GOOGLE);
        const before = on.authorized();
        await wallet("Google Pay").click();
        await shopper.sees("done.title");
        expect(on.authorized() - before).toBe(1);
        expect((await shopper.facts())[shopper.text("done.paid_with")]).toContain("Google Pay");
      });

      it("whose bank asks by 3-D Secure pays once it is passed", async () => {
        const shopper = await on.visit({ ...GOOGLE, googleCard: "PAN_ONLY" });
        const before = on.authorized();
        await wallet("Google Pay").click();
        await decideInFrame(on.page, "Approve");
        await shopper.sees("done.title");
        expect(on.authorized() - before).toBe(1);
      });

      it("whose 3-D Secure is not passed is a refusal", async () => {
        const shopper = await on.visit({ ...GOOGLE, googleCard: "PAN_ONLY" });
        const before = on.authorized();
        await wallet("Google Pay").click();
        await decideInFrame(on.page, "Fail");
        await shopper.alternatives().first().waitFor();
        expect(on.authorized()).toBe(before);
        await on.lookAt("paypal-google-pay-not-passed-en-desktop");
        await shopper.alternatives().last().click();
        await shopper.sees("options.title");
        await shopper.payButton().click();
        await shopper.sees("done.title");
      });

      // PayPal's script rejects alike when it is closed and when it is not passed: the order tells that the bank still waits.
      it("whose 3-D Secure is closed can go on at the bank, or be left and tried again", async () => {
        const shopper = await on.visit({ ...GOOGLE, googleCard: "PAN_ONLY" });
        const before = on.authorized();
        await wallet("Google Pay").click();
        await decideInFrame(on.page, "Cancel");
        await shopper.sees("step_up.title");
        expect(on.authorized()).toBe(before);
        await on.lookAt("paypal-google-pay-closed-en-desktop");
        await shopper.button("step_up.back").click();
        await shopper.sees("options.title");
        await wallet("Google Pay").click();
        await decideInFrame(on.page, "Approve");
        await shopper.sees("done.title");
        expect(on.authorized() - before).toBe(1);
      });

      it("whose 3-D Secure is closed goes on at the bank's page", async () => {
        const shopper = await on.visit({ ...GOOGLE, googleCard: "PAN_ONLY" });
        const before = on.authorized();
        await wallet("Google Pay").click();
        await decideInFrame(on.page, "Cancel");
        await shopper.button("step_up.continue").click();
        await on.page.waitForURL(/checkoutnow/);
        await on.page.getByRole("button", { name: "Approve" }).click();
        await shopper.sees("done.title");
        expect(on.authorized() - before).toBe(1);
      });

      it("has its order though PayPal's answer was lost, rather than be called uncharged", async () => {
        const shopper = await on.visit({ ...GOOGLE, losesAnswersOf: "/confirm-payment-source" });
        const before = on.authorized();
        await wallet("Google Pay").click();
        await shopper.sees("done.title");
        expect(on.authorized() - before).toBe(1);
      });

      it("takes nothing that its sheet did not show: a cart that grew in another tab is told first", async () => {
        const otherTab = await on.running.shopper();
        const shopper = await on.visit({ ...GOOGLE, cart_id: otherTab.cart_id });
        await wallet("Google Pay").waitFor();
        const before = on.authorized();
        await otherTab.setQuantity(3);
        await wallet("Google Pay").click();
        await shopper.seesNotice("total_changed");
        expect(on.authorized()).toBe(before);
        await on.lookAt("paypal-google-pay-total-changed-en-desktop");
        await wallet("Google Pay").click();
        await shopper.sees("done.title");
        expect(on.authorized() - before).toBe(1);
      });

      it("that Google cannot show is told, and leaves the other ways", async () => {
        const shopper = await on.visit({ ...GOOGLE, googleSheet: "DEVELOPER_ERROR" });
        const before = on.operations("orders.create");
        await wallet("Google Pay").click();
        await shopper.seesNotice("form_failed");
        expect(on.operations("orders.create")).toBe(before);
        await on.lookAt("paypal-google-pay-failed-en-desktop");
        await paysByCard(shopper);
      });

      it("closed by the shopper is left quietly", async () => {
        const shopper = await on.visit({ ...GOOGLE, googleSheet: "CANCELED", before: noteNotices });
        const before = on.operations("orders.create");
        await wallet("Google Pay").click();
        // The button can be pressed again.
        await on.page.locator("button[aria-disabled=false]", { hasText: "Google Pay" }).click();
        await on.page.waitForFunction(() => Reflect.get(window, "googleSheets") === 2);
        expect(on.operations("orders.create")).toBe(before);
        await paysByCard(shopper);
        expect(await notices()).toEqual([]);
      });
    });
  },
  { PAYPAL_GATEWAY_METHODS: "card,paypal,apple_pay,google_pay" },
);
