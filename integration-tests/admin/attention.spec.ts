import type { Locator, Page } from "playwright-core";
import type { Language } from "../browser/support/browser";
import { approvedUnseen, deadWebhook, openFinding } from "../support/attention";
import { Operator } from "../support/operator";
import { ADMIN } from "../support/store";
import { contentOf, picture, violationsIn, withDashboard, type Width } from "./support/dashboard";

const WORDS: Readonly<
  Record<
    Language,
    Readonly<{
      title: string;
      counted: (number: string) => string;
      close: string;
      note: string;
      give_back: string;
      give_back_sum: RegExp;
      resolved: string;
      by_hand: string;
      webhooks: string;
      replay: string;
      replay_all: string;
      done: string;
      details: (event: string) => string;
      search: string;
      find: string;
      changes: string;
      gave_back: string;
      closed: string;
      cancel: string;
    }>
  >
> = {
  en: {
    title: "Needs attention",
    counted: (number) => `Needs attention (${number})`,
    close: "Close with a note",
    note: "Note",
    give_back: "Give the money back",
    give_back_sum: /^Give back .*69\.80/,
    resolved: "Resolved",
    by_hand: "closed by hand: Blocked at the firewall.",
    webhooks: "Webhooks",
    replay: "Work it again",
    replay_all: "Work all again",
    done: "Done",
    details: (event) => `Details of ${event}`,
    search: "Event or payment reference",
    find: "Search",
    changes: "Changes",
    gave_back: "Gave the money of a finding back",
    closed: "Closed a finding with a note",
    cancel: "Cancel",
  },
  ar: {
    title: "يحتاج إلى انتباه",
    counted: (number) => `يحتاج إلى انتباه (${number})`,
    close: "إغلاق مع ملاحظة",
    note: "ملاحظة",
    give_back: "إعادة المال",
    give_back_sum: /^إعادة .*(69[.٫]80|٦٩[.٫]٨٠)/,
    resolved: "مغلقة",
    by_hand: "أُغلق يدويًا: Blocked at the firewall.",
    webhooks: "إشعارات Webhook",
    replay: "معالجته من جديد",
    replay_all: "معالجة الكل من جديد",
    done: "تمت معالجته",
    details: (event) => `تفاصيل ${event}`,
    search: "مرجع الحدث أو الدفعة",
    find: "بحث",
    changes: "التغييرات",
    gave_back: "أعاد مال تنبيه",
    closed: "أغلق تنبيهًا بملاحظة",
    cancel: "إلغاء",
  },
};

const SIZES: readonly (readonly [Language, Width])[] = [
  ["en", "desktop"],
  ["ar", "tablet"],
];

const PAYLOAD = JSON.stringify({
  id: "evt_dead",
  type: "payment.authorized",
  payment: { reference: "sbx_pay_1", status: "authorized", amount: 6980, currency: "eur" },
  payer: { name: "Sam Shopper", email: "sam@example.com" },
});

withDashboard((running) => {
  const container = () => running.container();
  const number = (of: number, language: Language) => new Intl.NumberFormat(language).format(of);
  const rowOf = (page: Page, id: string): Locator => page.locator(`[data-finding="${id}"]`);
  const menu = (page: Page, name: string): Locator => page.getByRole("link", { name, exact: true }).first();

  it.each(SIZES)(
    "findings are resolved with a note and by giving money back (%s, %s)",
    async (language, width) => {
      const words = WORDS[language];
      const { attempt_id, reference } = await approvedUnseen(running);
      const money = await openFinding(container(), "money_without_order", {
        attempt_id,
        detail: "The gateway holds 69.80 EUR, and the cart has been paid with another payment.",
      });
      const testing = await openFinding(container(), "card_testing", {
        detail: "41 payments were refused in 25 carts within an hour.",
      });
      await deadWebhook(container(), { event_id: "evt_dead", reference });

      const { page, open, problems } = await running.dashboard(language, width);
      await open("/payments/attention");
      await rowOf(page, money).waitFor();
      if (width === "desktop") await menu(page, words.counted(number(3, language))).waitFor();
      await picture(page, `admin-attention-${language}-${width}`);
      for (const part of [
        rowOf(page, money),
        page.getByRole("combobox").first(),
        page.getByRole("tab").first(),
      ]) {
        expect(await directionOf(part)).toBe(language === "ar" ? "rtl" : "ltr");
      }
      expect(await violationsIn(page, contentOf(page))).toEqual([]);

      await rowOf(page, testing).getByRole("button", { name: words.close }).click();
      const asked = page.getByRole("alertdialog");
      const confirm = asked.getByRole("button", { name: words.close });
      expect(await confirm.isDisabled()).toBe(true);
      await asked.getByLabel(words.note).fill("Blocked at the firewall.");
      await confirm.click();
      await rowOf(page, testing).waitFor({ state: "detached" });
      if (width === "desktop") await menu(page, words.counted(number(2, language))).waitFor();

      await rowOf(page, money).getByRole("button", { name: words.give_back }).click();
      const give_back = asked.getByRole("button", { name: words.give_back_sum });
      await give_back.waitFor();
      await picture(page, `admin-attention-ask-${language}-${width}`);
      expect(await violationsIn(page, asked)).toEqual([]);
      expect(await statusAtBank(reference)).toBe("authorized");
      await give_back.click();
      await rowOf(page, money).waitFor({ state: "detached" });
      expect(await statusAtBank(reference)).toBe("canceled");

      await page.getByRole("tab", { name: words.resolved }).click();
      await rowOf(page, testing).getByText(words.by_hand).waitFor();
      await rowOf(page, testing).getByText(ADMIN.email).waitFor();
      await picture(page, `admin-attention-resolved-${language}-${width}`);
      expect(await violationsIn(page, contentOf(page))).toEqual([]);

      await open("/payments/changes");
      await page.getByText(words.gave_back).waitFor();
      await page.getByText(words.closed).waitFor();
      await picture(page, `admin-changes-${language}-${width}`);
      expect(await violationsIn(page, contentOf(page))).toEqual([]);
      await page.getByRole("button", { name: new RegExp(testing) }).click();
      await page.getByText(words.gave_back).waitFor({ state: "detached" });
      await page.getByText(words.closed).waitFor();
      expect(problems).toEqual([]);
    },
  );

  it.each(SIZES)("webhooks are looked up and worked again (%s, %s)", async (language, width) => {
    const words = WORDS[language];
    const { reference } = await approvedUnseen(running);
    const id = await deadWebhook(container(), { event_id: "evt_dead", reference, payload: PAYLOAD });
    const others = [];
    for (const at of [1, 2]) {
      others.push(await deadWebhook(container(), { event_id: `evt_dead_${at}`, payload: null }));
    }
    const row = (of: string) => page.locator(`[data-webhook="${of}"]`);

    const { page, open, problems } = await running.dashboard(language, width);
    await open("/payments/webhooks");
    await row(id).waitFor();
    await page.getByRole("button", { name: words.replay_all }).waitFor();
    await picture(page, `admin-webhooks-${language}-${width}`);
    expect(await violationsIn(page, contentOf(page))).toEqual([]);

    await page.getByLabel(words.search).fill("evt_dead");
    await page.getByRole("button", { name: words.find, exact: true }).click();
    await row(others[0] ?? "").waitFor({ state: "detached" });
    await row(id)
      .getByRole("button", { name: words.details("evt_dead") })
      .click();
    const drawer = page.getByRole("dialog");
    await drawer.getByText('"reference": "sbx_pay_1"').waitFor();
    expect(await drawer.textContent()).not.toMatch(/Sam|sam@/);
    await picture(page, `admin-webhook-${language}-${width}`);
    expect(await violationsIn(page, drawer)).toEqual([]);
    await drawer.getByRole("button", { name: words.replay }).click();
    await drawer.getByText(words.done, { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });

    await page.getByLabel(words.search).fill("");
    await page.getByRole("button", { name: words.find, exact: true }).click();
    await row(others[0] ?? "").waitFor();
    await page.getByRole("button", { name: words.replay_all }).click();
    await row(others[0] ?? "")
      .getByText(words.done, { exact: true })
      .waitFor();
    await row(others[1] ?? "")
      .getByText(words.done, { exact: true })
      .waitFor();
    await page.getByRole("button", { name: words.replay_all }).waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  });

  describe("the number in the menu", () => {
    it("follows what others do, in the language that is chosen, and takes nothing away that is being typed", async () => {
      const ids = [];
      for (const subject of ["a", "b", "c"]) ids.push(await openFinding(container(), "dispute", { subject }));
      const { page, open, problems } = await running.dashboard("en");
      await open("/payments/attention");
      await menu(page, "Needs attention (3)").waitFor();
      await rowOf(page, ids[0] ?? "")
        .getByRole("button", { name: "Close with a note" })
        .click();
      const note = page.getByRole("alertdialog").getByLabel("Note");
      await note.fill("Half a senten");

      const another = await Operator.logIn(running.base_url());
      await another.send("POST", `/admin/tender/findings/${ids[1]}/resolve`, {
        action: "mark_resolved",
        note: "x",
      });
      await page.evaluate(() => window.dispatchEvent(new Event("tender:changed")));
      // The dialog hides the menu from whoever cannot see it.
      await page.getByText("Needs attention (2)").first().waitFor();
      expect(await note.inputValue()).toBe("Half a senten");
      expect(await note.evaluate((field) => field === document.activeElement)).toBe(true);

      await another.send("POST", `/admin/tender/findings/${ids[0]}/resolve`, {
        action: "mark_resolved",
        note: "first",
      });
      await page.getByRole("alertdialog").getByRole("button", { name: "Close with a note" }).click();
      await page.getByText(/Somebody else was faster.*closed by hand: first/).waitFor();
      await menu(page, "Needs attention (1)").waitFor();

      await another.send("POST", `/admin/tender/findings/${ids[2]}/resolve`, {
        action: "mark_resolved",
        note: "x",
      });
      await page.evaluate(() => window.dispatchEvent(new Event("tender:changed")));
      await menu(page, "Needs attention").waitFor();
      expect(problems).toEqual([]);
    });

    it("is there after another language was chosen", async () => {
      await openFinding(container(), "dispute");
      const { page, open } = await running.dashboard("en");
      await open("/payments/attention");
      await menu(page, "Needs attention (1)").waitFor();
      await goTo(page, "/app/settings/profile/edit");
      await page.getByRole("dialog").getByRole("combobox").click();
      await page.getByRole("option", { name: "العربية" }).click();
      await page.getByRole("dialog").locator('button[type="submit"]').click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await goTo(page, "/app/payments/attention");
      await menu(page, WORDS.ar.counted(number(1, "ar"))).waitFor();
    });
  });

  it("leads to the login once the session has ended", async () => {
    const { page, open } = await running.dashboard("en");
    await open("/payments/attention");
    await contentOf(page).getByRole("heading", { name: WORDS.en.title }).waitFor();
    await page.context().clearCookies();
    await goTo(page, "/app/payments/webhooks");
    await page.waitForURL((url) => url.pathname.endsWith("/login"));
  });

  /** As the dashboard's own links go there, without loading anything anew. */
  async function goTo(page: Page, path: string): Promise<void> {
    await page.evaluate((to) => {
      window.history.pushState({}, "", to);
      window.dispatchEvent(new PopStateEvent("popstate"));
    }, path);
  }

  function directionOf(part: Locator): Promise<string> {
    return part.evaluate((element) => getComputedStyle(element).direction);
  }

  async function statusAtBank(reference: string): Promise<string | undefined> {
    return (await running.bank().ledger()).find((payment) => payment.reference === reference)?.status;
  }
});
