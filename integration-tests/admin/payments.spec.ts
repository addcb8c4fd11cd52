import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Language } from "../browser/support/browser";
import { addAttempts, addedAttempt } from "../support/attempt-rows";
import { contentOf, picture, violationsIn, withDashboard } from "./support/dashboard";

const APPROVES = "4242424242424242";
const NO_FUNDS = "4000000000009995";
const DAY_MS = 86_400_000;

const WORDS: Readonly<
  Record<
    Language,
    Readonly<Record<"payments" | "refused" | "followed" | "table" | "reason" | "happened" | "region", string>>
  >
> = {
  en: {
    payments: "Payments",
    refused: "Not enough money, or over a limit of the card.",
    followed: "The shopper was offered other ways to pay.",
    table: "Show as a table",
    reason: "Why payments were refused",
    happened: "What happened",
    region: "Table of attempts",
  },
  ar: {
    payments: "المدفوعات",
    refused: "الرصيد غير كافٍ أو تجاوز المبلغ حد البطاقة.",
    followed: "عُرضت على المتسوق طرق دفع أخرى.",
    table: "عرض كجدول",
    reason: "أسباب رفض المدفوعات",
    happened: "ما الذي حدث",
    region: "جدول المحاولات",
  },
};

withDashboard((running) => {
  /** A month as a store has it. */
  async function aMonth(): Promise<void> {
    const knex = running.container().resolve("__pg_connection__");
    const made = Array.from({ length: 240 }, (_, at) => {
      const created_at = new Date(Date.now() - (at * 29 * DAY_MS) / 240 - 3_600_000);
      const refused = ["funds_limit", "issuer_generic", "risk"][at % 9];
      return addedAttempt({
        created_at,
        provider_id: at % 3 === 0 ? "pp_sandbox_b" : "pp_sandbox_a",
        region_id: running.store().region_id,
        amount_minor: String(2_000 + 37 * at),
        ...(refused
          ? { refused, status: "canceled" }
          : at % 13 === 0
            ? { status: "failed" }
            : { approved_at: new Date(created_at.getTime() + 4_000 + 500 * (at % 40)) }),
      });
    });
    await addAttempts(knex, made);
  }

  const attemptsIn = (page: Page, language: Language) =>
    page.getByRole("region", { name: WORDS[language].region });

  describe("the payments page", () => {
    it.each([
      ["en", "desktop"],
      ["ar", "tablet"],
    ] as const)(
      "leads from a refusal to everything that happened to it (%s, %s)",
      async (language, width) => {
        const words = WORDS[language];
        await aMonth();
        const shopper = await running.shopper();
        await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
        await shopper.pay("pp_sandbox_a:card", APPROVES);

        const { page, open, problems } = await running.dashboard(language, width);
        await open("/payments");
        await page.getByRole("heading", { level: 1, name: words.payments }).waitFor();
        await page.getByRole("heading", { name: words.reason }).waitFor();
        await page.locator("[data-chart] .recharts-bar-rectangle").first().waitFor();
        const refused = attemptsIn(page, language)
          .getByRole("row")
          .filter({ hasText: words.refused })
          .first();
        await refused.waitFor();
        await picture(page, `admin-payments-${language}`);
        expect(await violationsIn(page, contentOf(page))).toEqual([]);
        await page.getByRole("button", { name: words.table }).first().click();
        await page.locator("[data-chart]").nth(1).waitFor({ state: "detached" });
        expect(await violationsIn(page, contentOf(page))).toEqual([]);

        await refused.getByRole("link").first().click();
        const timeline = page.getByRole("list", { name: words.happened });
        await timeline.waitFor();
        const events = await timeline
          .locator("[data-event]")
          .evaluateAll((found) => found.map((event) => event.getAttribute("data-event")));
        expect(events.slice(0, 4)).toEqual(["begun", "operation", "operation", "refused"]);
        await timeline.getByText(words.refused).waitFor();
        await timeline.getByText(words.followed).waitFor();
        await picture(page, `admin-payments-attempt-${language}`);
        expect(await violationsIn(page, contentOf(page))).toEqual([]);
        expect(problems).toEqual([]);
      },
    );

    it.each([
      ["ar", "desktop"],
      ["en", "tablet"],
    ] as const)("fits and reads well (%s, %s)", async (language, width) => {
      await aMonth();
      const { page, open, problems } = await running.dashboard(language, width);
      await open("/payments?period=7d");
      await page.locator("[data-chart] .recharts-bar-rectangle").first().waitFor();
      await attemptsIn(page, language).waitFor();
      await picture(page, `admin-payments-week-${language}`);
      await attemptsIn(page, language).scrollIntoViewIfNeeded();
      await picture(page, `admin-payments-list-${language}`);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      expect(await violationsIn(page, contentOf(page))).toEqual([]);
      expect(problems).toEqual([]);
    });

    it("keeps what was chosen in its address, and pages on and back", async () => {
      await aMonth();
      const { page, open } = await running.dashboard();
      await open("/payments");
      const table = attemptsIn(page, "en");
      await table.waitFor();
      const ids = () =>
        table
          .locator("[data-attempt]")
          .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-attempt")));
      const first = await ids();
      await page.getByRole("button", { name: "Older" }).click();
      await table.locator(`[data-attempt="${first[0]}"]`).waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Newer" }).click();
      await table.locator(`[data-attempt="${first[0]}"]`).waitFor();
      expect(await ids()).toEqual(first);

      await page.getByRole("combobox", { name: "Status" }).click();
      await page.getByRole("option", { name: "Not reached" }).click();
      await page.waitForURL(/status=failed/);
      await page.getByRole("combobox", { name: "Provider" }).click();
      await page.getByRole("option", { name: "pp_sandbox_b" }).click();
      await page.waitForURL(/provider_id=pp_sandbox_b/);
      await page.reload();
      await table.waitFor();
      const rows = await table.locator("[data-attempt]").allInnerTexts();
      expect(rows.length).toBeGreaterThan(0);
      rows.forEach((row) => expect(row).toMatch(/Not reached[\s\S]*pp_sandbox_b/));
    });

    it("finds an attempt by its order's number, and gives what is shown as a file", async () => {
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
      await (await running.shopper()).pay("pp_sandbox_b:card", APPROVES);
      const [order] = await running
        .container()
        .resolve("__pg_connection__")("order")
        .where({ id: confirmed.body.order.id });

      const { page, open, problems } = await running.dashboard();
      await open("/payments");
      const table = attemptsIn(page, "en");
      await table.getByText("pp_sandbox_b").waitFor();
      await page.getByRole("searchbox", { name: "Search" }).fill(`#${order.display_id}`);
      await page.keyboard.press("Enter");
      await table.getByText("pp_sandbox_b").waitFor({ state: "detached" });
      expect(await table.locator("[data-attempt]").count()).toBe(2);

      const downloading = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download CSV" }).click();
      const lines = readFileSync(await (await downloading).path(), "utf8")
        .trimEnd()
        .split("\r\n");
      expect(lines).toHaveLength(3);
      expect(lines[0]).toMatch(/^created_at,id,status/);
      expect(problems).toEqual([]);
    });

    it("says so where there is nothing yet, and where an attempt is not on record", async () => {
      const { page, open, problems } = await running.dashboard();
      await open("/payments");
      await page.getByText("No attempt was begun in this period.").waitFor();
      await page.getByText("No attempt fits.").waitFor();
      expect(await violationsIn(page, contentOf(page))).toEqual([]);
      await open("/payments/payatt_none");
      await page.getByText("This attempt could not be loaded.").waitFor();
      expect(await violationsIn(page, contentOf(page))).toEqual([]);
      expect(problems).toEqual([]);
    });
  });
});
