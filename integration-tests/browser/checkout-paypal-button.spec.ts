import { LANGUAGES } from "./support/browser";
import { withPayPalCheckout } from "./support/paypal/paypal-checkout";
import { APPROVED, decideInWindow, FIELDS, typeInto } from "./support/paypal/paypal-store";

/** What is approved in PayPal's window or the device's wallet, and what there is where PayPal's script is not. */
withPayPalCheckout((on) => {
  for (const language of LANGUAGES) {
    it(`PayPal is approved in its own window in ${language}`, async () => {
      const shopper = await on.visit({ language });
      await on.choose("PayPal");
      await on.stubButton("PayPal").waitFor();
      await on.lookAt(`paypal-button-${language}-desktop`, true);
      expect(await shopper.payButton().count()).toBe(0);
      const before = on.authorized();
      await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Approve");
      await shopper.sees("done.title");
      expect((await shopper.facts())[shopper.text("done.paid_with")]).toBe("PayPal");
      expect(on.authorized() - before).toBe(1);
    });
  }

  it("PayPal's window, cancelled, leaves nothing stuck: the same order is approved afterwards", async () => {
    const shopper = await on.visit({ offered: ["paypal", "paylater", "advanced_cards", "venmo"] });
    // In euros in Germany it is not to be had, whatever PayPal's script says.
    expect(await on.page.getByRole("radio", { name: "Venmo" }).count()).toBe(0);
    await on.choose("PayPal");
    const before = on.operations("orders.create");
    await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Cancel");
    expect(await on.page.locator(".tender").getAttribute("data-phase")).toBe("choosing");
    expect(await on.page.locator(".tender-notice").count()).toBe(0);
    await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Approve");
    await shopper.sees("done.title");
    expect(on.operations("orders.create") - before).toBe(1);
  });

  it("PayPal's window, cancelled, leaves the card to pay with", async () => {
    const shopper = await on.visit();
    await on.page.getByLabel(FIELDS.en[0]).waitFor();
    await on.choose("PayPal");
    await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Cancel");
    await on.page.locator("input[type=radio]").first().check();
    await typeInto(on.page, "en", { number: APPROVED });
    await shopper.payButton().click();
    await shopper.sees("done.title");
  });

  it("Pay Later is approved by its own button on a phone in the dark", async () => {
    const shopper = await on.visit({ language: "ar", size: "phone", scheme: "dark" });
    await on.choose("الدفع لاحقًا عبر PayPal");
    await on.stubButton("PayPal Pay Later").waitFor();
    await on.lookAt("paypal-pay-later-ar-phone-dark");
    await decideInWindow(on.context, () => on.stubButton("PayPal Pay Later").click(), "Approve");
    await shopper.sees("done.title");
  });

  it("Venmo is approved by its own button, in dollars in the United States", async () => {
    const shopper = await on.visit({ cart_id: await on.cartInDollars(), offered: ["paypal", "venmo"] });
    await on.choose("Venmo");
    await on.stubButton("Venmo").waitFor();
    await on.lookAt("paypal-venmo-en-desktop");
    const before = on.authorized();
    await decideInWindow(on.context, () => on.stubButton("Venmo").click(), "Approve");
    await shopper.sees("done.title");
    expect((await shopper.facts())[shopper.text("done.paid_with")]).toBe("Venmo");
    expect(on.authorized() - before).toBe(1);
    const row = on.paypal.api.ledger().at(-1);
    expect(row).toMatchObject({ currency: "USD", authorized: 6_980n });
    expect(on.paypal.api.order(row?.id ?? "").payment_source).toHaveProperty("venmo");
  });

  it("a window that breaks off is told, charges nothing, and can be opened again", async () => {
    const shopper = await on.visit({ windowFails: true });
    const before = on.authorized();
    await on.choose("PayPal");
    await on.stubButton("PayPal").click();
    await shopper.seesNotice("form_failed");
    await on.lookAt("paypal-window-failed-en-desktop");
    expect(on.authorized()).toBe(before);
    await on.page.evaluate(() => {
      const { config } = Reflect.get(window, "paypalStub") as { config: object };
      Object.assign(config, { windowFails: false });
    });
    await decideInWindow(on.context, () => on.stubButton("PayPal").click(), "Approve");
    await shopper.sees("done.title");
    expect(on.authorized() - before).toBe(1);
  });

  it("a wallet's button pays through PayPal", async () => {
    const shopper = await on.visit({ offered: ["advanced_cards", "paypal", "googlepay"] });
    await on.page.getByRole("button", { name: "Google Pay" }).waitFor();
    await on.lookAt("paypal-wallet-en-desktop");
    const before = on.authorized();
    await on.page.getByRole("button", { name: "Google Pay" }).click();
    await shopper.sees("done.title");
    expect(on.authorized() - before).toBe(1);
  });

  it("what PayPal does not offer for the cart says so, without an invitation to try again", async () => {
    const shopper = await on.visit({ offered: ["paypal"] });
    await on.page.getByText(shopper.text("form.not_offered")).waitFor();
    await on.lookAt("paypal-not-offered-en-desktop");
    expect(await shopper.button("form.try_again").count()).toBe(0);
    expect(await on.page.getByRole("button", { name: "Google Pay" }).count()).toBe(0);
    await on.choose("PayPal");
    await on.stubButton("PayPal").waitFor();
  });

  for (const language of LANGUAGES) {
    it(`a blocked script is no dead end in ${language}`, async () => {
      let isBlocked = true;
      const shopper = await on.visit({ language, size: "phone", isBlocked: () => isBlocked });
      await on.page.getByText(shopper.text("form.unavailable")).waitFor();
      await on.page.getByText(shopper.text("form.other_ways")).waitFor();
      await on.lookAt(`paypal-blocked-${language}-phone`, true);
      expect(await shopper.payButton().count()).toBe(0);

      isBlocked = false;
      await shopper.button("form.try_again").click();
      await typeInto(on.page, language, { number: APPROVED });
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });

    it(`PayPal is paid with on its own page where its script is blocked in ${language}`, async () => {
      const shopper = await on.visit({ language, size: "phone", isBlocked: () => true });
      await on.choose("PayPal");
      await on.page.getByText(shopper.text("form.button_unavailable")).waitFor();
      await on.lookAt(`paypal-blocked-button-${language}-phone`);
      await shopper.payButton().click();
      await on.page.waitForURL(/checkoutnow/);
      await on.page.getByRole("button", { name: "Approve" }).click();
      await shopper.sees("done.title");
    });
  }

  it("PayPal's page, cancelled, leads back to the ways to pay", async () => {
    const shopper = await on.visit({ isBlocked: () => true });
    await on.choose("PayPal");
    await shopper.payButton().click();
    await on.page.waitForURL(/checkoutnow/);
    await on.page.getByRole("button", { name: "Cancel" }).click();
    await shopper.seesNotice("step_up_unfinished");
    await on.lookAt("paypal-page-canceled-en-desktop");
  });

  it("a blocked script leaves the other ways to pay", async () => {
    const shopper = await on.visit({ isBlocked: () => true });
    await on.page.getByText(shopper.text("form.unavailable")).waitFor();
    await on.choose("arranged with the store");
    await shopper.payButton().click();
    await shopper.sees("done.title");
  });
});
