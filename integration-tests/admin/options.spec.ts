import type { Locator, Page } from "playwright-core";
import type { Language } from "../browser/support/browser";
import { Operator } from "../support/operator";
import { contentOf, picture, violationsIn, withDashboard, type Width } from "./support/dashboard";

const A = "pp_sandbox_a";
const B = "pp_sandbox_b";
const LATER = "pp_system_default";
const STRIPE = "pp_stripe_main";
const PATH = "/settings/payment-options";

/** A gateway of which only the key is set. */
const STRIPE_WITHOUT_WEBHOOKS = {
  STRIPE_GATEWAY_API_KEY: "sk_test_onlyForTests123",
  STRIPE_GATEWAY_METHODS: "card",
};

const WORDS: Readonly<Record<Language, { title: string; order: string; card: string; later: string }>> = {
  en: { title: "Payment options", order: "Order", card: "Card", later: "Arranged with the store" },
  ar: { title: "خيارات الدفع", order: "الترتيب", card: "بطاقة", later: "بالاتفاق مع المتجر" },
};

withDashboard((running) => {
  function provider(page: Page, id: string): Locator {
    return page.locator(`[data-provider-section="${id}"]`);
  }

  /** The methods in the order the page shows them. */
  function order(page: Page): Promise<(string | null)[]> {
    return page
      .locator("[data-option]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-option")));
  }

  async function saved(page: Page, press: () => Promise<void>): Promise<void> {
    const answered = page.waitForResponse(
      (answer) => answer.request().method() === "POST" && answer.url().includes("/admin/tender/"),
    );
    await press();
    expect((await answered).status()).toBe(200);
  }

  /** What the hosted checkout offers for a new cart, in order. */
  async function offeredAtCheckout(page: Page): Promise<string[]> {
    const shopper = await running.shopper();
    const checkout = await page.context().newPage();
    await checkout.goto(`${running.base_url()}/checkout/${shopper.cart_id}?locale=en`);
    await checkout.locator('input[type="radio"]').first().waitFor();
    const values = await checkout
      .locator('.tender-options input[type="radio"]')
      .evaluateAll((radios) => radios.map((radio) => (radio as HTMLInputElement).value));
    await checkout.close();
    return values;
  }

  describe("the page of payment options", () => {
    it.each([
      ["en", "desktop"],
      ["ar", "desktop"],
      ["en", "tablet"],
      ["ar", "tablet"],
    ] as const)("shows the order, each provider and what can be done (%s, %s)", async (language, width) => {
      const { page, open, problems } = await running.dashboard(language, width satisfies Width);
      await open(PATH);
      await page.getByRole("heading", { level: 1, name: WORDS[language].title }).waitFor();
      await page.getByRole("heading", { name: WORDS[language].order, exact: true }).waitFor();
      expect((await order(page)).slice(0, 1)).toEqual(["card"]);
      await provider(page, LATER).getByRole("heading", { name: WORDS[language].later }).waitFor();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
      await picture(page, `admin-options-${language}${width === "tablet" ? "-tablet" : ""}`);
      await provider(page, A).scrollIntoViewIfNeeded();
      await provider(page, LATER).scrollIntoViewIfNeeded();
      await picture(page, `admin-options-providers-${language}${width === "tablet" ? "-tablet" : ""}`);
      expect(await violationsIn(page, contentOf(page))).toEqual([]);
      expect(problems).toEqual([]);
    });

    it("takes a provider out of a region's open checkouts, and gives it back", async () => {
      const { page, open } = await running.dashboard();
      await open(PATH);
      const there = provider(page, LATER).locator(`[data-region="${running.store().region_id}"]`);
      expect(await offeredAtCheckout(page)).toContain(`${LATER}:${LATER}`);
      await saved(page, () => there.getByRole("switch").click());
      expect(await offeredAtCheckout(page)).not.toContain(`${LATER}:${LATER}`);
      await there.locator('[role="switch"][aria-checked="false"]').waitFor();
      await saved(page, () => there.getByRole("switch").click());
      expect(await offeredAtCheckout(page)).toContain(`${LATER}:${LATER}`);
    });

    it("takes away a provider, and one of its methods: the next provider of the method is asked", async () => {
      const { page, open } = await running.dashboard();
      await open(PATH);
      await saved(page, () => provider(page, A).locator('[data-method="card"]').getByRole("switch").click());
      expect(await offeredAtCheckout(page)).toEqual(
        expect.arrayContaining([`${B}:card`, `${A}:bank_redirect`]),
      );
      await saved(page, () =>
        provider(page, A).getByRole("switch", { name: "Offer Sandbox bank · a", exact: true }).click(),
      );
      expect(await offeredAtCheckout(page)).toEqual(
        expect.arrayContaining([`${B}:card`, `${B}:bank_redirect`]),
      );
      await page.locator(`[data-option="card"] [data-provider="${A}"]`).getByText("Not offered").waitFor();
    });

    it("puts the options in order with buttons and with the keyboard, and the checkout follows", async () => {
      const { page, open } = await running.dashboard();
      await open(PATH);
      const before = await offeredAtCheckout(page);
      expect(before[0]).toBe(`${A}:card`);

      await saved(page, () => page.getByRole("button", { name: "Move Sandbox bank · b up" }).first().click());
      expect((await offeredAtCheckout(page))[0]).toBe(`${B}:card`);

      // Two moves at once: the second is saved after the first.
      const up = page.getByRole("button", { name: `Move ${WORDS.en.later} up` });
      const place = (await order(page)).indexOf(LATER);
      await up.click();
      await up.click();
      await page.waitForFunction(
        ([id, wanted]) =>
          [...document.querySelectorAll("[data-option]")].findIndex(
            (row) => row.getAttribute("data-option") === id,
          ) === wanted,
        [LATER, place - 2] as const,
      );
      await page.getByText("The order is saved.").first().waitFor();

      const handle = page.getByRole("button", { name: `Move ${WORDS.en.later} by dragging` });
      await handle.focus();
      await page.keyboard.press("Space");
      await page.getByText(`${WORDS.en.later} is picked up.`, { exact: false }).waitFor();
      for (let at = place - 2; at > 0; at -= 1) {
        await page.keyboard.press("ArrowUp");
        await page.getByText(`is at place ${at} of`, { exact: false }).waitFor();
      }
      await saved(page, () => page.keyboard.press("Space"));
      expect((await offeredAtCheckout(page)).slice(0, 2)).toEqual([`${LATER}:${LATER}`, `${B}:card`]);
    });

    it("says that somebody else changed the order, and shows theirs", async () => {
      const { page, open } = await running.dashboard();
      await open(PATH);
      await page.getByRole("heading", { name: WORDS.en.order, exact: true }).waitFor();
      await page.locator("[data-option]").first().waitFor();
      const operator = await Operator.logIn(running.base_url());
      const { body } = await operator.send("GET", "/admin/tender/providers");
      const theirs = [...body.order].reverse().map(({ method, provider_ids }) => ({ method, provider_ids }));
      await operator.send("POST", "/admin/tender/option-order", {
        order: theirs,
        revision: body.order_revision,
      });

      await page.getByRole("button", { name: `Move ${WORDS.en.card} down` }).click();
      await page.getByText("The order was changed meanwhile.", { exact: false }).first().waitFor();
      await page.waitForFunction(
        (first) => document.querySelector("[data-option]")?.getAttribute("data-option") === first,
        theirs[0]?.method,
      );
    });

    it("asks before a region's last option is taken away, and warns from then on", async () => {
      const operator = await Operator.logIn(running.base_url());
      const { region_id } = running.store();
      for (const id of [B, LATER]) {
        await operator.send("POST", `/admin/tender/providers/${id}/regions`, { region_id, enabled: false });
      }
      const { page, open } = await running.dashboard();
      await open(PATH);
      const there = provider(page, A).locator(`[data-region="${region_id}"]`).getByRole("switch");
      await there.click();
      await page.getByRole("alertdialog").getByText("Nobody could pay").waitFor();
      await picture(page, "admin-options-last-en");
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("alertdialog").waitFor({ state: "detached" });
      expect(await there.getAttribute("aria-checked")).toBe("true");
      expect(await page.getByText("nobody can pay there", { exact: false }).count()).toBe(0);

      await there.click();
      await saved(page, () => page.getByRole("button", { name: "Switch it off" }).click());
      await page.getByText("nobody can pay there", { exact: false }).waitFor();
    });

    it("takes the operator's words in any language, and shoppers read them", async () => {
      const { page, open, problems } = await running.dashboard();
      await open(PATH);
      await page.getByRole("button", { name: "Edit Card of Sandbox bank · a" }).click();
      const drawer = page.getByRole("dialog");
      await drawer.getByLabel("Title").first().fill("Our card 💳");
      await drawer.getByLabel("Line of help").first().fill("Takes any card");
      await drawer.getByLabel("Title").nth(1).fill("بطاقتنا 💳");
      await drawer.getByLabel("Another language").fill("PT-br");
      await drawer.getByRole("button", { name: "Add" }).click();
      await drawer.getByLabel("Title").nth(2).fill("Cartão");
      await picture(page, "admin-options-words-en");
      expect(await violationsIn(page, drawer.locator("form"))).toEqual([]);
      await saved(page, () => drawer.getByRole("button", { name: "Save" }).click());
      await drawer.waitFor({ state: "detached" });
      await provider(page, A).getByText("Our card 💳").waitFor();

      const shopper = await running.shopper();
      const { body } = await shopper.options();
      expect(body.payment_options[0]).toMatchObject({ title: "Our card 💳", description: "Takes any card" });
      const arabic = await shopper.send("GET", `/store/carts/${shopper.cart_id}/payment-options`, undefined, {
        "x-medusa-locale": "ar",
      });
      expect(arabic.body.payment_options[0]).toMatchObject({ title: "بطاقتنا 💳", description: null });
      expect(problems).toEqual([]);
    });

    it("leads to the login where the session has ended before something is saved", async () => {
      const { page, open } = await running.dashboard();
      await open(PATH);
      await page.getByRole("button", { name: "Edit Card of Sandbox bank · a" }).click();
      await page.context().clearCookies();
      await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
      await page.waitForURL((url) => url.pathname.endsWith("/login"));
    });

    it("names the options that are not set, and holds nothing of what is", async () => {
      const { page, open } = await running.dashboard();
      await open(PATH);
      const warning = provider(page, STRIPE).getByText("Options are not set", { exact: false });
      await warning.waitFor();
      expect(await warning.innerText()).toMatch(/publishable_key, webhook_secret$/);
      await provider(page, STRIPE).getByText("Test mode").waitFor();
      const operator = await Operator.logIn(running.base_url());
      const { body } = await operator.send("GET", "/admin/tender/providers");
      expect(JSON.stringify(body)).not.toContain(STRIPE_WITHOUT_WEBHOOKS.STRIPE_GATEWAY_API_KEY);
      expect(await page.content()).not.toContain(STRIPE_WITHOUT_WEBHOOKS.STRIPE_GATEWAY_API_KEY);
    });

    it("checks a connection and says in words how that went", async () => {
      const { page, open } = await running.dashboard();
      await open(PATH);
      const check = provider(page, A).getByRole("button", { name: "Check connection" });
      await check.click();
      await provider(page, A).getByText("It answers, within", { exact: false }).waitFor();
      await running.bank().fault({ provider: A, fault: "refuse" });
      await check.click();
      await provider(page, A).getByText("It cannot be reached", { exact: false }).waitFor();
    });

    it("copies the address that webhooks are sent to", async () => {
      const { page, open } = await running.dashboard();
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await open(PATH);
      await provider(page, A).getByRole("button", { name: "Copy the webhook address" }).click();
      await provider(page, A).getByText("Copied").waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        `${running.base_url()}/hooks/payment/sandbox_a`,
      );
    });
  });

  describe("a region's page", () => {
    it.each(["en", "ar"] as const)("shows its options in order, with switches (%s)", async (language) => {
      const { page, open, problems } = await running.dashboard(language);
      await open(`/settings/regions/${running.store().region_id}`);
      const offered = page.locator("[data-offered]");
      await offered.locator(`[data-option="${LATER}"]`).waitFor();
      const part = page.locator("div:has([data-offered])").last();
      await part.scrollIntoViewIfNeeded();
      await picture(page, `admin-options-region-${language}`);
      expect(await violationsIn(page, part)).toEqual([]);

      await saved(page, () => page.locator(`li[data-provider="${LATER}"]`).getByRole("switch").click());
      await offered.locator(`[data-option="${LATER}"]`).waitFor({ state: "detached" });
      expect(await offeredAtCheckout(page)).not.toContain(`${LATER}:${LATER}`);
      expect(problems).toEqual([]);
    });
  });
}, STRIPE_WITHOUT_WEBHOOKS);
