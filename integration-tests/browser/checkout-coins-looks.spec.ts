import type { Browser, Page } from "playwright-core";
import { coinTexts, fill } from "../../src/providers/bitcoin/checkout/texts";
import {
  accessibilityViolations,
  LANGUAGES,
  launchBrowser,
  openContext,
  screenshot,
  type Language,
  closeContext,
} from "./support/browser";
import { CoinDesk } from "./support/coins/coin-desk";
import { startFakeStore, type FakeStore } from "./support/fake-store";
import { Shopper } from "./support/shopper";

/** Every state of a payment in coins, looked at: both languages, light and dark, narrow and wide, and by axe. */

const desk = new CoinDesk();
let browser: Browser;
let store: FakeStore;

beforeAll(async () => {
  [store, browser] = await Promise.all([startFakeStore(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await store?.close();
});

type Change = Partial<CoinDesk["state"]>;

/** What the gateway knows in each state, and the text by which the page shows it. */
const STATES: Readonly<Record<string, readonly [Change, Parameters<typeof seen>[1]]>> = {
  awaiting: [{}, "title"],
  simulated: [{ isSimulated: true }, "simulated"],
  "short-of-time": [{ left_ms: 59_000 }, "time_left"],
  partial: [{ phase: "partial", received: "0.0001" }, "partial_help"],
  expired: [{ phase: "expired", left_ms: 0 }, "expired_unsent"],
  "expired-partial": [{ phase: "expired", received: "0.0001", left_ms: 0 }, "expired_whole"],
  confirming: [{ phase: "confirming", received: "0.00035042", confirmations: 1 }, "moves_on"],
};

const AFTER_ORDER: typeof STATES = {
  awaiting: [{}, "title"],
  confirming: [{ phase: "confirming", received: "0.00035042", confirmations: 1 }, "may_close"],
  settled: [{ phase: "settled", status: "captured", received: "0.00035042", confirmations: 3 }, "settled"],
  expired: [{ phase: "expired", status: "canceled", left_ms: 0 }, "expired_ordered"],
};

const SIZES = { narrow: { width: 320, height: 640 }, desktop: { width: 1280, height: 860 } } as const;

/** The pictures that docs/bitcoin.md shows. */
const FOR_DOCS = /^coins-(?:awaiting-(?:en|ar)-desktop|ordered-confirming-(?:en|ar)-narrow)$/;

function seen(page: Page, key: keyof ReturnType<typeof coinTexts>, language: Language): Promise<void> {
  const text = fill(coinTexts(language)[key], { coin: "Bitcoin" });
  return page.locator(".tender-coins").getByText(text, { exact: true }).first().waitFor();
}

/** The shopper before the list, in which the coins are chosen already. */
async function choose(page: Page, language: Language): Promise<Shopper> {
  await page.goto(store.checkout(language));
  const shopper = new Shopper(page, language);
  await shopper.sees("options.title");
  await page.locator(".tender-own-form[data-standing=ready]").waitFor();
  return shopper;
}

async function lookAt(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    const picture = `${name}-${size}`;
    await screenshot(page, picture, { forDocs: FOR_DOCS.test(picture) });
    expect({ size, violations: await accessibilityViolations(page) }).toEqual({ size, violations: [] });
    const overflow_px = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect({ size, overflow_px }).toEqual({ size, overflow_px: 0 });
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await screenshot(page, `${name}-dark`);
  expect(await accessibilityViolations(page)).toEqual([]);
}

describe.each(LANGUAGES)("a payment in coins in %s", (language) => {
  let page: Page;
  let close: () => Promise<void>;
  let problems: string[];

  beforeEach(async () => {
    store.reset();
    const opened = await openContext(browser);
    ({ page, problems } = opened);
    page.setDefaultTimeout(20_000);
    close = () => closeContext(opened.context);
    await desk.open(opened.context);
  });
  afterEach(async () => {
    await close();
    expect(problems).toEqual([]);
  });

  it("is announced in the list", async () => {
    desk.reset();
    await choose(page, language);
    await lookAt(page, `coins-option-${language}`);
  });

  it.each(Object.keys(STATES))("is clear while it is %s", async (name) => {
    const [change, key] = STATES[name] ?? [{}, "title"];
    desk.reset(change);
    const shopper = await choose(page, language);
    await shopper.payButton().click();
    await seen(page, key, language);
    await lookAt(page, `coins-${name}-${language}`);
  });

  it.each(Object.keys(AFTER_ORDER))("is clear beside its order while it is %s", async (name) => {
    const [change, key] = AFTER_ORDER[name] ?? [{}, "title"];
    desk.reset({ isOrderFirst: true });
    const shopper = await choose(page, language);
    await shopper.payButton().click();
    await shopper.sees("done.awaited.title");
    Object.assign(desk.state, change);
    await seen(page, key, language);
    await lookAt(page, `coins-ordered-${name}-${language}`);
  });

  it("asks before another way is paid", async () => {
    desk.reset();
    const shopper = await choose(page, language);
    await shopper.payButton().click();
    await page.getByRole("button", { name: coinTexts(language).another_way }).click();
    await seen(page, "leave", language);
    await lookAt(page, `coins-leaving-${language}`);
  });
});
