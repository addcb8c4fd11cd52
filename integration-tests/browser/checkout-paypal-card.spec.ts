import { LANGUAGES } from "./support/browser";
import { withPayPalCheckout } from "./support/paypal/paypal-checkout";
import { APPROVED, CHALLENGED, decideInFrame, FIELDS, FUNDS, typeInto } from "./support/paypal/paypal-store";
import { Shopper } from "./support/shopper";

/** Cards in PayPal's fields, which PayPal's script puts into the page. */
withPayPalCheckout((on) => {
  for (const language of LANGUAGES) {
    it(`a card is paid with in ${language}`, async () => {
      const before = on.authorized();
      const shopper = await on.visit({ language });
      await typeInto(on.page, language, { number: APPROVED, name: "Sam Fern" });
      await on.lookAt(`paypal-card-${language}-desktop`, true);
      await shopper.payButton().click();
      await shopper.sees("done.title");
      expect(on.authorized() - before).toBe(1);
      await on.lookAt(`paypal-done-${language}-desktop`);
    });
  }

  it.each([
    ["en", "ltr"],
    ["ar", "rtl"],
  ] as const)("the fields stand on a phone and in the dark in %s", async (language, direction) => {
    const shopper = await on.visit({ language, size: "phone", scheme: "dark" });
    await on.page.getByLabel(FIELDS[language][0]).waitFor();
    await on.lookAt(`paypal-card-${language}-phone-dark`, true);
    expect(await on.page.evaluate(() => document.documentElement.dir)).toBe(direction);
    expect(await shopper.payButton().isEnabled()).toBe(true);
  });

  it("one script and one instance serve all of PayPal's methods, told the client id and no secret", async () => {
    await on.visit({ offered: ["paypal", "paylater", "advanced_cards", "googlepay"] });
    await on.page.getByLabel(FIELDS.en[0]).waitFor();
    await on.choose("PayPal Pay Later");
    await on.stubButton("PayPal Pay Later").waitFor();
    expect(on.asked.scripts).toEqual(["https://www.sandbox.paypal.com/web-sdk/v6/core"]);
    const instances = await on.page.evaluate(
      () => (Reflect.get(window, "paypalStub") as { instances: unknown[] }).instances,
    );
    expect(instances).toEqual([
      {
        clientId: "client-id-of-checkout",
        components: ["paypal-payments", "venmo-payments", "card-fields", "googlepay-payments"],
        pageType: "checkout",
        locale: "en-US",
      },
    ]);
  });

  it("the cart's billing address goes with the card, where the cart has one", async () => {
    const cards = () =>
      on.paypal.api
        .requests()
        .filter(({ operation }) => operation === "orders.confirm")
        .map(
          ({ body }) => (body as { payment_source: { card: Record<string, unknown> } }).payment_source.card,
        );
    const buyer = await on.running.shopper();
    await buyer.post(`/store/carts/${buyer.cart_id}`, {
      billing_address: {
        first_name: "Ada",
        last_name: "Lovelace",
        address_1: "1 Infinite Loop",
        city: "Cupertino",
        province: "us-ca",
        postal_code: "95014",
        country_code: "de",
      },
    });
    const shopper = await on.visit({ cart_id: buyer.cart_id });
    await typeInto(on.page, "en", { number: APPROVED });
    await shopper.payButton().click();
    await shopper.sees("done.title");
    expect(cards().at(-1)).toMatchObject({
      billing_address: {
        address_line_1: "1 Infinite Loop",
        admin_area_2: "Cupertino",
        admin_area_1: "CA",
        postal_code: "95014",
        country_code: "DE",
      },
    });
  });

  it("what is missing is said beside its field, and nothing is begun", async () => {
    const shopper = await on.visit();
    await on.page.getByLabel(FIELDS.en[0]).fill("4868");
    const before = on.operations("orders.create");
    await shopper.payButton().click();
    await on.page.getByText("Enter the security code.").last().waitFor();
    await on.lookAt("paypal-card-incomplete-en-desktop");
    expect(await on.page.locator(".tender").getAttribute("data-phase")).toBe("choosing");
    expect(on.operations("orders.create")).toBe(before);
    await typeInto(on.page, "en", { number: APPROVED });
    expect(await on.page.locator(".tender-field__error").count()).toBe(0);
    await shopper.payButton().click();
    await shopper.sees("done.title");
  });

  for (const language of LANGUAGES) {
    it(`a refused card leads to the alternatives in ${language}`, async () => {
      const shopper = await on.visit({ language });
      await typeInto(on.page, language, { number: APPROVED, name: FUNDS });
      await shopper.payButton().click();
      await shopper.alternatives().first().waitFor();
      await on.lookAt(`paypal-declined-${language}-desktop`);
      await shopper.alternatives().last().click();
      await shopper.sees("options.title");
      await shopper.payButton().click();
      await shopper.sees("done.title");
    });
  }

  it("a refused card is followed by another card in the same form", async () => {
    const shopper = await on.visit();
    await typeInto(on.page, "en", { number: APPROVED, name: FUNDS });
    await shopper.payButton().click();
    await shopper.button("declined.another_card").click();
    // Everything typed stays.
    expect(await on.page.getByLabel(FIELDS.en[0]).inputValue()).toBe(APPROVED);
    await on.page.getByLabel(FIELDS.en[3]).fill("Sam Fern");
    await shopper.payButton().click();
    await shopper.sees("done.title");
  });

  it("3-D Secure over the page, passed", async () => {
    const shopper = await on.visit();
    await typeInto(on.page, "en", { number: CHALLENGED });
    await shopper.payButton().click();
    await decideInFrame(on.page, "Approve");
    await shopper.sees("done.title");
  });

  it("3-D Secure over the page, not passed, is a refusal", async () => {
    const shopper = await on.visit();
    const before = on.authorized();
    await typeInto(on.page, "en", { number: CHALLENGED });
    await shopper.payButton().click();
    await decideInFrame(on.page, "Fail");
    await shopper.alternatives().first().waitFor();
    expect(on.authorized()).toBe(before);
    await on.lookAt("paypal-three-d-secure-failed-en-desktop");
  });

  it("3-D Secure over the page, closed, loses nothing", async () => {
    const shopper = await on.visit();
    await typeInto(on.page, "en", { number: CHALLENGED });
    await shopper.payButton().click();
    await decideInFrame(on.page, "Cancel");
    await on.page.locator(".tender[data-phase=choosing]").waitFor();
    expect(await on.page.getByLabel(FIELDS.en[0]).inputValue()).toBe(CHALLENGED);
    await on.page.getByLabel(FIELDS.en[0]).fill(APPROVED);
    await shopper.payButton().click();
    await shopper.sees("done.title");
  });

  it("a double click pays once", async () => {
    const shopper = await on.visit();
    await typeInto(on.page, "en", { number: APPROVED });
    const before = [on.authorized(), on.operations("orders.create")];
    await shopper.payButton().dblclick();
    await shopper.sees("done.title");
    expect([on.authorized(), on.operations("orders.create")]).toEqual(before.map((count) => count + 1));
  });

  it("a card that does not reach PayPal is told, charges nothing, and can be sent again", async () => {
    let apiFails = false;
    const shopper = await on.visit({ apiFails: () => apiFails });
    await typeInto(on.page, "en", { number: APPROVED });
    const before = on.authorized();
    apiFails = true;
    await shopper.payButton().click();
    await shopper.seesNotice("form_failed");
    expect(on.authorized()).toBe(before);
    apiFails = false;
    await shopper.payButton().click();
    await shopper.sees("done.title");
  });

  it("a language that changes keeps what was typed", async () => {
    await on.visit();
    await typeInto(on.page, "en", { number: APPROVED, name: "Sam Fern" });
    await on.page.getByRole("link", { name: "العربية" }).click();
    await on.page.getByText("رقم البطاقة", { exact: true }).waitFor();
    const page = on.page.locator("html");
    expect([await page.getAttribute("lang"), await page.getAttribute("dir")]).toEqual(["ar", "rtl"]);
    const shopper = new Shopper(on.page, "ar");
    await shopper.sees("options.title");
    const typed = FIELDS.en.map((label) => on.page.getByLabel(label).inputValue());
    expect(await Promise.all(typed)).toEqual([APPROVED, "12 / 40", "123", "Sam Fern"]);
    await shopper.payButton().click();
    await shopper.sees("done.title");
  });
});
