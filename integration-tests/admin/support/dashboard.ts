import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { source, type run } from "axe-core";
import { launchBrowser, screenshot, type Language } from "../../browser/support/browser";
import { ADMIN } from "../../support/store";
import { withRunningStore, type Running } from "../../support/suite";

/** The two widths the admin is drawn for. */
export const WIDTHS = {
  desktop: { width: 1280, height: 900 },
  tablet: { width: 768, height: 1024 },
} as const;
export type Width = keyof typeof WIDTHS;

export type DashboardPage = Readonly<{
  page: Page;
  /** Opens a page of the dashboard, e.g. `/payments`. */
  open(path: string): Promise<void>;
  /** Errors that scripts threw. A test ends with none. */
  problems: readonly string[];
  close(): Promise<void>;
}>;

export type Dashboard = Running & {
  /** A browser of its own, logged in. */
  dashboard(language?: Language, width?: Width): Promise<DashboardPage>;
};

/** {@link withRunningStore} with the real dashboard, as `medusa start` serves it, and Chromium. */
export function withDashboard(
  tests: (running: Dashboard) => void,
  env: Readonly<Record<string, string>> | (() => Promise<Readonly<Record<string, string>>>) = {},
): void {
  let browser: Browser;
  const open: BrowserContext[] = [];
  withRunningStore(
    (running) => {
      beforeAll(async () => {
        browser = await launchBrowser();
      });
      afterEach(async () => {
        await Promise.all(open.splice(0).map((context) => context.close()));
      });
      afterAll(async () => {
        await browser?.close();
      });
      tests({
        ...running,
        async dashboard(language = "en", width = "desktop") {
          const context = await browser.newContext({ viewport: WIDTHS[width], locale: language });
          open.push(context);
          return logIn(context, running.base_url(), language);
        },
      });
    },
    async () => ({ TENDER_TEST_ADMIN: "true", ...(typeof env === "function" ? await env() : env) }),
  );
}

async function logIn(context: BrowserContext, base_url: string, language: Language): Promise<DashboardPage> {
  await context.addInitScript((chosen) => window.localStorage.setItem("lng", chosen), language);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${base_url}/app/login`);
  await page.locator('input[name="email"]').fill(ADMIN.email);
  await page.locator('input[name="password"]').fill(ADMIN.password);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.endsWith("/login"));
  return {
    page,
    problems,
    async open(path) {
      await page.goto(`${base_url}/app${path}`);
    },
    close: () => context.close(),
  };
}

type Axe = { run: typeof run };

/** What axe finds wrong inside our part of a page, each as one readable line; the dashboard around it is Medusa's. */
export async function violationsIn(page: Page, part: Locator): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(source);
  }
  const violations = await part.evaluate(async (element) => {
    const moving = document.getAnimations().map(({ finished }) => finished);
    await Promise.race([Promise.allSettled(moving), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    const { axe } = window as unknown as { axe: Axe };
    return (await axe.run(element, { resultTypes: ["violations"] })).violations;
  });
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(" | ")})`,
  );
}

/** Our pages' and Medusa's own content, without the menu. */
export function contentOf(page: Page): Locator {
  return page.locator("main");
}

/** A picture for the docs (UPDATE_SCREENSHOTS=1), or into the folder SCREENSHOTS names. */
export function picture(page: Page, name: string): Promise<void> {
  return screenshot(page, name, { forDocs: true });
}
