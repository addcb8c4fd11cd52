import { mkdirSync } from "node:fs";
import path from "node:path";
import { source, type run } from "axe-core";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type Language = "en" | "ar";
export const LANGUAGES: readonly Language[] = ["en", "ar"];

/** The two widths the checkout is drawn for. */
export const SIZES = {
  phone: { width: 375, height: 740 },
  desktop: { width: 1280, height: 860 },
} as const;
export type SizeName = keyof typeof SIZES;

/** A real Chromium: the one CHROMIUM_PATH names, as `npm test` sets it, or Debian's. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ARGUMENTS,
  });
}

/** A page of its own with no memory of others. It fails the test on a script error or a refused policy. */
export async function openContext(
  browser: Browser,
  size: SizeName = "desktop",
  colorScheme: "light" | "dark" = "light",
): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme,
    deviceScaleFactor: size === "phone" ? 2 : 1,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) problems.push(message.text());
  });
  return { context, page, problems };
}

/** Closes it; what a page still asks for just then fails nothing. */
export async function closeContext(context: BrowserContext): Promise<void> {
  const routed = [context, ...context.pages()];
  await Promise.all(routed.map((each) => each.unrouteAll({ behavior: "ignoreErrors" })));
  await context.close();
}

/** What its script leaves in the page. */
type Axe = { run: typeof run };

/** What axe finds wrong with the page, each as one readable line. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  // Once a page, and for the violations alone: describing all that is right takes seconds.
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(source);
  }
  const violations = await page.evaluate(async () => {
    // A colour on its way to another is neither.
    const changing = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(changing.map(({ finished }) => finished));
    const { axe } = window as unknown as { axe: Axe };
    return (await axe.run(document, { resultTypes: ["violations"] })).violations;
  });
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(" | ")})`,
  );
}

/** Draws the page into docs/screenshots when UPDATE_SCREENSHOTS=1, or into the folder SCREENSHOTS names. */
export async function screenshot(
  page: Page,
  name: string,
  options: { forDocs?: boolean } = {},
): Promise<void> {
  const isWanted = process.env["UPDATE_SCREENSHOTS"] === "1" && options.forDocs;
  const folder = isWanted ? path.join(__dirname, "../../../docs/screenshots") : process.env["SCREENSHOTS"];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  // A picture shows what is there, not what the pointer happens to rest on or how far the page is scrolled.
  await page.mouse.move(0, 0);
  await page.evaluate(() => window.scrollTo(0, 0));
  // A sheet covers what can be seen; a picture of more than that would show where it ends.
  const fullPage = (await page.locator("dialog[open]").count()) === 0;
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled", fullPage });
}
