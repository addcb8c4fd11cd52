import { Modules } from "@medusajs/framework/utils";
import type { Locator, Page } from "playwright-core";
import { ar } from "../../src/admin/i18n/ar/all";
import { en } from "../../src/admin/i18n/en/all";
import { LANGUAGES, type Language } from "../browser/support/browser";
import { Operator } from "../support/operator";
import { createShippingPromotion } from "../support/promotions";
import { picture, violationsIn, withDashboard } from "./support/dashboard";

const A = "pp_sandbox_a";
const B = "pp_sandbox_b";
const PATH = "/settings/payment-options";
const WORDS = { en: en.option_preview, ar: ar.option_preview } as const;

withDashboard((running) => {
  const provider = (page: Page, id: string): Locator => page.locator(`[data-provider-section="${id}"]`);
  const preview = (page: Page, language: Language): Locator =>
    page.getByRole("region", { name: WORDS[language].preview, exact: true });

  /** The drawer without Medusa's own cross, which has no name. */
  const bodyOf = (drawer: Locator): Locator => drawer.locator("form, ul").first();

  async function openPart(page: Page, id: string, text: string): Promise<Locator> {
    await provider(page, id).getByRole("button").filter({ hasText: text }).click();
    const drawer = page.getByRole("dialog");
    await drawer.waitFor();
    return drawer;
  }

  /** Types into a field that finds, and takes what it found. */
  async function find(drawer: Locator, field: string, typed: string, found = typed): Promise<void> {
    await drawer.getByLabel(field, { exact: true }).fill(typed);
    await drawer.getByRole("button", { name: found }).first().click();
  }

  /** Saves, and waits for the answer. */
  async function answered(page: Page, press: () => Promise<void>): Promise<number> {
    const answer = page.waitForResponse(
      (response) => response.request().method() === "POST" && /\/(rules|incentive)$/.test(response.url()),
    );
    await press();
    return (await answer).status();
  }

  async function rulesOf(id: string) {
    const operator = await Operator.logIn(running.base_url());
    return (await operator.send("GET", `/admin/tender/providers/${id}/rules`)).body.rules;
  }

  async function set(id: string, what: "rules" | "incentive" | "setting", body: unknown): Promise<void> {
    const operator = await Operator.logIn(running.base_url());
    const { status } = await operator.send("POST", `/admin/tender/providers/${id}/${what}`, body);
    expect(status).toBe(200);
  }

  it("rules are written in the form, saved, and found there again", async () => {
    await running.container().resolve(Modules.CUSTOMER).createCustomerGroups({ name: "كبار العملاء 🌟" });
    const { page, open, problems } = await running.dashboard();
    await open(PATH);
    const drawer = await openPart(page, A, WORDS.en.rules);
    await drawer.getByLabel("From, in EUR").fill("0.5");
    await drawer.getByLabel("Up to, in EUR").fill("250");
    await find(drawer, WORDS.en.find_countries, "germ", "Add Germany");
    await find(drawer, WORDS.en.find_groups_only, "كبار", "Add كبار العملاء 🌟");
    await find(drawer, WORDS.en.find_products_never, "teap", "Add Teapot");
    expect(await violationsIn(page, bodyOf(drawer))).toEqual([]);
    await picture(page, "admin-preview-rules-en");
    expect(await answered(page, () => drawer.getByRole("button", { name: "Save" }).click())).toBe(200);
    await drawer.waitFor({ state: "detached" });

    expect(await rulesOf(A)).toMatchObject({
      countries: ["de"],
      amounts: [{ currency_code: "eur", min: 0.5, max: 250 }],
      customer_groups: { only: [{ name: "كبار العملاء 🌟" }] },
      products: { never: [{ name: "Teapot" }] },
    });
    const again = await openPart(page, A, WORDS.en.rules);
    await again.getByText("Germany").waitFor();
    expect(await again.getByLabel("Up to, in EUR").inputValue()).toBe("250");
    await again.getByRole("button", { name: "Take Teapot away" }).click();
    await again.getByLabel("Up to, in EUR").fill("");
    await answered(page, () => again.getByRole("button", { name: "Save" }).click());
    expect(await rulesOf(A)).toMatchObject({ amounts: [{ min: 0.5, max: null }], products: { never: [] } });
    expect(problems).toEqual([]);
  });

  it("rules that contradict themselves stay in the form, with what is wrong in words", async () => {
    const { page, open } = await running.dashboard();
    await open(PATH);
    const drawer = await openPart(page, A, WORDS.en.rules);
    await drawer.getByLabel("From, in EUR").fill("10");
    await drawer.getByLabel("Up to, in EUR").fill("5");
    expect(await answered(page, () => drawer.getByRole("button", { name: "Save" }).click())).toBe(400);
    await page.getByText("The smallest amount, 10.00 EUR, is above the largest, 5.00 EUR.").waitFor();
    expect(await drawer.getByLabel("From, in EUR").inputValue()).toBe("10");
  });

  it("a promotion is tied to a method with the keyboard, shoppers see it, and it is taken away again", async () => {
    await createShippingPromotion(running.container(), "BANKSHIP");
    const { page, open } = await running.dashboard();
    await open(PATH);
    const drawer = await openPart(page, A, WORDS.en.incentive);
    await drawer.getByRole("button", { name: "Choose a promotion for Bank transfer" }).press("Enter");
    await drawer.getByLabel("Find a promotion for Bank transfer by its code").fill("bankship");
    expect(
      await answered(page, () => drawer.getByRole("button", { name: "Add BANKSHIP" }).press("Enter")),
    ).toBe(200);
    await drawer.getByText("BANKSHIP").first().waitFor();
    expect(await violationsIn(page, bodyOf(drawer))).toEqual([]);
    await picture(page, "admin-preview-incentive-en");
    await drawer.getByRole("button", { name: "Close", exact: true }).last().click();
    const bank = preview(page, "en").locator(`[data-offered="${A}:bank_redirect"]`);
    await bank.getByText("Free shipping").first().waitFor();

    const shopper = await running.shopper();
    const checkout = await page.context().newPage();
    await checkout.goto(`${running.base_url()}/checkout/${shopper.cart_id}?locale=en`);
    await checkout
      .locator(".tender-option", { hasText: "Bank transfer" })
      .getByText("Free shipping")
      .waitFor();
    await checkout.close();

    const again = await openPart(page, A, WORDS.en.incentive);
    await answered(page, () =>
      again.getByRole("button", { name: "Take the promotion away from Bank transfer" }).click(),
    );
    await again.getByText("BANKSHIP").waitFor({ state: "detached" });
  });

  it("the hosted checkout shows the total that the incentive leaves before it is paid", async () => {
    await createShippingPromotion(running.container(), "CARDSHIP");
    await set(A, "incentive", { method: "card", promotion_code: "CARDSHIP" });
    const shopper = await running.shopper();
    const { page, problems } = await running.dashboard();
    await page.goto(`${running.base_url()}/checkout/${shopper.cart_id}?locale=en`);
    await page.getByLabel("Card number").fill("4242 4242 4242 4242");
    await page.getByLabel("Expiry date").fill("12/34");
    await page.getByLabel("Security code").fill("123");
    await page.getByRole("button", { name: "Pay €69.80" }).click();
    const pay = page.getByRole("button", { name: "Pay €64.90" });
    await pay.waitFor();
    expect(
      (await running.bank().ledger()).filter(({ authorized_minor }) => authorized_minor === 6490),
    ).toEqual([]);
    await pay.click();
    await page.getByText("€64.90").first().waitFor();
    await page
      .getByRole("heading", { name: /thank|order|paid/i })
      .first()
      .waitFor();
    expect(problems).toEqual([]);
  });

  describe.each(LANGUAGES)("the preview (%s)", (language) => {
    it.each(["desktop", "tablet"] as const)(
      "says what is shown and why the rest is not (%s)",
      async (width) => {
        const words = WORDS[language];
        const group = await running
          .container()
          .resolve(Modules.CUSTOMER)
          .createCustomerGroups({ name: "Wholesale" });
        await createShippingPromotion(running.container(), "BANKSHIP");
        await set(A, "incentive", { method: "bank_redirect", promotion_code: "BANKSHIP" });
        await set(A, "setting", { methods: { apple_pay: { enabled: false } } });
        await set(B, "rules", {
          amounts: [{ currency_code: "eur", max: 50 }],
          countries: ["fr"],
          customer_groups: { only: [group.id] },
        });
        const { page, open, problems } = await running.dashboard(language, width);
        await open(PATH);
        const section = preview(page, language);
        await section.locator(`[data-offered="${A}:card"]`).waitFor();
        const hidden = section.locator(`[data-hidden="${B}:card"]`);
        await hidden.locator('[data-reason="customer_group_only"]').waitFor();
        await section.getByLabel(language === "en" ? "Amount" : "المبلغ", { exact: true }).fill("69.80");
        await section.getByRole("combobox", { name: words.country }).press("Enter");
        await page.getByRole("option", { name: language === "en" ? "Germany" : "ألمانيا" }).click();
        await hidden.locator('[data-reason="country_of_operator"]').waitFor();
        await hidden.locator('[data-reason="amount_of_operator"]').waitFor();
        await section.locator(`[data-hidden="${A}:apple_pay"] [data-reason="method_disabled"]`).waitFor();
        expect(await section.innerText()).not.toMatch(/option_preview\.|\{\{/);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
        await section.scrollIntoViewIfNeeded();
        await picture(page, `admin-preview-${language}${width === "tablet" ? "-tablet" : ""}`);
        expect(await violationsIn(page, section)).toEqual([]);
        expect(problems).toEqual([]);
      },
    );
  });

  it("the preview of a cart says what was refused in it, and of one that does not exist that it does not", async () => {
    const shopper = await running.shopper();
    await shopper.pay(`${A}:card`, "4000000000009979");
    const { page, open } = await running.dashboard();
    await open(PATH);
    const section = preview(page, "en");
    await section.getByRole("combobox", { name: WORDS.en.what_for }).press("Enter");
    await page.getByRole("option", { name: WORDS.en.for_cart }).click();
    await section.getByText(WORDS.en.enter_cart).waitFor();
    await section.getByLabel(WORDS.en.cart_id).fill(shopper.cart_id);
    await section
      .locator(`[data-hidden="${A}:card"]`)
      .getByText("Refused earlier in this cart. Lost, stolen or blocked for good.", { exact: false })
      .waitFor();
    await section.getByLabel(WORDS.en.cart_id).fill("cart_nobody");
    await section.getByText(WORDS.en.not_found).waitFor();
  });

  it("the drawers are right in Arabic", async () => {
    const { page, open, problems } = await running.dashboard("ar", "tablet");
    await open(PATH);
    const rules = await openPart(page, A, WORDS.ar.rules);
    await rules.getByLabel(WORDS.ar.find_countries).waitFor();
    expect(await violationsIn(page, bodyOf(rules))).toEqual([]);
    expect(await rules.innerText()).not.toMatch(/option_preview\.|\{\{/);
    await picture(page, "admin-preview-rules-ar");
    await page.keyboard.press("Escape");
    await rules.waitFor({ state: "detached" });
    const incentive = await openPart(page, A, WORDS.ar.incentive);
    await incentive.getByText(WORDS.ar.no_promotion).first().waitFor();
    expect(await violationsIn(page, bodyOf(incentive))).toEqual([]);
    await picture(page, "admin-preview-incentive-ar");
    expect(problems).toEqual([]);
  });
});
