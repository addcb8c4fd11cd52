import type { Browser, Page } from "playwright-core";
import { withRunningStore } from "../support/suite";
import {
  accessibilityViolations,
  LANGUAGES,
  launchBrowser,
  openContext,
  screenshot,
  SIZES,
  type SizeName,
  closeContext,
} from "./support/browser";
import { Shopper } from "./support/shopper";

const APPROVED = "4242 4242 4242 4242";
const FUNDS = "4000 0000 0000 9995";
const CHALLENGED = "4000 0027 6000 3184";

/** The hosted checkout of the real store: Medusa, Postgres, the sandbox bank and Chromium. */
withRunningStore((running) => {
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let close: () => Promise<void>;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await close?.();
    expect(problems).toEqual([]);
  });

  async function visitDemo(language: "en" | "ar", size: SizeName = "desktop"): Promise<Shopper> {
    const opened = await openContext(browser, size);
    ({ page, problems } = opened);
    close = () => closeContext(opened.context);
    await page.goto(`${running.base_url()}/checkout/demo?locale=${language}`);
    const shopper = new Shopper(page, language);
    await shopper.sees("options.title");
    return shopper;
  }

  /** Looks at the state for accessibility and, when asked to, keeps its picture. */
  async function lookAt(name: string, forDocs = false): Promise<void> {
    await screenshot(page, name, { forDocs });
    expect(await accessibilityViolations(page)).toEqual([]);
  }

  for (const language of LANGUAGES) {
    for (const size of Object.keys(SIZES) as SizeName[]) {
      it(`a refused card is survived in ${language} on a ${size}`, async () => {
        const shopper = await visitDemo(language, size);
        await lookAt(`checkout-${language}-${size}`, true);

        await shopper.typeCard({ number: FUNDS });
        await shopper.payButton().click();
        await shopper.alternatives().first().waitFor();
        expect(await shopper.alternatives().count()).toBeGreaterThanOrEqual(2);
        await lookAt(`declined-${language}-${size}`, true);

        await shopper.alternatives().filter({ hasText: "Google Pay" }).click();
        await page.getByRole("dialog").waitFor();
        await lookAt(`wallet-${language}-${size}`);
        await shopper.payButton().click();
        await shopper.sees("done.title");
        await lookAt(`done-${language}-${size}`, true);

        const said = await shopper.facts();
        expect(said[shopper.text("done.paid_with")]).toBe("Google Pay");
        await page.reload();
        await shopper.sees("done.title");
        expect(await shopper.facts()).toEqual(said);
      });
    }
  }

  it("an order that is paid later is never called paid, after a reload neither", async () => {
    const shopper = await visitDemo("en");
    await page.getByRole("radio", { name: "Pay later" }).check();
    await shopper.payButton().click();
    await shopper.sees("done.title");
    const said = await shopper.facts();
    expect(Object.keys(said)).toContain(shopper.text("summary.total"));
    expect(said[shopper.text("done.payment")]).toBe("Pay later, arranged with the store");
    await page.reload();
    await shopper.sees("done.title");
    expect(await shopper.facts()).toEqual(said);

    // The way to pay is named in the language the page changes to.
    await page.getByRole("link", { name: "العربية" }).click();
    const inArabic = new Shopper(page, "ar");
    await inArabic.sees("done.title");
    expect((await inArabic.facts())[inArabic.text("done.payment")]).toMatch(/\p{Script=Arabic}/u);
  });

  it("a double click on Pay makes one authorization at the bank", async () => {
    const shopper = await visitDemo("en");
    await shopper.typeCard({ number: APPROVED });
    let confirms = 0;
    page.on("request", (request) => {
      if (request.url().endsWith("/confirm")) confirms += 1;
    });
    const before = await authorizedAtBank();
    await shopper.payButton().dblclick();
    await shopper.sees("done.title");
    expect(confirms).toBe(1);
    expect((await authorizedAtBank()) - before).toBe(1);
  });

  it.each([
    ["approve", "done.title"],
    ["close", "options.title"],
  ] as const)("the bank's page left with %s leads to %s", async (decision, key) => {
    const shopper = await visitDemo("en");
    await shopper.typeCard({ number: CHALLENGED });
    await shopper.payButton().click();
    await shopper.sees("step_up.title");
    await lookAt(`three-d-secure-${decision}`);
    await shopper.button("step_up.continue").click();
    await page.locator(`button[value=${decision}]`).click();
    await shopper.sees(key);
    await lookAt(`after-${decision}`);
  });

  it("the bank's page left without approval leads to the alternatives", async () => {
    const shopper = await visitDemo("ar");
    await shopper.typeCard({ number: CHALLENGED });
    await shopper.payButton().click();
    await shopper.button("step_up.continue").click();
    await page.locator("button[value=fail]").click();
    await shopper.alternatives().first().waitFor();
    await lookAt("after-fail");
  });

  for (const language of LANGUAGES) {
    it(`the shopper is told what comes while the bank is asked, in ${language}`, async () => {
      const shopper = await visitDemo(language, "phone");
      await shopper.typeCard({ number: CHALLENGED });
      await shopper.payButton().click();
      await shopper.sees("step_up.title");
      await lookAt(`three-d-secure-${language}-phone`, true);
    });

    it(`an outcome that is not known yet is waited for in ${language}`, async () => {
      const shopper = await visitDemo(language, "phone");
      await running.bank().fault({ operation: "authorize", fault: "reset_after", times: 1 });
      await shopper.typeCard({ number: APPROVED });
      await shopper.payButton().click();
      await shopper.sees("checking.title");
      await lookAt(`checking-${language}-phone`, true);
      await shopper.sees("done.title");
    });
  }

  it("a bank that hangs is waited for, not paid twice", async () => {
    const shopper = await visitDemo("en");
    await running.bank().fault({ operation: "authorize", fault: "reset_after", times: 1 });
    await shopper.typeCard({ number: APPROVED });
    const before = await authorizedAtBank();
    await shopper.payButton().click();
    await shopper.sees("done.title");
    expect((await authorizedAtBank()) - before).toBe(1);
  });

  it("an unknown cart is not found, and the page runs nothing but its own script", async () => {
    const opened = await openContext(browser);
    ({ page, problems } = opened);
    close = () => closeContext(opened.context);
    const answer = await page.goto(`${running.base_url()}/checkout/cart_unknown`);
    expect(answer?.status()).toBe(404);
    const policy = (await answer?.headerValue("content-security-policy")) ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    await new Shopper(page, "en").sees("blocked.not_found.title");
    await lookAt("not-found");
  });

  it.each(["..%2f..%2fpackage.json", "manifest.json", "hosted.js"])(
    "the file %s is not served beside the page",
    async (name) => {
      close = () => Promise.resolve();
      problems = [];
      const answer = await fetch(`${running.base_url()}/checkout/assets/${name}`);
      expect(answer.status).toBe(404);
    },
  );

  async function authorizedAtBank(): Promise<number> {
    const payments = await running.bank().ledger();
    return payments.filter((payment) => payment.authorized_minor > 0).length;
  }
});
