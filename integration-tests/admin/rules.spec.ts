import { tenderModule } from "../../src/workflows/medusa/load-cart";
import type { Language } from "../browser/support/browser";
import { en } from "../../src/admin/i18n/en/all";
import { ar } from "../../src/admin/i18n/ar/all";
import { contentOf, picture, violationsIn, withDashboard, type DashboardPage } from "./support/dashboard";

const TEXTS = { en, ar } as const;

withDashboard((running) => {
  beforeEach(() => tenderModule(running.container()).recovery.refresh(0));

  async function opened(language: Language, width: "desktop" | "tablet" = "desktop"): Promise<DashboardPage> {
    const dashboard = await running.dashboard(language, width);
    await dashboard.open("/payments/rules");
    await dashboard.page.locator('[data-rule="category.risk"]').waitFor();
    return dashboard;
  }

  const tab = ({ page }: DashboardPage, language: Language, name: "rules" | "codes" | "simulator") =>
    page.getByRole("tab", { name: TEXTS[language].rules.tabs[name] }).click();

  async function simulate({ page }: DashboardPage, code: string): Promise<string | null> {
    await page.getByLabel(en.rules.simulator.code, { exact: true }).fill(code);
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/recovery-simulation"));
    await page.getByRole("button", { name: en.rules.simulator.run }).click();
    await answered;
    await page.getByText(code, { exact: true }).last().waitFor();
    return page.locator("[data-action]").getAttribute("data-action");
  }

  describe("the page of the recovery rules", () => {
    it("simulates a refusal, makes its rule stricter, and shows what that changes", async () => {
      const dashboard = await opened("en");
      const { page, problems } = dashboard;
      await tab(dashboard, "en", "simulator");
      expect(await simulate(dashboard, "generic_decline")).toBe("switch_provider");
      await page.getByText(en.rules.simulator.by_itself).waitFor();

      await tab(dashboard, "en", "rules");
      const rule = page.locator('[data-rule="category.issuer_generic"]');
      await rule.getByRole("button").click();
      const drawer = page.getByRole("dialog");
      await drawer.getByLabel(en.rules.fields.switch_provider).click();
      await expect(page.getByRole("option").allTextContents()).resolves.toEqual([
        `As Tender has it: ${en.rules.values.switch_provider.if_portable}`,
        en.rules.values.switch_provider.never,
      ]);
      await page.getByRole("option", { name: en.rules.values.switch_provider.never }).click();
      await picture(page, "admin-rules-drawer-en");
      // Without the header, whose close button is Medusa's.
      expect(await violationsIn(page, drawer.locator("[data-choices]"))).toEqual([]);
      await drawer.getByRole("button", { name: en.common.save }).click();
      await rule.getByText(en.rules.changed, { exact: true }).waitFor();
      await page.getByText(en.rules.saved).first().waitFor();

      await tab(dashboard, "en", "simulator");
      expect(await simulate(dashboard, "generic_decline")).toBe("choose_another_method");
      await page.getByText(/Changed by an operator\. Another provider/).waitFor();
      await picture(page, "admin-rules-simulator-en");
      expect(await violationsIn(page, contentOf(page))).toEqual([]);

      await tab(dashboard, "en", "rules");
      await rule.getByRole("button").click();
      await page.getByRole("dialog").getByRole("button", { name: en.rules.restore }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: en.rules.restore }).click();
      await rule.getByText(en.rules.changed, { exact: true }).waitFor({ state: "detached" });
      expect(problems).toEqual([]);
    });

    it("leads to the login where the session has ended before something is simulated", async () => {
      const dashboard = await opened("en");
      const { page } = dashboard;
      await tab(dashboard, "en", "simulator");
      await page.getByLabel(en.rules.simulator.code, { exact: true }).fill("generic_decline");
      await page.context().clearCookies();
      await page.getByRole("button", { name: en.rules.simulator.run }).click();
      await page.waitForURL((url) => url.pathname.endsWith("/login"));
    });

    it("finds a rule, and a code whose refusal is simulated with one click", async () => {
      const dashboard = await opened("en");
      const { page } = dashboard;
      await page.getByLabel(en.rules.search).fill("R1");
      await page.locator('[data-rule="network.visa_category_1"]').waitFor();
      expect(await page.locator('[data-rule="category.funds_limit"]').count()).toBe(0);
      await page.getByLabel(en.rules.search).fill("no such thing");
      await page.getByText(en.rules.no_match).waitFor();

      await tab(dashboard, "en", "codes");
      await page.getByLabel(en.rules.codes.search).fill("lost");
      const code = page.locator('[data-code="lost_card"]');
      await page.getByText("1 code", { exact: true }).waitFor();
      await code.getByText(en.declines.never).waitFor();
      await code.getByRole("button").click();
      await page.getByRole("button", { name: en.rules.simulator.run }).click();
      await page.getByText(en.rules.why.reason.secret).waitFor();
    });

    it("lowers the budgets of a cart", async () => {
      const { page } = await opened("en");
      await page.getByRole("button", { name: en.rules.budgets.edit }).click();
      const drawer = page.getByRole("dialog");
      await drawer.getByLabel(en.rules.budgets.switches).click();
      await page.getByRole("option", { name: "0", exact: true }).click();
      await drawer.getByRole("button", { name: en.common.save }).click();
      await page.getByText("Lowered from 2").waitFor();
    });

    it.each([
      ["en", "desktop"],
      ["en", "tablet"],
      ["ar", "desktop"],
      ["ar", "tablet"],
    ] as const)("is whole and accessible in %s at the width of a %s", async (language, width) => {
      const texts = TEXTS[language].rules;
      const { overrides } = tenderModule(running.container());
      const action = "recovery_rule.override";
      await overrides.change("category.long_gone", { then: "stop" }, { actor_id: "user_before", action });
      await overrides.change(
        "category.issuer_generic",
        { switch_provider: "never", show: "generic" },
        { actor_id: "user_1", action },
      );
      const dashboard = await opened(language, width);
      const { page, problems } = dashboard;
      const whole = async (part: string): Promise<void> => {
        const { scroll, client } = await page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          client: document.documentElement.clientWidth,
        }));
        expect(scroll).toBeLessThanOrEqual(client);
        expect(await contentOf(page).innerText()).not.toMatch(/\brules\.\w|\{\{/);
        await picture(page, `admin-rules-${part}-${width}-${language}`);
        expect(await violationsIn(page, contentOf(page))).toEqual([]);
      };
      await page.getByText(texts.strays).waitFor();
      await whole("list");
      await tab(dashboard, language, "codes");
      await page.locator("[data-code]").first().waitFor();
      await whole("codes");
      await page.locator('[data-code="generic_decline"], [data-code]').first().getByRole("button").click();
      await page.getByLabel(texts.simulator.code, { exact: true }).fill("generic_decline");
      await page.getByRole("button", { name: texts.simulator.run }).click();
      await page.getByText(texts.simulator.speaks).waitFor();
      await whole("simulator");
      expect(problems).toEqual([]);
    });
  });
});
